import { parseDocument } from 'htmlparser2';
import type { FoundDate } from '../../domain/site-facts.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { calendarDate } from '../../lib/pure/dates.ts';
import { firstFullDate, parseDates } from './page-dates.ts';
import { absolute } from './page-dom.ts';
import { type PageItem, type PageList, readLists } from './read-lists.ts';

/** Scripts longer than this are libraries, not lists. */
const SCRIPT_MAX = 1_000_000;
const ITEMS_MAX = 300;
const RECORDS_MAX = 500;

/** Lists that stand in scripts instead of markup: XML islands (jpage), arrays, embedded JSON. `html` is the whole page. */
export function readScriptLists(html: string, base: string, today: CalendarDate): PageList[] {
  const source = html.slice(0, SCRIPT_MAX);
  return [
    ...islandLists(source, base, today),
    ...arrayLists(source, base),
    ...embeddedJsonLists(source, base),
  ];
}

/** `<recordset><record><![CDATA[<li>…]]></record>`: the records are put together as markup and read as such. */
function islandLists(html: string, base: string, today: CalendarDate): PageList[] {
  if (!/<record>|<datastore>/i.test(html)) return [];
  const records = [...html.matchAll(/<record>\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*<\/record>/gi)]
    .slice(0, RECORDS_MAX)
    .map((match) => match[1]!);
  if (records.length === 0) return [];
  const wrapped = /^\s*<(li|tr)\b/i.test(records[0]!)
    ? records.join('')
    : records.map((record) => `<li>${record}</li>`).join('');
  return readLists(parseDocument(`<ul>${wrapped}</ul>`), base, today).map((list) => ({
    ...list,
    role: 'content',
    element: null,
    items: list.items.map(fromScript),
  }));
}

function fromScript(item: PageItem): PageItem {
  return item.date ? { ...item, date: { ...item.date, source: 'script' } } : item;
}

/** `urls[i]='…';headers[i]="…";year[i]='2022';month[i]='05';day[i]='09';i++` and its like. */
function arrayLists(html: string, base: string): PageList[] {
  const rows: Map<string, string>[] = [];
  let row = new Map<string, string>();
  for (const match of html.matchAll(
    /\b([a-z_]\w{0,30})\[\s*(?:\w+(?:\+\+)?|\d+)\s*\]\s*=\s*(?:"([^"\n]{0,500})"|'([^'\n]{0,500})')/gi,
  )) {
    const name = match[1]!.toLowerCase();
    if (row.has(name)) {
      rows.push(row);
      if (rows.length > ITEMS_MAX) break;
      row = new Map();
    }
    row.set(name, match[2] ?? match[3] ?? '');
  }
  if (row.size > 0) rows.push(row);
  const items = rows.flatMap((each) => readArrayRow(each, base) ?? []);
  return items.length > 0 ? [{ items, role: 'content', hidden: false, element: null }] : [];
}

function readArrayRow(row: ReadonlyMap<string, string>, base: string): PageItem | null {
  const pick = (words: RegExp): string => [...row].find(([name]) => words.test(name))?.[1] ?? '';
  const title = pick(/^(headers?|titles?|names?|subjects?)$/) || pick(/title|header/);
  const url = absolute(pick(/^(urls?|links?|hrefs?)$/) || pick(/url|link/), base);
  const whole = firstFullDate(pick(/^(dates?|times?|pubdates?|pubtimes?)$/) || pick(/date|time/));
  const date =
    whole ??
    calendarDate(Number(pick(/^years?$/)), Number(pick(/^months?$/)), Number(pick(/^days?$/)));
  if (title.length < 4 || (url === null && date === null)) return null;
  return { title, url, date: date === null ? null : { value: date, source: 'script' } };
}

const DATE_FIELDS =
  /^(publish_?time|pub_?time|pub_?date|publish_?date|publishedon|doc_?rel_?time|create_?time|display_?date|release_?(time|date)|writetime|date|time|fbsj|fbrq|crtime)$/i;
