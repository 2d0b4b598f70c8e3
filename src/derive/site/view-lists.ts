import type { AnyNode, Document, Element } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import type { FoundDate } from '../../domain/site-facts.ts';
import { calendarDate, shanghaiDate } from '../../lib/pure/dates.ts';
import { findDates } from './find-dates.ts';
import { linearText } from './linear-text.ts';
import { pageChrome } from './page-chrome.ts';
import { absoluteUrl } from './page-links.ts';
import type { ItemSummary, ListSummary } from './page-summary.ts';

const MD = /(?:^|\D)(\d{1,2})(?:-|月)(\d{1,2})日?(?:\D|$)/u;

function dateOf(text: string, year?: string): FoundDate | null {
  const full = findDates(text)[0];
  if (full) return { value: full, source: 'item' };
  const split = /(?:^|\D)(\d{2})\s+(20\d{2})-(\d{2})(?:\D|$)/.exec(text);
  if (split) {
    const v = calendarDate(+split[2]!, +split[3]!, +split[1]!);
    if (v) return { value: v, source: 'item' };
  }
  const md = MD.exec(text);
  if (!md) return null;
  const pad = (s: string) => s.padStart(2, '0');
  if (year) return { value: `${year}-${pad(md[1]!)}-${pad(md[2]!)}`, source: 'item' };
  return { value: `${pad(md[1]!)}-${pad(md[2]!)}`, source: 'item', yearUnknown: true };
}

function urlDate(url: string): FoundDate | null {
  const m =
    /\/t(20\d{2})(\d{2})(\d{2})_/.exec(url) ??
    /\/(20\d{2})[/-](\d{1,2})[/-](\d{1,2})\//.exec(url) ??
    /\/(20\d{2})(\d{2})(\d{2})[/_.]/.exec(url);
  const value = m ? calendarDate(+m[1]!, +m[2]!, +m[3]!) : null;
  return value ? { value, source: 'item-url' } : null;
}

function rowItem(row: Element, url: string): ItemSummary | null {
  const links = DomUtils.getElementsByTagName('a', row).filter((a) =>
    absoluteUrl(a.attribs.href ?? '', url),
  );
  if (links.length !== 1 || DomUtils.getElementsByTagName('ul', row).length > 0) return null;
  const link = links[0]!;
  const target = absoluteUrl(link.attribs.href!, url)!;
  const cells = DomUtils.getElementsByTagName('td', row);
  const inner = DomUtils.getElementsByTagName('span', link);
  const dateSpan = inner.find(
    (s) => dateOf(DomUtils.textContent(s)) !== null && DomUtils.textContent(s).trim().length < 24,
  );
  let title = DomUtils.textContent(link).trim();
  let rest = linearText(row, new Set<AnyNode>([link]))
    .map((r) => r.text)
    .join(' ');
  if (dateSpan) {
    rest = DomUtils.textContent(dateSpan);
    title = DomUtils.textContent(inner.find((s) => s !== dateSpan) ?? link).trim();
  }
  if (cells.length > 2) rest = DomUtils.textContent(cells.at(-1)!);
  if (title === '') title = DomUtils.getElementsByTagName('img', link)[0]?.attribs.alt ?? '';
  const year = /(20\d{2})年/.exec(
    DomUtils.textContent(DomUtils.prevElementSibling(row.parent as Element) ?? row.parent!).slice(
      0,
      8,
    ),
  )?.[1];
  const spanTitle = DomUtils.getElementsByTagName('span', row)
    .map((s) => s.attribs.title ?? '')
    .join(' ');
  const tip =
    findDates(spanTitle)[0] ?? findDates((link.attribs.title ?? '').replace(title, ''))[0];
  let date = dateOf(rest, year);
  if ((!date || date.yearUnknown) && tip) date = { value: tip, source: 'tooltip' };
  if (!date || date.yearUnknown) date = urlDate(target) ?? date;
  return { title, url: target, date };
}

export function readLists(document: Document, url: string): ListSummary[] {
  const chrome = pageChrome(document);
  const inChrome = (n: AnyNode): boolean => {
    for (let up: AnyNode | null = n; up; up = up.parent) if (chrome.has(up)) return true;
    return false;
  };
  const byParent = new Map<AnyNode, ItemSummary[]>();
  const rows = DomUtils.findAll((e) => /^(li|tr|dl|h4)$/.test(e.name), document);
  for (const row of rows) {
    if (inChrome(row)) continue;
    const item = rowItem(row, url);
    if (!item || (item.title.length < 8 && item.date === null)) continue;
    const parent = row.parent!;
    byParent.set(parent, [...(byParent.get(parent) ?? []), item]);
  }
  return [...byParent].map(([parent, items]) => ({
    hidden: false,
    aside: standsBeside(parent),
    itemCount: items.length,
    items,
  }));
}

const BESIDE =
  /(^|[-_\s])(side\w*|aside|hot\w*|rank\w*|tuijian|paihang|related|xgyd)([-_\s\d]|$)/iu;

function standsBeside(node: AnyNode): boolean {
  for (let up: AnyNode | null = node; up; up = up.parent) {
    if (up.type !== 'tag') continue;
    if (up.name === 'aside' || BESIDE.test(`${up.attribs.class ?? ''} ${up.attribs.id ?? ''}`))
      return true;
  }
  return false;
}

export function scriptLists(scripts: string, url: string): ListSummary[] {
  const items: ItemSummary[] = [];
  for (const m of scripts.matchAll(
    /urls\[i\]='([^']*)';headers\[i\]="([^"]*)";year\[i\]='(\d+)';month\[i\]='(\d+)';day\[i\]='(\d+)'/g,
  )) {
    items.push({
      title: m[2]!,
      url: absoluteUrl(m[1]!, url),
      date: { value: calendarDate(+m[3]!, +m[4]!, +m[5]!)!, source: 'script' },
    });
  }
  for (const m of scripts.matchAll(
    /\{"title":"([^"]*)","url":"([^"]*)","pub(?:lish)?[tT]ime":"?([^"}]*)"?\}/g,
  )) {
    const value = /^\d{12,13}$/.test(m[3]!) ? shanghaiDate(Number(m[3])) : findDates(m[3]!)[0];
    items.push({
      title: m[1]!,
      url: absoluteUrl(m[2]!, url),
      date: value ? { value, source: 'script' } : null,
    });
  }
  return items.length > 0 ? [{ hidden: false, aside: false, itemCount: items.length, items }] : [];
}
