import { decodePage } from '../page/decode-page.ts';
import { readText } from '../page/page-text.ts';
import { parseMarkup } from '../page/parse-markup.ts';
import { visibleText } from '../page/visible-text.ts';

interface Bytes {
  readonly body: Uint8Array;
  readonly contentType: string;
}

/** Visible words compared: a home page is shorter. */
const WORDS_MAX = 200_000;

/**
 * How much of the visible words two pages share, 0–100: pairs of neighbouring characters, twice the common ones by all of
 * them (Dice). Null when neither says anything.
 */
export function likenessPercent(one: Bytes, other: Bytes): number | null {
  const [left, right] = [pairsOf(one), pairsOf(other)];
  const all = left.size + right.size;
  if (all === 0) return null;
  let common = 0;
  for (const pair of left) if (right.has(pair)) common += 1;
  return Math.round((200 * common) / all);
}

function pairsOf({ body, contentType }: Bytes): Set<string> {
  const { text } = decodePage(body, contentType);
  const words = visibleText(readText(parseMarkup(text).document))
    .replace(/[\s\d]+/g, '')
    .slice(0, WORDS_MAX);
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < words.length; at += 1) pairs.add(words.slice(at, at + 2));
  return pairs;
}
