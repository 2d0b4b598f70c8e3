import type { Candidate } from '../candidate.ts';

/** Brackets, quotation marks and book-title marks that are not paired within a paragraph, and doubled marks. */
export function findPunctuation(text: string): Candidate[] {
  const found: Candidate[] = [];
  let start = 0;
  for (const paragraph of text.split('\n')) {
    if (paragraph.length <= PARAGRAPH_MAX) checkPairs(paragraph, start, found);
    start += paragraph.length + 1;
  }
  for (const match of text.matchAll(DOUBLED)) {
    const [whole] = match;
    found.push(candidate(match.index, whole.length, whole.at(-1)!, '标点重复', 0.85));
  }
  return found;
}

/** Longer paragraphs are data or scripts, not sentences. */
const PARAGRAPH_MAX = 5000;
const DOUBLED = /[，、；：]{2,3}(?![，、；：])|[，、；：]。(?!。)|(?<!。)。。(?!。)|。[，、；]/g;

const CLOSING: Readonly<Record<string, string>> = {
  '《': '》',
  '〈': '〉',
  '“': '”',
  '‘': '’',
  '（': '）',
  '(': '）',
  '【': '】',
  '〔': '〕',
  '「': '」',
};
const CLOSERS = new Map(Object.values(CLOSING).map((closer) => [closer, closer]));
CLOSERS.set(')', '）');
/** 1） 一） a) at the start of an item, or after a mark: a number of a list. */
const LIST_NUMBER =
  /(?:^|[\s，。；：、])[（(]?(?:\d{1,3}|[a-zA-Z]|[一二三四五六七八九十]{1,3}|[①-⑳])$/;
const SENTENCE_END = /[。！？；]$/;

function checkPairs(paragraph: string, offset: number, found: Candidate[]): void {
  const open: { mark: string; at: number }[] = [];
  const problems: Candidate[] = [];
  for (let at = 0; at < paragraph.length; at += 1) {
    const mark = paragraph[at]!;
    if (mark in CLOSING) open.push({ mark, at });
    const closer = CLOSERS.get(mark);
    if (closer === undefined) continue;
    const place = open.findLastIndex((one) => CLOSING[one.mark] === closer);
    if (place >= 0) {
      for (const one of open.splice(place).slice(1)) problems.push(unclosed(one, offset));
    } else if (!LIST_NUMBER.test(paragraph.slice(Math.max(0, at - LIST_REACH), at)))
      problems.push(candidate(offset + at, 1, '', `“${mark}”前面没有与它成对的标点`, 0.7));
  }
  // A title that a list cut off (关于印发《湖南省…) is no error of the author's: only whole sentences count.
  const isWhole = SENTENCE_END.test(paragraph) && !/…|\.{3}/.test(paragraph);
  if (isWhole) problems.push(...open.map((one) => unclosed(one, offset)));
  // A quotation of many paragraphs opens in each and closes in the last.
  found.push(...problems.filter((one) => !isLongQuotation(paragraph, one.start - offset)));
}

const LIST_REACH = 8;

const isLongQuotation = (paragraph: string, at: number): boolean =>
  (paragraph[at] === '“' && at === 0) || (paragraph[at] === '”' && at >= paragraph.length - 2);

const unclosed = (one: { mark: string; at: number }, offset: number): Candidate =>
  candidate(offset + one.at, 1, '', `“${one.mark}”没有与它成对的标点`, 0.7);

function candidate(
  start: number,
  length: number,
  suggestion: string,
  reason: string,
  confidence: number,
): Candidate {
  const shape = { class: 'punctuation', severity: 'notice', rule: 'punctuation' } as const;
  return { start, end: start + length, suggestion, ...shape, confidence, reason };
}
