import { DomHandler, DomUtils, Parser } from 'htmlparser2';
import { cutText } from '../../lib/pure/cut-text.ts';
import { parseFeedDate } from './feed-date.ts';

/** One entry of a feed. `at` is an instant, null when it carries no readable date. */
export interface FeedEntry {
  /** The feed's own id of it, else its URL; feeds repeat ids, and use one for all. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly at: string | null;
  readonly deleted: boolean;
}

export type ParsedFeed =
  | { readonly ok: true; readonly entries: readonly FeedEntry[] }
  | { readonly ok: false; readonly reason: string };

/** Entries read of one feed; a feed lists newest things, so what comes after is older. */
const ENTRIES_MAX = 2000;
const TEXT_MAX = 500;
/** Elements inside one another; the parser's time grows with the square of the depth. */
const DEPTH_MAX = 500;

/**
 * Reads RSS 2.0 / RDF, Atom 1.0 (RFC 4287) or JSON Feed 1.1, whatever kind the register says: real feeds change theirs.
 * No entity of a DTD is ever expanded. `text` is the decoded body.
 */
export function parseFeed(text: string): ParsedFeed {
  const trimmed = text.replace(/^\uFEFF/, '').trimStart();
  if (trimmed === '') return { ok: false, reason: '信源内容为空' };
  try {
    return trimmed.startsWith('{') || trimmed.startsWith('[')
      ? parseJsonFeed(trimmed)
      : parseXmlFeed(trimmed);
  } catch {
    // What is nested without end exhausts stack or time; no real feed is so deep.
    return { ok: false, reason: '信源嵌套过深，无法解析' };
  }
}

function parseXmlFeed(trimmed: string): ParsedFeed {
  if (/<!ENTITY/i.test(trimmed.slice(0, 20_000)))
    return { ok: false, reason: '信源含有实体定义，不解析' };
  const handler = new ShallowHandler();
  new Parser(handler, { xmlMode: true, decodeEntities: true }).end(trimmed);
  const document = handler.root;
  const roots = DomUtils.getElementsByTagName(
    (name) => /^(rss|rdf:rdf|(atom:)?feed|channel)$/i.test(name),
    document,
    true,
    1,
  );
  if (roots.length === 0)
    return {
      ok: false,
      reason: /<html/i.test(trimmed.slice(0, 2000))
        ? '信源返回的是网页，不是订阅内容'
        : '信源不是 RSS、Atom 或 JSON Feed',
    };
  const elements = DomUtils.getElementsByTagName(
    (name) => /^(item|(atom:)?entry|(at:)?deleted-entry)$/i.test(name),
    document,
    true,
    ENTRIES_MAX,
  );
  return { ok: true, entries: elements.map(readEntry) };
}

/** Builds the document and throws where it is nested deeper than any feed. */
class ShallowHandler extends DomHandler {
  #depth = 0;
  override onopentag(name: string, attributes: Record<string, string>): void {
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX) throw new RangeError('nested too deep');
    super.onopentag(name, attributes);
  }
  override onclosetag(): void {
    this.#depth -= 1;
    super.onclosetag();
  }
}

type XmlElement = ReturnType<typeof DomUtils.getElementsByTagName>[number];

function readEntry(element: XmlElement): FeedEntry {
  const texts = new Map<string, string>();
  let url = '';
  for (const child of element.children) {
    if (!('name' in child) || !('attribs' in child)) continue;
    const name = child.name
      .toLowerCase()
      .replace(element.name.startsWith('atom:') ? 'atom:' : '', '');
    if (name === 'link' && (url === '' || child.attribs.rel === 'alternate'))
      url = child.attribs.href ?? DomUtils.textContent(child).trim();
    else if (!texts.has(name))
      texts.set(name, cutText(DomUtils.textContent(child).trim(), TEXT_MAX));
  }
  const dated = [
    'pubdate',
    'published',
    'dc:date',
    'dcterms:created',
    'issued',
    'updated',
    'dcterms:modified',
  ]
    .map((name) => texts.get(name))
    .find((each) => each !== undefined && each !== '');
  const id = texts.get('guid') || texts.get('id') || element.attribs['rdf:about'] || '';
  return {
    id: cutText(id || url, TEXT_MAX),
    title: texts.get('title') ?? '',
    url: cutText(url || id, TEXT_MAX),
    at: dated === undefined ? null : publicationOf(dated),
    deleted:
      /deleted-entry$/i.test(element.name) ||
      [...texts, ...Object.entries(element.attribs)].some(([name, value]) =>
        isDeletedMark(name, value),
      ),
  };
}

/** The oldest platform opened on 2009-08-14: what a bridge dates 1970 or 0001 has no date. */
const FIRST_INSTANT = '2009-08-13T16:00:00.000Z';

/** The date of an item; null when it is none that an account can have published on. */
function publicationOf(text: string): string | null {
  const at = parseFeedDate(text);
  return at !== null && at >= FIRST_INSTANT ? at : null;
}

/** `deleted`, `is_deleted`, `x:isDeleted` … with a true value, or a status that says so. */
function isDeletedMark(name: string, value: unknown): boolean {
  if (!['string', 'number', 'boolean'].includes(typeof value)) return false;
  const text = String(value).trim();
  if (/(^|:|_)(is_?)?deleted?$/i.test(name)) return /^(true|1|yes|是)$/i.test(text);
  return /(^|:|_)(status|state)$/i.test(name) && /^(deleted|已删除)$/i.test(text);
}

function parseJsonFeed(text: string): ParsedFeed {
  let feed: unknown;
  try {
    feed = JSON.parse(text);
  } catch {
    return { ok: false, reason: '信源不是有效的 JSON' };
  }
  const items = Array.isArray(feed) ? feed : (feed as { items?: unknown }).items;
  if (!Array.isArray(items)) return { ok: false, reason: '信源的 JSON 里没有 items' };
  return {
    ok: true,
    entries: items
      .slice(0, ENTRIES_MAX)
      .flatMap((item: unknown) =>
        typeof item === 'object' && item !== null
          ? [readJsonItem(item as Record<string, unknown>)]
          : [],
      ),
  };
}

function readJsonItem(item: Record<string, unknown>): FeedEntry {
  const text = (name: string): string => {
    const value = item[name];
    return typeof value === 'string' || typeof value === 'number'
      ? cutText(String(value), TEXT_MAX)
      : '';
  };
  const dated =
    text('date_published') || text('date_modified') || text('published') || text('pubDate');
  return {
    id: text('id') || text('url'),
    title: text('title') || cutText(text('content_text'), 60),
    url: text('url') || text('external_url') || text('id'),
    at: dated === '' ? null : publicationOf(dated),
    deleted: Object.entries(item).some(
      ([name, value]) =>
        isDeletedMark(name, value) ||
        (/^_/.test(name) &&
          typeof value === 'object' &&
          value !== null &&
          Object.entries(value).some(([inner, mark]) => isDeletedMark(inner, mark))),
    ),
  };
}
