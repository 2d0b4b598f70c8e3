import type { AnyNode, Document, Element, Text } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import type { FooterView, FoundDate } from '../../domain/site-facts.ts';
import { clientRedirect } from '../../lib/pure/challenge.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { decodePage, type PageCharset } from './decode-page.ts';
import { type Anchor, alternativeText } from './find-anchors.ts';
import { chooseDate, contentItems, labelledDates } from './latest-date.ts';
import { blockText, findMainBlock, type MainBlock } from './main-text.ts';
import { parseDates } from './page-dates.ts';
import { absolute } from './page-dom.ts';
import { type PageKind, pageKind } from './page-kind.ts';
import type { PageItem, PageList } from './page-list.ts';
import { dataUrls, frameUrls, needsRender, readSignals, scriptUrls } from './page-signals.ts';
import { type PageText, readText, tidy, wordsOf } from './page-text.ts';
import { parseMarkup } from './parse-markup.ts';
import { publishedOn } from './published-on.ts';
import { mayBeWritten, readFooter } from './read-footer.ts';
import { type ListReading, readLists } from './read-lists.ts';
import { emptyTags, readTags } from './read-tags.ts';
import { declaredTotal, jsonLists, readScriptLists } from './script-lists.ts';
import { uncommented } from './uncommented.ts';
import { visibleText } from './visible-text.ts';

export interface ReadPageInput {
  readonly bytes: Uint8Array;
  /** The Content-Type header. */
  readonly contentType?: string;
  /** After redirects; links are resolved against it (or the page's own base). */
  readonly url: string;
  /** Dates after this day are no updates. */
  readonly today: CalendarDate;
  /** Texts of same-site scripts by URL: a footer may be written by one. */
  readonly assets?: ReadonlyMap<string, Uint8Array>;
}

export interface PageLink {
  readonly url: string;
  readonly text: string;
  /** The link's tooltip; '' without. */
  readonly title: string;
}

/** One page, read. Pure: the same bytes give the same reading. */
export interface Page {
  readonly url: string;
  readonly base: string;
  readonly charset: PageCharset;
  readonly html: string;
  readonly document: Document;
  readonly title: string;
  /** Page tags by lower-cased name, as they stand. */
  readonly tags: Readonly<Record<string, string>>;
  /** Names of tags that stand there and say nothing ('' or a literal null). */
  readonly emptyTags: readonly string[];
  readonly links: readonly PageLink[];
  readonly lists: readonly PageList[];
  /** Items of the page's own content lists that a visitor can get to see, in page order. */
  readonly items: readonly PageItem[];
  readonly kind: PageKind;
  /** How sure the kind is, 0–100. */
  readonly confidence: number;
  /** Date of publication of an article; for other pages what would be it. */
  readonly publishedOn: FoundDate | null;
  /** Home pages and columns: the greatest date of their lists; articles: publishedOn. Never after today. */
  readonly latestDate: FoundDate | null;
  /** Rows and labels that were passed over because their date lies after today. */
  readonly futureDates: number;
  readonly needsRender: boolean;
  /** Entries that the page's own scripts say there are. */
  readonly declaredTotal: number | null;
  readonly emptyNotice: string | null;
  readonly isQuery: boolean;
  readonly frames: readonly string[];
  /** Where the page sends the visitor by itself. */
  readonly redirect: string | null;
  /** Script files of the same host. */
  readonly scripts: readonly string[];
  /** Data files and interfaces from which lists are filled. */
  readonly dataUrls: readonly string[];
  readonly footer: FooterView;
  /** Visible words, a line a block. */
  readonly text: string;
  /** Words of the main block (article, guide), a line a paragraph; '' when there is none. */
  readonly mainText: string;
  /** A limit was hit: the page was not read to its end. */
  readonly truncated: boolean;
}

const LINKS_MAX = 3_000;
/** A page that only sends the visitor on is short and says hardly anything. */
const JUMP_MAX = 64_000;
const JUMP_WORDS_MAX = 300;

/** The parts of a document that are no words. */
interface Parts {
  readonly base: string;
  readonly title: string;
  readonly metas: readonly Element[];
  readonly scripts: readonly Element[];
  readonly frames: readonly Element[];
  readonly inlineScripts: readonly string[];
  readonly hasFrameset: boolean;
}

/** Reads one page: charset, lists with dates, kind, footer, tags, and what only a browser could show. */
export function readPage(input: ReadPageInput): Page {
  const { url, today } = input;
  const { text: html, charset } = decodePage(input.bytes, input.contentType ?? '');
  const isJson =
    /json/i.test(input.contentType ?? '') || /^\s{0,200}(?:\{\s{0,20}"|\[\s{0,20}[{["])/.test(html);
  const { document, truncated } = parseMarkup(isJson ? '' : html);
  const page = readText(document);
  const parts = partsOf(document, url);
  const dates = parseDates(page.text, { today });
  const reading = readLists({ page, dates, today }, parts.base);
  const source = uncommented(html);
  const scripted = isJson
    ? jsonLists(html, parts.base, today)
    : readScriptLists({ scripts: parts.inlineScripts, html: source, base: parts.base, today });
  const about = { input, html, source, charset, document, page, parts, reading, scripted };
  const main = isJson ? null : findMainBlock(page, reading.anchors);
  return { ...describePage({ ...about, dates, main }), truncated: truncated || page.truncated };
}

