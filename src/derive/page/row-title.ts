import type { Element } from 'domhandler';
import { alternativeText } from './find-anchors.ts';
import type { Row } from './find-rows.ts';
import { parseDates } from './page-dates.ts';
import { namesOf } from './page-dom.ts';
import { BLOCKS, type Chunk, chunksIn, type PageText, SEAM, tidy } from './page-text.ts';

const TITLE_MAX = 300;

/** What a row is called: the words of its link without date, bullet and marks; the whole title when the shown one is cut. */
export function rowTitle(page: PageText, row: Row): string {
  const shown =
    row.anchor && row.anchor.kind !== 'aside' ? shownTitle(page, row) : wordsOfRow(page, row);
  const full = fullTitle(row.anchor?.element.attribs.title ?? '');
  const title = isCutFrom(shown, full) || shown === '' ? full : shown;
  return tidy(
    stripMarks(title === '' && row.anchor ? alternativeText(row.anchor.element) : title),
  ).slice(0, TITLE_MAX);
}

function shownTitle(page: PageText, row: Row): string {
  const anchor = row.anchor!;
  const titled = titledPart(page, anchor.element);
  const place = titled ? page.places.get(titled)! : { start: anchor.place.start, end: anchor.end };
  return joinChunks(
    page,
    titleChunks(page, chunksIn(page, place.start, place.end), titled !== null),
  );
}

/** A heading or an element called title inside the link: the rest is summary and date. */
function titledPart(page: PageText, anchor: Element): Element | null {
  const { order, last } = page.places.get(anchor)!;
  for (let at = order + 1; at <= last && at < order + 40; at += 1) {
    const element = page.elements[at]!;
    const isNamed =
      /^h[1-6]$/.test(element.name) ||
      /(^|[\s_-])(title|tit|bt|biaoti)(?=$|[\s_-])/.test(namesOf(element));
    const { start, end } = page.places.get(element)!;
    if (isNamed && tidy(page.text.slice(start, end)).length >= 4) return element;
  }
  return null;
}

/** Without runs that are only a date or a mark; of several blocks the first. */
function titleChunks(page: PageText, chunks: readonly Chunk[], whole: boolean): readonly Chunk[] {
  const kept = chunks.filter((chunk) => !isBesides(page.text.slice(chunk.start, chunk.end)));
  if (whole || kept.length < 2) return kept;
  const first = kept.findIndex((chunk) => chunk.end - chunk.start >= 4);
  const from = Math.max(0, first);
  let to = from + 1;
  while (to < kept.length && !isBreak(page, kept[to - 1]!, kept[to]!)) to += 1;
  let back = from;
  while (back > 0 && !isBreak(page, kept[back - 1]!, kept[back]!)) back -= 1;
  return kept.slice(back, to);
}

const isBreak = (page: PageText, one: Chunk, other: Chunk): boolean =>
  page.text.slice(one.end, other.start).includes('\n') &&
  BLOCKS.has((other.parent as Element).name ?? '') &&
  other.parent !== one.parent;

/** A date with at most marks around it, a badge (NEW, 置顶), or a lone sign. */
function isBesides(text: string): boolean {
  const words = tidy(text);
  if (
    /^(?:[·•●■▪◆○>»\-*.|｜]+|\[?new!?\]?|hot|\[?图\]?|[[【]?(?:置顶|热|新|荐)[\]】]?)$/i.test(words)
  )
    return true;
  if (words.length > 32 || !/\d/.test(words)) return false;
  if (/^[[(（]?(?:\d{1,2}|(?:19|20)\d{2}[-/.年]\d{1,2}月?)[\])）]?$/.test(words)) return true;
  const [date] = parseDates(words);
  return (
    date !== undefined &&
    words.replace(/^(?:发布|更新)?(?:时间|日期)[:：]\s?/, '').length - date.length <= 4
  );
}

function joinChunks(page: PageText, chunks: readonly Chunk[]): string {
  let text = '';
  chunks.forEach((chunk, index) => {
    const previous = chunks[index - 1];
    const between = previous ? page.seamed.slice(previous.end, chunk.start) : '';
    const words = page.text.slice(chunk.start, chunk.end);
    const apart =
      between.replaceAll(SEAM, '') !== '' && !(isChinese(text.at(-1)) && isChinese(words[0]));
    text += `${apart ? ' ' : ''}${words}`;
  });
  return tidy(text);
}

const isChinese = (character: string | undefined): boolean =>
  character !== undefined && /[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’]/.test(character);

/** The longest run of words of a row that only has 查看 as its link. */
function wordsOfRow(page: PageText, row: Row): string {
  const own = row.anchor?.place;
  return chunksIn(page, row.start, row.end)
    .filter((chunk) => !own || chunk.end <= own.start || chunk.start >= own.end)
    .map((chunk) => tidy(page.text.slice(chunk.start, chunk.end)))
    .filter((words) => !isBesides(words) && !/^[\d/-]+$/.test(words))
    .reduce((best, words) => (words.length > best.length ? words : best), '');
}

/** The title in a tooltip: its first line without a label. */
function fullTitle(tip: string): string {
  const cut = tip.slice(0, 600);
  const line =
    cut.split(/[\n\r]|(?:发布|更新)(?:时间|日期)\s?[:：]|\\n/).find((part) => part.trim() !== '') ??
    '';
  return tidy(line.replace(/^\s*(?:文章)?标题\s?[:：]\s?/, ''));
}

function isCutFrom(shown: string, full: string): boolean {
  if (full.length < 4) return false;
  const stem = /^(.*?)\s?(?:…+|\.{2,}|⋯+|。{2,})$/.exec(stripMarks(shown))?.[1];
  if (stem !== undefined) return full.length > stem.length && full.startsWith(stem.slice(0, 4));
  return full.length > shown.length && shown.length >= 8 && full.startsWith(shown);
}

const BADGE_AT_START =
  /^(?:[[【(（]\s?(?:置顶|顶|热点?|新|荐|推荐)\s?[\]】)）]|(?:new|hot)[!！]?\s)\s?/i;
const BADGE_AT_END = /\s?(?:[[【]\s?(?:图|图文|视频|new|新|置顶)\s?[\]】]|\s(?:new|hot)[!！]?)$/i;

function stripMarks(text: string): string {
  return text
    .replace(/^[\s·•●■▪◆○►▶>»\-*｜|]+/, '')
    .replace(BADGE_AT_START, '')
    .replace(BADGE_AT_END, '');
}

/** A title without the date that is the row's: at either end, in brackets or apart. */
export function withoutDate(title: string, dateText: string): string {
  const at = dateText === '' ? -1 : title.lastIndexOf(dateText);
  if (at < 0) return title;
  const head = title
    .slice(0, at)
    .replace(/(?:[[(（【〔]|发布(?:时间|日期)\s?[:：])\s?$/, '')
    .trim();
  const tail = title
    .slice(at + dateText.length)
    .replace(/^\s?[\])）】〕]/, '')
    .trim();
  if (head !== '' && tail !== '') return title;
  return head || tail || title;
}
