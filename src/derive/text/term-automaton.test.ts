import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../lib/pure/random.ts';
import { buildDoubleArray, step } from './double-array.ts';
import { buildTermAutomaton, scanTerms } from './term-automaton.ts';

function found(terms: readonly string[], text: string): string[] {
  const hits: string[] = [];
  scanTerms(buildTermAutomaton(terms), text, (term, end) => hits.push(`${terms[term]}@${end}`));
  return hits.sort();
}

function naive(terms: readonly string[], text: string): string[] {
  const hits: string[] = [];
  for (const term of terms)
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1))
      hits.push(`${term}@${at + term.length}`);
  return hits.sort();
}

describe('the automaton', () => {
  it.each([
    ['a term inside another', ['国', '共和国', '和国'], '中华人民共和国国务院'],
    ['terms that overlap', ['人民代', '民代表', '代表大会'], '人民代表大会代表'],
    ['a term twice over itself', ['哈哈'], '哈哈哈哈'],
    ['units that no term has', ['甲乙'], '甲丙甲乙丁'],
    ['no term', [], '随便什么'],
  ] as const)('%s', (_name, terms, text) => {
    expect(found(terms, text)).toEqual(naive(terms, text));
  });

  it('finds what looking for each term finds, on random terms and texts', () => {
    const random = seededRandom('automaton');
    const letters = [...'甲乙丙丁戊'];
    const word = (size: number): string =>
      Array.from({ length: size }, () => letters[Math.floor(random() * 5)]).join('');
    for (let round = 0; round < 40; round += 1) {
      const terms = [
        ...new Set(Array.from({ length: 60 }, () => word(1 + Math.floor(random() * 6)))),
      ];
      const text = word(400);
      expect(found(terms, text)).toEqual(naive(terms, text));
    }
  });

  it('keeps every word of a dictionary, and no other', () => {
    const words = Array.from({ length: 5000 }, (_, at) => `词${at.toString(7)}尾${at % 13}`);
    const trie = buildDoubleArray(words);
    const walk = (word: string): number => {
      let state = 0;
      for (let at = 0; at < word.length && state >= 0; at += 1)
        state = step(trie, state, word.charCodeAt(at));
      return state < 0 ? -1 : trie.word[state]!;
    };
    expect(words.map(walk)).toEqual(words.map((_, at) => at));
    expect(['词', '词1', '尾', '词0尾0多', '']).toSatisfy((all: string[]) =>
      all.every((one) => walk(one) === -1),
    );
  });
});
