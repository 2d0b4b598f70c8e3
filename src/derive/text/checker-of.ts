import { readCharacters } from './characters.ts';
import { createTextChecker, type TextChecker } from './check-text.ts';
import type { Lexicon } from './lexicon.ts';
import { readWordModel } from './word-model.ts';

/** What a checker is made of, as plain data: it can be handed to a thread, which makes a checker of its own. */
export interface CheckerParts {
  /** The dictionary's lines: word, frequency, part of speech. */
  readonly dictionary: string;
  /** The table of characters (lexicons/characters.tsv). */
  readonly characters: string;
  readonly lexicons: readonly Lexicon[];
}

/** Makes a checker. Takes about a second: make one for many texts. */
export function checkerOf({ dictionary, characters, lexicons }: CheckerParts): TextChecker {
  // What an office names or excepts is right, whatever the dictionary knows.
  const words = lexicons.flatMap(({ words: own, names, terms }) => [
    ...own,
    ...names.map(({ name }) => name),
    ...[...names, ...terms].flatMap(({ exceptions }) => exceptions),
  ]);
  const model = readWordModel(dictionary, words);
  return createTextChecker({ model, characters: readCharacters(characters) }, lexicons);
}
