import { segment, type Token, WORD_KINDS, type WordModel } from './word-model.ts';

/** How the words around a place read: what tells 公共合作 from a wrong 共合国. */
export interface Reading {
  /** Whether every character of the place belongs to a word of two or more, and one of these words goes beyond the place. */
  readonly explained: boolean;
  /** Whether all words at the place have two or more characters. */
  readonly allWords: boolean;
  readonly crossesStart: boolean;
  readonly crossesEnd: boolean;
  /** The word at a unit of the text. */
  wordAt(place: number): Word;
}

export interface Word {
  readonly start: number;
  /** 0 = there is none. */
  readonly length: number;
  /** Name of a place, a person or an organ, as the dictionary says. */
  readonly isName: boolean;
}

/** Characters read on either side of a place. */
const CONTEXT = 8;
const NOT_HAN = /[^\u3400-\u9fff]/;

export function readPlace(model: WordModel, text: string, start: number, end: number): Reading {
  let from = start;
  while (from > 0 && start - from < CONTEXT && !NOT_HAN.test(text[from - 1]!)) from -= 1;
  let to = end;
  while (to < text.length && to - end < CONTEXT && !NOT_HAN.test(text[to]!)) to += 1;
  const tokens = segment(model, text, from, to);
  const here = tokens.filter((token) => token.end > start && token.start < end);
  const allWords = here.every((token) => token.end - token.start > 1);
  const crossesStart = isCrossing(here[0], start);
  const crossesEnd = isCrossing(here.at(-1), end);
  return {
    allWords,
    crossesStart,
    crossesEnd,
    explained: allWords && (crossesStart || crossesEnd),
    wordAt: (place) => {
      const token = tokens.find((one) => one.start <= place && place < one.end);
      return {
        start: token?.start ?? place,
        length: token === undefined ? 0 : token.end - token.start,
        isName: token !== undefined && model.kind[token.word] === WORD_KINDS.name,
      };
    },
  };
}

const isCrossing = (token: Token | undefined, edge: number): boolean =>
  token !== undefined && token.end - token.start > 1 && token.start < edge && token.end > edge;
