import type { FoundDate } from '../../domain/site-facts.ts';
import { type CalendarDate, calendarDate, shanghaiDate } from '../../lib/pure/dates.ts';
import { parseDates } from './page-dates.ts';
import { absolute } from './page-dom.ts';
import { ITEMS_MAX, type PageItem, type PageList } from './page-list.ts';
import { readText, tidy } from './page-text.ts';
import { parseMarkup } from './parse-markup.ts';
import { readLists } from './read-lists.ts';
import { readJson } from './script-json.ts';

const RECORDS_MAX = 500;
const LISTS_IN_SCRIPTS_MAX = 50;
/** Scripts longer than this are libraries, not lists. */
const SCRIPT_MAX = 500_000;

export interface ScriptSource {
  /** Texts of the page's own inline scripts. */
  readonly scripts: readonly string[];
  /** The whole page without comments, for XML islands that stand outside scripts. */
  readonly html: string;
  readonly base: string;
  readonly today: CalendarDate;
}

/** Lists that stand in scripts instead of markup: XML islands (jpage), arrays, embedded JSON (page-patterns §4). */
export function readScriptLists(source: ScriptSource): PageList[] {
  const { base, today } = source;
  const lists = islandLists(source);
  for (const script of source.scripts) {
    if (script.length > SCRIPT_MAX || lists.length >= LISTS_IN_SCRIPTS_MAX) continue;
    lists.push(...arrayLists(script, base, today));
    for (const value of readJson(script)) lists.push(...valueLists(value, base, today));
  }
  return lists.slice(0, LISTS_IN_SCRIPTS_MAX);
}

/** Lists of a whole JSON answer; text that is no JSON gives none. */
export function jsonLists(text: string, base: string, today: CalendarDate): PageList[] {
  return readJson(text).flatMap((value) => valueLists(value, base, today));
}

/** `<recordset><record><![CDATA[<li>…]]></record>`: the records are put together as markup and read as such. */
function islandLists({ scripts, html, base, today }: ScriptSource): PageList[] {
  const islands = scripts.filter((script) => script.includes('<record>'));
  const sources = islands.length > 0 ? islands : html.includes('<record>') ? [html] : [];
  return sources.slice(0, 20).flatMap((source) => {
    const records = recordsOf(source);
    return records.length === 0 ? [] : markupLists(records, base, today);
  });
}

function recordsOf(source: string): string[] {
  const records: string[] = [];
  let at = source.indexOf('<record>');
  while (at >= 0 && records.length < RECORDS_MAX) {
    const end = source.indexOf('</record>', at);
    if (end < 0) break;
    const inner = source.slice(at + 8, end).trim();
    records.push(inner.startsWith('<![CDATA[') ? inner.slice(9).replace(/\]\]>\s*$/, '') : inner);
    at = source.indexOf('<record>', end);
  }
  return records;
}

function markupLists(records: readonly string[], base: string, today: CalendarDate): PageList[] {
  const first = /^\s*<(li|tr)\b/i.exec(records[0]!)?.[1]?.toLowerCase();
  const rows = first ? records : records.map((record) => `<li>${record}</li>`);
  const tag = first === 'tr' ? 'table' : 'ul';
  return fragmentLists(`<${tag}>${rows.join('')}</${tag}>`, base, today);
}

/** Lists of markup that came out of a script: they are content, and their dates say so. */
function fragmentLists(markup: string, base: string, today: CalendarDate): PageList[] {
  const page = readText(parseMarkup(markup).document);
  const { lists } = readLists({ page, dates: parseDates(page.text, { today }), today }, base);
  return lists.map((list) => ({
    ...list,
    role: 'content',
    element: null,
    items: list.items.map(fromScript),
  }));
}

function fromScript(item: PageItem): PageItem {
  return item.date ? { ...item, date: { ...item.date, source: 'script' } } : item;
}

const scriptList = (items: readonly PageItem[]): PageList[] =>
  items.length === 0
    ? []
    : [{ items, role: 'content', hidden: false, aside: false, element: null }];

