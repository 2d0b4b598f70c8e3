import { buildDoubleArray, type DoubleArray, step } from './double-array.ts';

/**
 * How likely words are: a dictionary with frequencies, and with it the most likely reading of a run of characters as words.
 * Log probabilities are natural; a character that no word begins with costs `UNKNOWN`.
 */
export interface WordModel {
  readonly trie: DoubleArray;
  /** By index of word: natural logarithm of its probability. */
  readonly weight: Float32Array;
  /** By index of word: what it is, as the dictionary says. */
  readonly kind: Uint8Array;
}

/** Places, organs and names are words of their own: an odd character in them is none. */
export const WORD_KINDS = { other: 0, name: 1, verb: 2 } as const;

export const UNKNOWN = -18;
/** Longest word that is looked for. */
export const WORD_LENGTH_MAX = 8;

const HAN = /^[\u3400-\u9fff]+$/;

/** `dictionary` = lines of word, frequency, part of speech, parted by a blank (the format of jieba's dictionary). */
export function readWordModel(dictionary: string, added: readonly string[] = []): WordModel {
  const words: string[] = [];
  const counts: number[] = [];
  const kinds: number[] = [];
  const seen = new Set<string>();
  const add = (word: string, count: number, part: string): void => {
    if (!HAN.test(word) || word.length > WORD_LENGTH_MAX || seen.has(word)) return;
    seen.add(word);
    words.push(word);
    counts.push(Math.max(1, count));
    kinds.push(kindOf(part));
  };
  for (const word of added) add(word, ADDED_COUNT, 'n');
  for (const line of dictionary.split('\n')) {
    const [word = '', count = '', part = ''] = line.split(' ');
    add(word, Number(count), part);
  }
  const total = Math.log(counts.reduce((sum, count) => sum + count, 0));
  const weight = Float32Array.from(counts, (count) => Math.log(count) - total);
  return { trie: buildDoubleArray(words), weight, kind: Uint8Array.from(kinds) };
}

/** Words that an office adds are as usual as an ordinary word of its trade. */
const ADDED_COUNT = 1000;

function kindOf(part: string): number {
  if (/^n[rstz]/.test(part)) return WORD_KINDS.name;
  return part.startsWith('v') ? WORD_KINDS.verb : WORD_KINDS.other;
}

export interface Token {
  readonly start: number;
  readonly end: number;
  /** Index of the word, or -1 for a character that is none. */
  readonly word: number;
}

/** The most likely words of `text` between `from` and `to`, which should hold Chinese characters only. */
export function segment(model: WordModel, text: string, from: number, to: number): Token[] {
  const { trie, weight } = model;
  const length = to - from;
  const best = new Float64Array(length + 1).fill(Number.NEGATIVE_INFINITY);
  const cameFrom = new Int32Array(length + 1);
  const words = new Int32Array(length + 1).fill(-1);
  best[0] = 0;
  for (let at = 0; at < length; at += 1) {
    let state = 0;
    const reached = best[at]!;
    if (reached + UNKNOWN > best[at + 1]!) {
      best[at + 1] = reached + UNKNOWN;
      cameFrom[at + 1] = at;
      words[at + 1] = -1;
    }
    for (let end = at; end < length; end += 1) {
      state = step(trie, state, text.charCodeAt(from + end));
      if (state < 0) break;
      const word = trie.word[state]!;
      if (word < 0 || reached + weight[word]! <= best[end + 1]!) continue;
      best[end + 1] = reached + weight[word]!;
      cameFrom[end + 1] = at;
      words[end + 1] = word;
    }
  }
  const tokens: Token[] = [];
  for (let end = length; end > 0; end = cameFrom[end]!)
    tokens.push({ start: from + cameFrom[end]!, end: from + end, word: words[end]! });
  return tokens.reverse();
}
