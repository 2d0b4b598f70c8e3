import type { Candidate } from '../candidate.ts';

/**
 * Document numbers that are not written as GB/T 9704-2012 §7.2.5 asks: the year in hexagonal brackets 〔〕, full (2020), the number
 * without 第 and without leading noughts. Numbers of court cases, （2021）湘01民初5号, are right with round brackets: letters of a court
 * stand between bracket and 号.
 */
export function findDocumentNumbers(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const [whole, organ, open, written, close, ordinal, number] = match as unknown as string[];
    const year = [...written!].map(digitOf).join('');
    const isRound = ROUND.has(open!);
    if (isRound && !KIND.has(organ!.at(-1)!)) continue;
    const right = `${organ}〔${year}〕${Number(number)}号`;
    if (right === whole) continue;
    const start = match.index! + organ!.length - 1;
    const wrong = whole!.slice(organ!.length - 1);
    const faults = [
      open === '〔' && close === '〕' ? '' : '年份应用六角括号〔〕',
      year === written ? '' : '年份用阿拉伯数字',
      ordinal === '' ? '' : '序号前不加“第”',
      number!.startsWith('0') ? '序号不编虚位' : '',
    ].filter((fault) => fault !== '');
    found.push({
      start,
      end: start + wrong.length,
      suggestion: right.slice(organ!.length - 1),
      class: 'documentNumber',
      severity: 'ordinary',
      confidence: isRound ? 0.75 : 0.9,
      rule: 'documentNumber',
      reason: `发文字号：${faults.join('，')}（GB/T 9704-2012）`,
    });
  }
  return found;
}

const NUMBER =
  /([\u3400-\u9fff]{1,12})([[【〔（(｛{［<〈﹝「])(\d{4}|[〇○零一二三四五六七八九]{4})([\]】〕）)｝}］>〉﹞」])(第?)(\d{1,5})号/g;
const CHINESE_DIGITS = '〇一二三四五六七八九';
const digitOf = (character: string): string => {
  const digit = CHINESE_DIGITS.indexOf(character);
  return /\d/.test(character) ? character : String(Math.max(0, digit));
};
const ROUND = new Set('（(');
/** Last character of an organ's mark: 湘政发, 办函, 财会, 国令 … Elsewhere round brackets may hold anything. */
const KIND = new Set('发函办字通电规令法政组党财会教建农环税审人社卫监');