const ASSIGNED =
  /\b([a-z_]\w{0,30})\[\s{0,3}(?:\w{1,20}(?:\+\+)?|\d{1,6})\s{0,3}\]\s{0,3}=\s{0,3}(?:"([^"\n]{0,500})"|'([^'\n]{0,500})')/gi;

/** `urls[i]='…';headers[i]="…";year[i]='2022';month[i]='05';day[i]='09';i++` and its like. */
function arrayLists(script: string, base: string, today: CalendarDate): PageList[] {
  const rows: Map<string, string>[] = [];
  let row = new Map<string, string>();
  for (const match of script.matchAll(ASSIGNED)) {
    const name = match[1]!.toLowerCase();
    if (row.has(name)) {
      rows.push(row);
      row = new Map();
    }
    if (rows.length >= ITEMS_MAX) break;
    row.set(name, match[2] ?? match[3] ?? '');
  }
  if (row.size > 0) rows.push(row);
  return scriptList(rows.flatMap((each) => arrayItem(each, base, today) ?? []));
}

function arrayItem(
  row: ReadonlyMap<string, string>,
  base: string,
  today: CalendarDate,
): PageItem | null {
  const pick = (...forms: readonly RegExp[]): string => {
    for (const form of forms) for (const [name, value] of row) if (form.test(name)) return value;
    return '';
  };
  const title = plainTitle(pick(/^(?:headers?|titles?|names?|subjects?)$/, /title|header|subject/));
  const url = absolute(pick(/^(?:urls?|links?|hrefs?)$/, /url|link|href/), base);
  const dateText = pick(/^(?:dates?|times?|pubdates?|pubtimes?)$/, /date|time/);
  const parts = [/^years?$/, /^(?:months?|mon)$/, /^days?$/].map((form) => Number(pick(form)));
  const date = writtenDate(dateText, today) ?? calendarDate(parts[0]!, parts[1]!, parts[2]!);
  if (title.length < 2 || (url === null && date === null)) return null;
  return itemOf(title, url, date, today, dateText || parts.join('-'));
}

function itemOf(
  title: string,
  url: string | null,
  date: CalendarDate | null,
  today: CalendarDate,
  dateText: string,
): PageItem {
  const found: FoundDate | null =
    date !== null && date <= today ? { value: date, source: 'script' } : null;
  return { title, url, date: found, dateText: dateText.slice(0, 40) };
}

const plainTitle = (text: string): string =>
  tidy(
    text
      .slice(0, 1_000)
      .replace(/<[^<>]{0,200}>/g, '')
      .replace(/&nbsp;/g, ' '),
  ).slice(0, 300);

function writtenDate(text: string, today: CalendarDate): CalendarDate | null {
  return parseDates(text.slice(0, 60), { today }).find((date) => !date.yearUnknown)?.value ?? null;
}

/** Names of fields, the surest first; compared without case, `_`, `-`, `$`. */
const DATE_FIELDS = [
  'publishtime',
  'publishdate',
  'publisheddate',
  'publishedtime',
  'pubtime',
  'pubdate',
  'docreltime',
  'docpubtime',
  'firstpublishedtime',
  'displaydate',
  'displaytime',
  'releasetime',
  'releasedate',
  'fbsj',
  'fbrq',
  'showtime',
  'infodate',
  'newsdate',
  'articledate',
  'publish',
  'senddate',
  'sendtime',
  'writetime',
  'addtime',
  'createtime',
  'createdate',
  'crtime',
  'inputtime',
  'inputdate',
  'time',
  'date',
  'updatetime',
  'updatedate',
];
const TITLE_FIELDS = [
  'title',
  'doctitle',
  'articletitle',
  'infotitle',
  'newstitle',
  'showtitle',
  'subject',
  'headline',
  'bt',
  'topic',
  'name',
  'text',
];
const URL_FIELDS = [
  'url',
  'link',
  'href',
  'docpuburl',
  'docurl',
  'puburl',
  'articleurl',
  'infourl',
  'htmlurl',
  'linkurl',
  'titleurl',
  'path',
  'pageurl',
];
const MARKUP_FIELD = /^(?:html|content|listhtml|datahtml)$/i;
const DEPTH_MAX = 10;
const VALUES_MAX = 20_000;