const TITLE_FIELDS = /^(title|doc_?title|subject|name|headline|bt|article_?title|info_?title)$/i;
const URL_FIELDS = /^(url|link|href|doc_?pub_?url|docurl|puburl|article_?url|info_?url|htmlurl)$/i;
const HTML_FIELDS = /^(html|content)$/i;
const DEPTH_MAX = 8;

/** JSON assigned in a script (`window.__DATA__={…}`), in a `<script type=application/json>`, or a whole JSON answer. */
function embeddedJsonLists(html: string, base: string): PageList[] {
  const lists: PageList[] = [];
  for (const match of html.matchAll(/(?:=|>)\s*(?=[{[]\s*["{[])/g)) {
    const start = (match.index ?? 0) + match[0].length;
    const text = balanced(html, start);
    if (text !== null && text.length > 20) lists.push(...jsonLists(text, base));
    if (lists.length > 20) break;
  }
  return lists;
}

/** Lists inside a JSON text: arrays of objects that have a title; JSON that is not valid gives none. */
export function jsonLists(text: string, base: string): PageList[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  const lists: PageList[] = [];
  collectLists(value, base, lists, 0);
  return lists;
}

function collectLists(value: unknown, base: string, lists: PageList[], depth: number): void {
  if (depth > DEPTH_MAX || lists.length > 50) return;
  if (Array.isArray(value)) {
    const items = value.slice(0, ITEMS_MAX).flatMap((each) => readJsonItem(each, base) ?? []);
    if (items.length > 0) lists.push({ items, role: 'content', hidden: false, element: null });
    else for (const each of value.slice(0, ITEMS_MAX)) collectLists(each, base, lists, depth + 1);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      if (typeof each === 'string' && HTML_FIELDS.test(key) && /<(li|tr|a)\b/i.test(each)) {
        lists.push(
          ...readLists(parseDocument(`<div>${each}</div>`), base, '9999-12-31').map((list) => ({
            ...list,
            element: null,
            items: list.items.map(fromScript),
          })),
        );
      } else collectLists(each, base, lists, depth + 1);
    }
  }
}

function readJsonItem(value: unknown, base: string): PageItem | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value as Record<string, unknown>);
  const title = entries.find(
    ([key, each]) => TITLE_FIELDS.test(key) && typeof each === 'string' && each.trim().length >= 4,
  )?.[1];
  if (typeof title !== 'string') return null;
  const link = entries.find(([key, each]) => URL_FIELDS.test(key) && typeof each === 'string')?.[1];
  const dated = entries
    .filter(([key]) => DATE_FIELDS.test(key))
    .map(([, each]) => jsonDate(each))
    .find((each) => each !== null);
  const url = absolute(typeof link === 'string' ? link : '', base);
  if (url === null && !dated) return null;
  return { title: title.replace(/<[^>]*>/g, '').trim(), url, date: dated ?? null };
}

function jsonDate(value: unknown): FoundDate | null {
  const text =
    typeof value === 'number' && value > 1e9
      ? String(value < 1e12 ? value * 1000 : value)
      : typeof value === 'string'
        ? value
        : '';
  const date = parseDates(text.replace('T', ' ')).find((each) => !each.yearUnknown);
  return date ? { value: date.value, source: 'script' } : null;
}

/** The balanced JSON text from `start`, strings respected; null when it never closes. */
function balanced(text: string, start: number): string | null {
  let depth = 0;
  let inString = false;
  const end = Math.min(text.length, start + SCRIPT_MAX);
  for (let at = start; at < end; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
      continue;
    }
    if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return text.slice(start, at + 1);
    }
  }
  return null;
}

/** How many items the page's own scripts say there are (totalrecord, countnum, totalCount, createPageHTML); null when they say nothing. */
export function declaredTotal(html: string): number | null {
  const match =
    /(?:<totalrecord>|\b(?:totalrecord|countnum|recordcount|totalcount|total_count|totalnum)["']?\s*[:=]\s*["']?)\s*(\d{1,7})/i.exec(
      html,
    );
  if (match) return Number(match[1]);
  const pages = /createPageHTML\(\s*(\d{1,5})\s*,/i.exec(html);
  return pages ? (Number(pages[1]) > 1 ? Number(pages[1]) : null) : null;
}
