import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { BLOCKS } from '../page/page-text.ts';
import { linksOfTag, scriptedHref } from './link-tags.ts';
import { MarkupReader, TOKEN } from './markup-reader.ts';
import { codeOf } from './name-code.ts';
import {
  HREF_MAX,
  LINK_TEXT_MAX,
  type LinkKind,
  SCAN_LIMITS,
  type ScanLimit,
  type ScannedLink,
  type ScannedPage,
} from './scanned-page.ts';

const TAG = {
  a: codeOf('a'),
  img: codeOf('img'),
  title: codeOf('title'),
  base: codeOf('base'),
  meta: codeOf('meta'),
  script: codeOf('script'),
  svg: codeOf('svg'),
  template: codeOf('template'),
  noscript: codeOf('noscript'),
  plaintext: codeOf('plaintext'),
} as const;
const ATTRIBUTE = {
  href: codeOf('href'),
  alt: codeOf('alt'),
  title: codeOf('title'),
  name: codeOf('name'),
  property: codeOf('property'),
  content: codeOf('content'),
  onclick: codeOf('onclick'),
} as const;
const BLOCK_CODES: ReadonlySet<number> = new Set(
  [...BLOCKS].map(codeOf).filter((code) => code !== 0),
);
const META_MAX = 2_000;

/** Reads a page's links, title, meta tags and words in one pass. Pure, linear in its length, bounded; never throws. */
export function scanPage(html: string): ScannedPage {
  const within = html.length > SCAN_LIMITS.characters;
  const scan = new PageScan(within ? html.slice(0, SCAN_LIMITS.characters) : html);
  if (within) scan.hit('characters');
  return scan.run();
}

interface OpenAnchor {
  readonly link: number;
  readonly title: string;
  text: string;
  alt: string;
}

class PageScan {
  readonly #reader: MarkupReader;
  readonly #links: ScannedLink[] = [];
  readonly #metas = new Map<string, string>();
  readonly #scripts: string[] = [];
  readonly #hit = new Set<ScanLimit>();
  #title: string | null = null;
  #baseHref: string | null = null;
  #text = '';
  /** Text ends with a line break, or is empty. */
  #fresh = true;
  /** A blank is due before the next word. */
  #gap = false;
  #anchor: OpenAnchor | null = null;
  // Open elements whose words no reader sees; what is never closed hides the rest, as it does in a browser.
  #svg = 0;
  #template = 0;
  #noscript = 0;

  constructor(html: string) {
    this.#reader = new MarkupReader(html);
  }

  hit(limit: ScanLimit): void {
    this.#hit.add(limit);
  }