/** Lists inside a JSON value: arrays of objects that have a title, and markup in a field `html`. */
export function valueLists(value: unknown, base: string, today: CalendarDate): PageList[] {
  const lists: PageList[] = [];
  let visited = 0;
  const visit = (each: unknown, depth: number): void => {
    visited += 1;
    if (depth > DEPTH_MAX || visited > VALUES_MAX || lists.length >= LISTS_IN_SCRIPTS_MAX) return;
    if (Array.isArray(each)) {
      const items = each.slice(0, ITEMS_MAX).flatMap((entry) => jsonItem(entry, base, today) ?? []);
      if (items.length > 0) lists.push(...scriptList(items));
      else for (const entry of each.slice(0, ITEMS_MAX)) visit(entry, depth + 1);
    } else if (typeof each === 'object' && each !== null) {
      for (const [key, inner] of Object.entries(each)) {
        const isMarkup =
          typeof inner === 'string' && MARKUP_FIELD.test(key) && /<(?:li|tr|a)\b/i.test(inner);
        if (isMarkup) lists.push(...fragmentLists(`<div>${inner}</div>`, base, today));
        else visit(inner, depth + 1);
      }
    }
  };
  visit(value, 0);
  return lists;
}

function jsonItem(value: unknown, base: string, today: CalendarDate): PageItem | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const fields = new Map<string, unknown>();
  for (const [key, each] of Object.entries(value))
    fields.set(key.toLowerCase().replace(/[_$-]/g, ''), each);
  const title = firstText(fields, TITLE_FIELDS);
  const link = firstText(fields, URL_FIELDS);
  const url = link === null ? null : absolute(link, base);
  const [date, dateText] = firstDate(fields, today);
  if (title === null || plainTitle(title).length < 2 || (url === null && date === null))
    return null;
  return itemOf(plainTitle(title), url, date, today, dateText);
}

function firstText(fields: ReadonlyMap<string, unknown>, names: readonly string[]): string | null {
  for (const name of names) {
    const value = fields.get(name);
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return null;
}

function firstDate(
  fields: ReadonlyMap<string, unknown>,
  today: CalendarDate,
): [CalendarDate | null, string] {
  for (const name of DATE_FIELDS) {
    const value = fields.get(name);
    const date =
      typeof value === 'number'
        ? epochDate(value)
        : typeof value === 'string'
          ? writtenDate(value, today)
          : null;
    if (date !== null) return [date, String(value)];
  }
  return [null, ''];
}

/** Milliseconds or seconds since 1970, in Asia/Shanghai; other numbers are no times. */
function epochDate(value: number): CalendarDate | null {
  if (value > 6e11 && value < 5e12) return shanghaiDate(value);
  if (value > 6e8 && value < 5e9) return shanghaiDate(value * 1000);
  return value > 19_000_000 && value < 21_000_000
    ? (parseDates(String(value))[0]?.value ?? null)
    : null;
}

const TOTAL =
  /(?:<totalrecord>|\b(?:totalrecord|totalrecords|countnum|recordcount|recordscount|totalcount|total_count|totalnum|totalsize|total)["']?\s{0,3}[:=]\s{0,3}["']?)\s{0,3}(\d{1,7})(?![\d.]|\s?px)/gi;

/** How many entries the page's own scripts say there are (totalrecord, countnum, totalCount, createPageHTML); null when they say nothing. */
export function declaredTotal(source: string): number | null {
  let greatest: number | null = null;
  let looked = 0;
  for (const match of source.matchAll(TOTAL)) {
    greatest = Math.max(greatest ?? 0, Number(match[1]));
    if (++looked >= 50) break;
  }
  const pages = /createPageHTML\(\s{0,3}(\d{1,5})\s{0,3},/i.exec(source);
  // createPageHTML tells pages: more than one is more than no entry.
  return pages && Number(pages[1]) > 1 ? Math.max(greatest ?? 0, Number(pages[1])) : greatest;
}
