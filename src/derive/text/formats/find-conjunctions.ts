import type { Candidate } from '../candidate.ts';

/** 既 joins two things (既使企业受益，又使群众满意); 即使, 即便 and 即将 are words of their own. */
const TAKEN_FOR: Readonly<Record<string, string>> = {
  既使: '即使',
  既便: '即便',
  既将: '即将',
};
const WRITTEN = /既[使便将]/g;
/** What 既便 and 既使 go on with when 便 and 使 are words themselves: 既便于, 既便民利企, 既使用. */
const OTHER_WORD = /^(?:既便[于民利捷宜]|既使用)/;
/** The second half that 既 waits for; 也要, 也不 and the like go with 即使 just as well and decide nothing. */
const SECOND_HALF = /[又且更]|也(?![要会能不必应得可须没无难])|还[使让令将把便]/;
const SENTENCE_END = /[。！？；\n]/;
const SENTENCE_MAX = 120;

/** 既使, 既便, 既将 without the second half that 既 waits for in the same sentence: 即使, 即便, 即将 was meant. */
export function findConjunctions(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const { index: start, 0: written } of text.matchAll(WRITTEN)) {
    const after = text.slice(start, start + SENTENCE_MAX);
    const [sentence = ''] = after.split(SENTENCE_END, 1);
    if (OTHER_WORD.test(sentence) || SECOND_HALF.test(sentence.slice(2))) continue;
    const right = TAKEN_FOR[written]!;
    found.push({
      ...{ start, end: start + 2, suggestion: right, class: 'typo', severity: 'ordinary' },
      ...{ confidence: 0.8, rule: `conjunction:${written}` },
      reason: `疑似错别字：“${written}”应为“${right}”，后面没有与“既”呼应的“又”“也”`,
    });
  }
  return found;
}