  run(): ScannedPage {
    const reader = this.#reader;
    for (let token = reader.next(); token !== TOKEN.end; token = reader.next()) {
      if (token === TOKEN.text) this.#words(reader.start, reader.end);
      else if (token === TOKEN.open) this.#open(reader.tag);
      else if (token === TOKEN.close) this.#close(reader.tag);
      else if (reader.tag === TAG.title) this.#takeTitle();
      else if (reader.tag === TAG.script) this.#takeScript();
      else if (reader.tag === TAG.plaintext) this.#words(reader.start, reader.end);
    }
    this.#closeAnchor();
    return {
      title: this.#title ?? '',
      baseHref: this.#baseHref,
      links: this.#links,
      metas: this.#metas,
      text: this.#text.trimEnd(),
      scripts: this.#scripts,
      hitLimits: [...this.#hit],
    };
  }

  #open(tag: number): void {
    if (tag === TAG.template) this.#template += 1;
    if (this.#template > 0) return;
    if (this.#reader.attributesCut) this.hit('attributes');
    if (BLOCK_CODES.has(tag)) this.#break();
    if (tag === TAG.svg) this.#svg += 1;
    else if (tag === TAG.noscript) this.#noscript += 1;
    else if (tag === TAG.meta) this.#takeMeta();
    else if (tag === TAG.base) this.#baseHref ??= this.#attribute(ATTRIBUTE.href);
    else if (tag === TAG.a) this.#openAnchor();
    else {
      if (tag === TAG.img && this.#anchor !== null && this.#anchor.alt === '')
        this.#anchor.alt = folded(this.#attribute(ATTRIBUTE.alt) ?? '');
      this.#takeClick();
    }
    linksOfTag(tag, this.#read, this.#add);
  }

  #close(tag: number): void {
    if (tag === TAG.template && this.#template > 0) this.#template -= 1;
    if (this.#template > 0) return;
    if (tag === TAG.a) this.#closeAnchor();
    else if (tag === TAG.svg && this.#svg > 0) this.#svg -= 1;
    else if (tag === TAG.noscript && this.#noscript > 0) this.#noscript -= 1;
    else if (BLOCK_CODES.has(tag)) this.#break();
  }

  #attribute(code: number): string | null {
    const value = this.#reader.value(code);
    return value?.includes('&') ? decodeHTMLAttribute(value) : value;
  }

  readonly #read = (code: number): string | null => this.#attribute(code);

  readonly #add = (kind: LinkKind, written: string, guessed = false): void => {
    const href = written.trim();
    if (href === '' || href.length > HREF_MAX) return;
    if (this.#links.length >= SCAN_LIMITS.links) this.hit('links');
    else this.#links.push(guessed ? { kind, href, text: '', guessed } : { kind, href, text: '' });
  };

  /** An `<a>` in an `<a>` closes the outer one (§13.2.6.4.7). */
  #openAnchor(): void {
    this.#closeAnchor();
    const before = this.#links.length;
    const href = this.#attribute(ATTRIBUTE.href)?.trim() ?? '';
    const scripted = /^(?:javascript:|#|$)/i.test(href);
    const onclick = scripted ? (this.#attribute(ATTRIBUTE.onclick) ?? '') : '';
    const guess = scripted ? (scriptedHref(onclick) ?? scriptedHref(href)) : null;
    if (guess !== null) this.#add('page', guess, true);
    else if (!scripted) this.#add('page', href);
    if (this.#links.length > before)
      this.#anchor = {
        link: before,
        title: folded(this.#attribute(ATTRIBUTE.title) ?? ''),
        text: '',
        alt: '',
      };
  }

  #closeAnchor(): void {
    const open = this.#anchor;
    if (open === null) return;
    this.#anchor = null;
    const text = open.text.trim() || open.alt || open.title;
    if (text !== '') this.#links[open.link] = { ...this.#links[open.link]!, text };
  }

  #takeClick(): void {
    const onclick =
      this.#reader.find(ATTRIBUTE.onclick) < 0 ? null : this.#attribute(ATTRIBUTE.onclick);
    const guess = onclick === null ? null : scriptedHref(onclick);
    if (guess !== null) this.#add('page', guess, true);
  }

  #takeMeta(): void {
    const name = this.#attribute(ATTRIBUTE.name) ?? this.#attribute(ATTRIBUTE.property);
    const content = this.#attribute(ATTRIBUTE.content);
    if (name === null || content === null) return;
    const key = name.trim().toLowerCase().slice(0, LINK_TEXT_MAX);
    if (this.#metas.has(key)) return;
    if (this.#metas.size >= SCAN_LIMITS.metas) this.hit('metas');
    else this.#metas.set(key, content.trim().slice(0, META_MAX));
  }

  #takeTitle(): void {
    if (this.#svg > 0 || this.#template > 0 || this.#title !== null) return;
    const { html, start, end } = this.#reader;
    const written = html.slice(start, Math.min(end, start + META_MAX));
    this.#title = written.replace(/\s+/g, ' ').trim();
    if (this.#title.includes('&')) this.#title = decodeHTML(this.#title);
  }

  #takeScript(): void {
    if (this.#template > 0) return;
    const { html, start, end } = this.#reader;
    if (this.#scripts.length >= SCAN_LIMITS.scripts) this.hit('scripts');
    else this.#scripts.push(html.slice(start, end));
  }

  #break(): void {
    this.#gap = false;
    if (this.#fresh) return;
    this.#text += '\n';
    this.#fresh = true;
    if (this.#anchor !== null) this.#gap = true;
  }

  #words(start: number, end: number): void {
    if (this.#noscript > 0 || this.#template > 0 || this.#svg > 0) return;
    const { html } = this.#reader;
    let from = start;
    while (from < end && isBlank(html.charCodeAt(from))) from += 1;
    if (from > start) this.#gap = true;
    if (from === end) return;
    let to = end;
    while (isBlank(html.charCodeAt(to - 1))) to -= 1;
    let plain = true;
    for (let at = from; at < to && plain; at += 1) {
      const unit = html.charCodeAt(at);
      plain =
        unit > 38 ||
        (unit !== 38 && !isBlank(unit)) ||
        (unit === 32 && html.charCodeAt(at + 1) > 32);
    }
    const written = html.slice(from, to);
    this.#say(plain ? written : cleaned(written));
    this.#gap = to < end;
  }

  #say(words: string): void {
    const spaced = this.#gap && !this.#fresh ? ` ${words}` : words;
    const anchor = this.#anchor;
    if (anchor !== null && anchor.text.length < LINK_TEXT_MAX)
      anchor.text += (this.#gap ? ` ${words}` : words).slice(0, LINK_TEXT_MAX - anchor.text.length);
    this.#fresh = false;
    if (this.#text.length + spaced.length > SCAN_LIMITS.text) this.hit('text');
    else this.#text += spaced;
  }
}

const isBlank = (unit: number): boolean =>
  unit === 32 || unit === 10 || unit === 9 || unit === 13 || unit === 12;

const cleaned = (written: string): string => {
  const text = written.includes('&') ? decodeHTML(written) : written;
  return text.replace(/[\t\n\f\r ]+/g, ' ');
};

const folded = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, LINK_TEXT_MAX);