interface Reading {
  readonly input: ReadPageInput;
  readonly html: string;
  /** Without comments. */
  readonly source: string;
  readonly charset: PageCharset;
  readonly document: Document;
  readonly page: PageText;
  readonly dates: ReturnType<typeof parseDates>;
  readonly parts: Parts;
  readonly reading: ListReading;
  readonly scripted: readonly PageList[];
  readonly main: MainBlock | null;
}

function describePage(read: Reading): Omit<Page, 'truncated'> {
  const { input, page, parts, reading, main, source } = read;
  const { url, today } = input;
  const tags = readTags(parts.metas);
  const lists = [...reading.lists, ...read.scripted];
  const shown = lists.filter((list) => list.role === 'content' && !list.hidden);
  const text = visibleText(page);
  const dated = { page, dates: read.dates, today, tags, url, main, rowSpans: reading.rowSpans };
  const published = publishedOn(dated);
  const signals = readSignals(text);
  const itemCount = shown.reduce((sum, list) => sum + list.items.length, 0);
  // A page with entries or words is a page, whatever its scripts could do on a click.
  const isPage = itemCount > 0 || text.length > JUMP_WORDS_MAX || read.html.length > JUMP_MAX;
  const redirect = isPage ? null : clientRedirect(read.html, parts.base);
  const links = linksOf(reading.anchors);
  const { kind, confidence } = pageKind({
    ...{ url, title: parts.title, tags, lists: shown, text, main, published, redirect },
    isQuery: signals.isQuery,
    hasFrameset: parts.hasFrameset,
    linkTexts: links.map((link) => link.text),
    headings: headingsOf(page),
  });
  const items = contentItems(shown, kind);
  const scriptText = parts.inlineScripts.join('\n');
  const data = dataUrls(page, scriptText, parts.base);
  const total = declaredTotal(source);
  const outside = kind === 'home' ? labelledDates(dated) : [];
  return {
    ...{ url, base: parts.base, charset: read.charset, html: read.html, document: read.document },
    ...{
      title: parts.title,
      tags,
      emptyTags: emptyTags(tags),
      links,
      lists,
      items,
      kind,
      confidence,
    },
    publishedOn: published,
    latestDate: chooseDate({
      kind,
      published,
      dates: [...items.map(({ date }) => date), ...outside],
      today,
    }),
    futureDates: reading.futureDates,
    needsRender: needsRender({
      ...{ page, scriptText, text, itemCount, declaredTotal: total, dataUrls: data },
      mainWords: main?.words ?? 0,
    }),
    declaredTotal: total,
    ...signals,
    frames: frameUrls(parts.frames, parts.base),
    redirect,
    scripts: scriptUrls(parts.scripts, parts.base),
    dataUrls: data,
    footer: footerOf(read),
    text,
    mainText: main ? blockText(page, main) : '',
  };
}

function footerOf({ input, source, html, document, page, parts }: Reading): FooterView {
  const assets = [...(input.assets?.values() ?? [])].map((bytes) => decodePage(bytes).text);
  return readFooter({
    ...{ document, page, html: source, inlineScripts: parts.inlineScripts, assets },
    mayBeWritten: mayBeWritten(page.elements, parts, html),
  });
}

function partsOf(document: Document, url: string): Parts {
  const found = new Map<string, Element[]>();
  const wanted = new Set(['base', 'title', 'meta', 'script', 'iframe', 'frame', 'frameset']);
  const take = (node: AnyNode): boolean => {
    if ('name' in node && wanted.has(node.name)) {
      const known = found.get(node.name);
      if (known) known.push(node as Element);
      else found.set(node.name, [node as Element]);
    }
    return false;
  };
  DomUtils.find(take, document.children, true, 1);
  const scripts = found.get('script') ?? [];
  const titles = (found.get('title') ?? []).filter(
    (element) => (element.parent as Element | null)?.name !== 'svg',
  );
  return {
    base:
      absolute(found.get('base')?.find(({ attribs }) => attribs.href)?.attribs.href, url) ?? url,
    title: tidy(
      titles[0]?.children.map((child) => (child as Text).data ?? '').join('') ?? '',
    ).slice(0, 500),
    metas: found.get('meta') ?? [],
    scripts,
    frames: [...(found.get('frame') ?? []), ...(found.get('iframe') ?? [])],
    inlineScripts: scripts
      .map((script) => (script.children[0] as Text | undefined)?.data ?? '')
      .filter((text) => text !== ''),
    hasFrameset: found.has('frameset'),
  };
}

function linksOf(anchors: readonly Anchor[]): PageLink[] {
  const links: PageLink[] = [];
  for (const { url, words, element } of anchors) {
    if (url === null || links.length >= LINKS_MAX) continue;
    const text = (words || alternativeText(element)).slice(0, 200);
    links.push({ url, text, title: (element.attribs.title ?? '').slice(0, 300) });
  }
  return links;
}

function headingsOf(page: PageText): string[] {
  return page.elements
    .filter((element) => /^h[1-3]$/.test(element.name))
    .slice(0, 10)
    .map((element) => wordsOf(page, element));
}
