import type { CalendarDate } from '../../lib/pure/dates.ts';
import { readScriptLists } from '../page/script-lists.ts';
import type { ScannedLink } from './scanned-page.ts';

/** Pages of one list that a pager may promise; the longest seen has 416. */
const PAGER_PAGES_MAX = 1_000;

/** Scripts without any of these words hold no list and no pager: most do not, and looking is cheap. */
const LISTS = ['<record>', 'headers[', 'urls[', 'titles[', '"url"', '"link"', 'docpuburl'] as const;
const PAGERS = ['createPageHTML', 'countPage'] as const;

/** A page as the scanner left it. */
export interface ScriptedPage {
  readonly html: string;
  /** Contents of its inline scripts. */
  readonly scripts: readonly string[];
}

/**
 * Links that only the page's scripts know (page-patterns §4): entries of XML islands, arrays and embedded JSON, and the further pages
 * of a list whose pager is written by script. All guessed: worth a visit, never a ground for a finding.
 */
export function scriptLinks(
  { html, scripts }: ScriptedPage,
  url: string,
  today: CalendarDate,
): ScannedLink[] {
  const links: ScannedLink[] = [];
  const hasAny = (words: readonly string[]): boolean =>
    scripts.some((script) => words.some((word) => script.includes(word)));
  if (hasAny(PAGERS)) links.push(...pagerLinks(scripts.join('\n'), url));
  // An island may stand outside of scripts.
  if (!hasAny(LISTS) && !html.includes('<record>')) return links;
  for (const { items } of readScriptLists({ scripts, html, base: url, today }))
    for (const { url: href, title } of items)
      if (href !== null) links.push({ kind: 'page', href, text: title, guessed: true });
  return links;
}

/** `createPageHTML(pages, current, name, ending)` of TRS: the second page is `name_1.ending`. */
const CREATE_PAGE =
  /createPageHTML\(\s{0,3}(\d{1,5})\s{0,3},\s{0,3}\d{1,5}\s{0,3},\s{0,3}["']([\w-]{1,60})["']\s{0,3},\s{0,3}["'](\w{1,10})["']/gi;
/** `var countPage=56` of pagers that sites wrote themselves; pages are named after the list's own file. */
const COUNT_PAGE = /\bcountPage["']?\s{0,3}[:=]\s{0,3}["']?(\d{1,5})\b/i;

function pagerLinks(code: string, url: string): ScannedLink[] {
  const links: ScannedLink[] = [];
  for (const [, pages, name, ending] of code.matchAll(CREATE_PAGE))
    links.push(...further(Number(pages), name!, ending!));
  if (links.length > 0) return links;
  const counted = COUNT_PAGE.exec(code);
  const file = /\/(?:([\w-]{1,60}?)(?:_\d{1,5})?\.(s?html?))?(?:[?#]|$)/i.exec(url);
  if (counted === null || file === null) return [];
  return further(Number(counted[1]), file[1] ?? 'index', file[2] ?? 'html');
}

function further(pages: number, name: string, ending: string): ScannedLink[] {
  const last = Math.min(pages, PAGER_PAGES_MAX);
  return Array.from({ length: Math.max(0, last - 1) }, (_, at) => ({
    kind: 'page',
    href: `${name}_${at + 1}.${ending}`,
    text: '',
    guessed: true,
  }));
}
