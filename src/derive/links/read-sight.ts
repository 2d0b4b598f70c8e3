import type { LinkSight } from '../../domain/link-check.ts';
import { alertWords } from '../../lib/pure/html-text.ts';
import { decodePage } from '../page/decode-page.ts';
import { readText, wordsOf } from '../page/page-text.ts';
import { parseMarkup } from '../page/parse-markup.ts';
import { visibleText } from '../page/visible-text.ts';

/** What a page says, as far as a link's check looks. */
export interface SightPage {
  readonly title: string;
  /** h1 to h3 in order, at most ten. */
  readonly headings: readonly string[];
  /** Visible words, a line a block; of a page without any, what its script tells in a box. */
  readonly lines: readonly string[];
  /** The lines without white space. */
  readonly text: string;
  readonly html: string;
}

const MARKUP =
  /^\s{0,200}<(?:!doctype|html|head|body|title|meta|script|!--|div|table|p|h\d|frameset|center|\?xml[^>]{0,200}\?>\s{0,20}<!doctype html)\b/i;
const TITLE = /<title[^>]{0,200}>([^<]{0,500})/i;
const HEADINGS_MAX = 10;

/** Whether what came is a page (by its declared type or by how it begins), not a file. */
export function isPageBody(contentType: string, body: Uint8Array): boolean {
  const start = new TextDecoder('latin1')
    .decode(body.subarray(0, 600))
    .replace(/^\xef\xbb\xbf/, '');
  if (MARKUP.test(start)) return true;
  return /html/i.test(contentType) && !hasBinaryStart(body);
}

/** Control characters other than white space do not begin any page. */
const hasBinaryStart = (body: Uint8Array): boolean =>
  body.subarray(0, 64).some((byte) => byte < 9 || (byte > 13 && byte < 27));

/** Several questions are put to each answer; its bytes do not change, so one reading serves them all. */
const READ = new WeakMap<Uint8Array, SightPage>();

/** Reads a page; null when what came is none. */
export function readSight(sight: Pick<LinkSight, 'contentType' | 'body'>): SightPage | null {
  if (sight.body.byteLength === 0 || !isPageBody(sight.contentType, sight.body)) return null;
  const known = READ.get(sight.body);
  if (known !== undefined) return known;
  const page = readBytes(sight.body, sight.contentType);
  READ.set(sight.body, page);
  return page;
}

function readBytes(body: Uint8Array, contentType: string): SightPage {
  const { text: html } = decodePage(body, contentType);
  const page = readText(parseMarkup(html).document);
  const shown = visibleText(page)
    .split('\n')
    .filter((line) => line !== '');
  const lines = shown.length > 0 ? shown : alertWords(html);
  const headings = page.elements
    .filter((element) => /^h[1-3]$/.test(element.name))
    .slice(0, HEADINGS_MAX)
    .map((element) => wordsOf(page, element))
    .filter((words) => words !== '');
  const title = (TITLE.exec(html)?.[1] ?? '').replace(/\s+/g, ' ').trim();
  return { title, headings, lines, text: lines.join('').replace(/\s+/g, ''), html };
}
