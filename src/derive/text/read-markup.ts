import { decodeHTML } from 'entities';
import type { RawPart, ZoneKind } from './readable-text.ts';

/**
 * Parts of an HTML page that are text, in one pass without building a document. A reader of its own, since the checks need to know
 * where in the raw page each character came from, which the parser of `derive/page` does not keep.
 */
export function readMarkup(raw: string): RawPart[] {
  const reader = new MarkupReader(raw);
  reader.read();
  return reader.parts;
}

/** Elements whose content no reader sees. */
const HIDDEN = new Set(['script', 'style', 'template', 'iframe', 'object', 'svg', 'select']);
/** Elements that stand inside a line: the text around them goes on. All others break it. */
const INLINE = new Set(
  'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark nobr q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const ZONES: Readonly<Record<string, ZoneKind>> = {
  title: 'title',
  h1: 'title',
  pre: 'code',
  code: 'code',
  textarea: 'code',
  kbd: 'code',
  samp: 'code',
  blockquote: 'quote',
};
/** Deepest nesting of zones that is kept: deeper ones are hostile. */
const ZONES_MAX = 64;
const NAME = /^\/?([a-z][a-z0-9]*)/i;
/** Longest name of an entity, with its `&` and `;`. */
const ENTITY_MAX = 33;
const ENTITY = /^&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});?/i;

class MarkupReader {
  readonly parts: RawPart[] = [];
  private readonly open: string[] = [];
  /** Hidden elements that were found never to be closed: looking again for each would cost the page's length each time. */
  private readonly neverClosed = new Set<string>();
  private at = 0;
  private nextAmpersand = -1;

  private readonly raw: string;

  constructor(raw: string) {
    this.raw = raw;
  }

  read(): void {
    const { raw } = this;
    while (this.at < raw.length) {
      const tag = raw.indexOf('<', this.at);
      const end = tag < 0 ? raw.length : tag;
      this.text(this.at, end);
      if (tag < 0) return;
      this.at = tag;
      this.markup();
    }
  }

  /** What begins with `<`: a comment, a declaration, a tag, or a lone character. */
  private markup(): void {
    const { raw, at } = this;
    if (raw.startsWith('<!--', at)) {
      this.at = after(raw, '-->', at + 4);
      return;
    }
    const next = raw.charCodeAt(at + 1);
    if (next === 0x21 || next === 0x3f) {
      this.at = after(raw, '>', at + 2);
      return;
    }
    const name = NAME.exec(raw.slice(at + 1, at + 32))?.[1]?.toLowerCase();
    if (name === undefined) {
      this.text(at, at + 1);
      this.at = at + 1;
      return;
    }
    const closing = next === 0x2f;
    const end = endOfTag(raw, at + 1);
    if (!INLINE.has(name)) this.parts.push({ from: at, to: at, instead: '\n' });
    // The words of two links that stand side by side are not one word.
    else if (name === 'a') this.parts.push({ from: at, to: at, instead: ' ' });
    this.at = end;
    if (!closing && HIDDEN.has(name)) this.at = this.endOfHidden(name, end);
    else if (name in ZONES) this.zone(name, closing);
  }

  private endOfHidden(name: string, from: number): number {
    if (this.neverClosed.has(name)) return from;
    const close = new RegExp(`</${name}[\\s/>]`, 'gi');
    close.lastIndex = from;
    const found = close.exec(this.raw);
    if (found !== null) return endOfTag(this.raw, found.index + 1);
    this.neverClosed.add(name);
    return from;
  }

  private zone(name: string, closing: boolean): void {
    if (!closing) {
      if (this.open.length < ZONES_MAX) this.open.push(name);
      return;
    }
    const place = this.open.lastIndexOf(name);
    if (place >= 0) this.open.length = place;
  }

  /** The next `&`, remembered: a page without any would be searched to its end for every piece of text. */
  private ampersand(from: number): number {
    if (this.nextAmpersand < from) {
      const found = this.raw.indexOf('&', from);
      this.nextAmpersand = found < 0 ? this.raw.length : found;
    }
    return this.nextAmpersand;
  }

  private text(from: number, to: number): void {
    const { raw } = this;
    const name = this.open.at(-1);
    const zone = name === undefined ? {} : { zone: ZONES[name]! };
    let start = from;
    for (let at = this.ampersand(from); at < to; at = this.ampersand(at + 1)) {
      const entity = ENTITY.exec(raw.slice(at, Math.min(to, at + ENTITY_MAX)))?.[0];
      const instead = entity === undefined ? undefined : decodeHTML(entity);
      if (entity === undefined || instead === undefined || instead === entity) continue;
      if (at > start) this.parts.push({ from: start, to: at, ...zone });
      this.parts.push({ from: at, to: at + entity.length, instead, ...zone });
      start = at + entity.length;
    }
    if (to > start) this.parts.push({ from: start, to, ...zone });
  }
}

function after(raw: string, mark: string, from: number): number {
  const at = raw.indexOf(mark, from);
  return at < 0 ? raw.length : at + mark.length;
}

/** Past the `>` of a tag, which may stand in quoted values. A tag that is never closed ends at the next `<`. */
function endOfTag(raw: string, from: number): number {
  let quote = 0;
  for (let at = from; at < raw.length; at += 1) {
    const unit = raw.charCodeAt(at);
    if (quote !== 0) {
      if (unit === quote) quote = 0;
    } else if (unit === 0x3e) return at + 1;
    else if ((unit === 0x22 || unit === 0x27) && raw.charCodeAt(at - 1) === 0x3d) quote = unit;
    if (at - from > TAG_MAX) break;
  }
  const plain = raw.indexOf('>', from);
  return plain < 0 ? raw.length : plain + 1;
}
/** Longest tag: pictures are written into attributes, but not books. */
const TAG_MAX = 500_000;
