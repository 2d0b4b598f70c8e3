import type { Element } from 'domhandler';
import { parseDates } from './page-dates.ts';
import { ancestorsOf, targetOf } from './page-dom.ts';
import { type PageText, type Place, tidy } from './page-text.ts';

/** Something to click. */
export interface Anchor {
  readonly element: Element;
  readonly place: Place;
  /** End of its own words: an unclosed link ends where the next one begins. */
  readonly end: number;
  readonly url: string | null;
  /** Its words, dates and marks left out; measures how much of a title it is. */
  readonly words: string;
  /** `title`: words of its own; `image`: only an alternative text; `aside`: 更多, 详情, [栏目], 附件 and the like. */
  readonly kind: 'title' | 'image' | 'aside';
}

const ANCHORS_MAX = 5_000;
const CLICKABLE = new Set([
  'li',
  'p',
  'div',
  'span',
  'td',
  'tr',
  'dd',
  'dt',
  'h2',
  'h3',
  'h4',
  'h5',
]);
const ASIDE_WORDS =
  /^(?:[[【(（<〈《]?\s?(?:更多|more|详情|详细|查看|查阅|阅读|阅读全文|全文|查看详情|查看全文|查看更多|点击查看|点击进入|下载|附件|打印|收藏|分享|编辑|进入|返回|我要办理|在线办理|上一页|下一页|首\s?页|尾\s?页|末\s?页|上一条|下一条|解读|图解|政策解读|相关解读|专家解读)\s?.{0,3}|[\d\s.,<>«»‹›＞＜+…|-]{1,8})$/i;
const COLUMN_MARK = /^(?:[[【「〔(（<][^\]】」〕)）>]{1,16}[\]】」〕)）>]|[^：:]{2,8}[：:])$/;

/** All links and clickable things of a page in order. */
export function findAnchors(page: PageText, base: string): Anchor[] {
  const anchors: Anchor[] = [];
  for (const element of page.elements) {
    if (anchors.length >= ANCHORS_MAX) break;
    if (!isClickable(element) || (element.name !== 'a' && standsInOther(element, page))) continue;
    const place = page.places.get(element)!;
    const end = endOfOwn(page, element, place);
    const words = ownWords(page, place.start, end);
    const url = targetOf(element, base);
    const kind = kindOf(element, words, url);
    if (kind !== null) anchors.push({ element, place, end, url, words, kind });
  }
  return anchors;
}

function isClickable(element: Element): boolean {
  if (element.name === 'a') return true;
  const { attribs } = element;
  const clicks =
    attribs.onclick ?? attribs['data-href'] ?? attribs['data-url'] ?? attribs['data-link'];
  return clicks !== undefined && CLICKABLE.has(element.name);
}

/** A clickable block around real links, or inside one, is no link of its own. */
function standsInOther(element: Element, page: PageText): boolean {
  for (const outer of ancestorsOf(element)) {
    if (outer.name === 'a') return true;
    if (outer.attribs.onclick !== undefined && outer.name !== 'body') return true;
  }
  const { order, last } = page.places.get(element)!;
  for (let inner = order + 1; inner <= last; inner += 1) {
    if (page.elements[inner]!.name === 'a') return true;
  }
  return false;
}

function endOfOwn(page: PageText, element: Element, { order, last, end }: Place): number {
  if (element.name !== 'a') return end;
  for (let inner = order + 1; inner <= last; inner += 1) {
    const nested = page.elements[inner]!;
    if (nested.name === 'a') return page.places.get(nested)!.start;
  }
  return end;
}

function ownWords(page: PageText, start: number, end: number): string {
  const text = tidy(page.text.slice(start, Math.min(end, start + 600)));
  if (!/\d/.test(text)) return text;
  let words = text;
  for (const { index, length } of parseDates(text).reverse()) {
    // A date within running words is a part of the title.
    if (isBoundary(text[index - 1]) && isBoundary(text[index + length]))
      words = words.slice(0, index) + words.slice(index + length);
  }
  return tidy(words.replace(/[[(（【〔]\s?[\])）】〕]/g, ''));
}

const isBoundary = (character: string | undefined): boolean =>
  character === undefined || /[\s[\](（)）【】〔〕|｜]/.test(character);

function kindOf(element: Element, words: string, url: string | null): Anchor['kind'] | null {
  if (ASIDE_WORDS.test(words) || COLUMN_MARK.test(words)) return words.length > 0 ? 'aside' : null;
  if (words.length >= 2) return 'title';
  if (url === null || element.name !== 'a') return null;
  return alternativeText(element).length >= 4 ? 'image' : 'aside';
}

/** What a link without words says of itself: its tooltip, or its picture's. */
export function alternativeText(element: Element): string {
  if (element.attribs.title) return tidy(element.attribs.title.slice(0, 300));
  for (const child of element.children) {
    if (child.type !== 'tag') continue;
    const inner = child as Element;
    const alt = inner.attribs.alt || inner.attribs.title;
    if (inner.name === 'img' && alt) return tidy(alt.slice(0, 300));
    const nested =
      inner.children.length > 0 && inner.children.length < 10 ? alternativeText(inner) : '';
    if (nested !== '') return nested;
  }
  return '';
}
