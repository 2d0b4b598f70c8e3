import { buildDoubleArray, type DoubleArray } from './double-array.ts';

/**
 * Finds every occurrence of many terms in one pass (Aho & Corasick 1975) over a double array. Chosen by measurement among an own
 * hash table, own double array and the packages of npm: docs/decisions/0024, `npm run bench -- text --peers`.
 */
export interface TermAutomaton {
  readonly trie: Pick<DoubleArray, 'codes' | 'base' | 'check' | 'word'>;
  readonly fail: Int32Array;
  /** The nearest state on the chain of suffixes, itself included, in which a term ends; -1 = none. */
  readonly output: Int32Array;
}

/** Terms must be distinct and not empty. */
export function buildTermAutomaton(terms: readonly string[]): TermAutomaton {
  const trie = buildDoubleArray(terms);
  const { base, check, word, order } = trie;
  const fail = new Int32Array(base.length);
  const output = new Int32Array(base.length).fill(-1);
  for (let at = 1; at < order.length; at += 1) {
    const state = order[at]!;
    const parent = check[state]!;
    const code = state - base[parent]!;
    let suffix = 0;
    for (let from = parent; from !== 0; ) {
      from = fail[from]!;
      const next = base[from]! + code;
      if (check[next] === from && next !== state) {
        suffix = next;
        break;
      }
    }
    fail[state] = suffix;
    output[state] = word[state]! >= 0 ? state : output[suffix]!;
  }
  return { trie, fail, output };
}

/** The same automaton in memory that threads share: none of them builds it again or holds a copy. */
export function shareAutomaton({ trie, fail, output }: TermAutomaton): TermAutomaton {
  const { codes, base, check, word } = trie;
  const shared = new Uint16Array(new SharedArrayBuffer(codes.byteLength));
  shared.set(codes);
  return {
    trie: { codes: shared, base: toShared(base), check: toShared(check), word: toShared(word) },
    fail: toShared(fail),
    output: toShared(output),
  };
}

function toShared(numbers: Int32Array): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(numbers.byteLength));
  shared.set(numbers);
  return shared;
}

/** Calls `hit(term index, end)` for each occurrence, `end` one past its last UTF-16 unit, in the order of their ends. */
export function scanTerms(
  automaton: TermAutomaton,
  text: string,
  hit: (term: number, end: number) => void,
): void {
  const { fail, output } = automaton;
  const { codes, base, check, word } = automaton.trie;
  const length = text.length;
  let state = 0;
  for (let at = 0; at < length; at += 1) {
    const code = codes[text.charCodeAt(at)]!;
    if (code === 0) {
      state = 0;
      continue;
    }
    let next = base[state]! + code;
    while (check[next] !== state) {
      if (state === 0) {
        next = 0;
        break;
      }
      state = fail[state]!;
      next = base[state]! + code;
    }
    state = next;
    for (let found = output[state]!; found >= 0; found = output[fail[found]!]!)
      hit(word[found]!, at + 1);
  }
}
