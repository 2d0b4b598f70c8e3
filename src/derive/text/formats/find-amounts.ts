import type { Candidate } from '../candidate.ts';

/** Amounts: groups of digits that are not of three, words and figures of a sum that differ, and 约…左右. */
export function findAmounts(text: string): Candidate[] {
  return [...badGroups(text), ...differingSums(text), ...doubledEstimates(text)];
}

const GROUPED =
  /(?<![\d,.])\d{1,6}(?:,\d{1,6})+(?:\.\d{1,4})?(?=\s{0,2}(?:万|亿)?(?:元|人民币|美元|人|户|吨|亩|平方米|公里))/g;
const WELL_GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

function* badGroups(text: string): Generator<Candidate> {
  for (const match of text.matchAll(GROUPED)) {
    const [whole] = match;
    if (WELL_GROUPED.test(whole)) continue;
    const plain = whole.replaceAll(',', '');
    yield candidate(match.index, whole, plain, '千分位应三位一组', 0.8);
  }
}

const SUM =
  /(?:人民币)?([零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,24})[元圆](?:整|正)?\s{0,2}[（(](?:人民币|小写[:：]?)?\s{0,2}[¥￥]?\s{0,2}([\d,]{1,18}(?:\.\d{1,2})?)\s{0,2}(万?)元?[）)]/g;

function* differingSums(text: string): Generator<Candidate> {
  for (const match of text.matchAll(SUM)) {
    const [whole, words, figures, unit] = match as unknown as [string, string, string, string];
    const sum = readWords(words);
    const number = Number(figures.replaceAll(',', '')) * (unit === '万' ? 10_000 : 1);
    if (sum === null || Math.abs(sum - Math.floor(number)) < 1) continue;
    yield {
      ...candidate(match.index!, whole, '', '大写与小写金额不一致', 0.9),
      severity: 'serious',
    };
  }
}

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const UNITS: Readonly<Record<string, number>> = { 拾: 10, 佰: 100, 仟: 1000 };

/** The number of a sum in words, e.g. 壹拾贰万叁仟 = 123000; null when it is none. */
function readWords(words: string): number | null {
  let [total, section, digit] = [0, 0, 0];
  for (const one of words) {
    const value = DIGITS.indexOf(one);
    if (value >= 0) digit = value;
    else if (one in UNITS) {
      section += (digit === 0 ? 1 : digit) * UNITS[one]!;
      digit = 0;
    } else {
      total = (total + section + digit) * (one === '万' ? 10_000 : 100_000_000);
      [section, digit] = [0, 0];
    }
  }
  const sum = total + section + digit;
  return Number.isSafeInteger(sum) ? sum : null;
}

const ESTIMATE =
  /(?:大约|约|近|超过|将近)\d[\d,.]{0,15}[万亿]?(?:余)?(?:元|人|户|名|个|吨|亩|公里|平方米|天|年|小时|家|件|次)?(?:左右|上下)/g;

function* doubledEstimates(text: string): Generator<Candidate> {
  for (const match of text.matchAll(ESTIMATE)) {
    const [whole] = match;
    const suggestion = whole.replace(/(?:左右|上下)$/, '');
    yield {
      ...candidate(match.index, whole, suggestion, '“约、近、超过”与“左右”重复', 0.6),
      severity: 'notice',
    };
  }
}

function candidate(
  start: number,
  whole: string,
  suggestion: string,
  reason: string,
  confidence: number,
): Candidate {
  const shape = { class: 'amount', severity: 'ordinary', rule: 'amount' } as const;
  return { start, end: start + whole.length, suggestion, ...shape, confidence, reason };
}
