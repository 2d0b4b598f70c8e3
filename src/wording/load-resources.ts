import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Characters, readCharacters } from '../derive/text/characters.ts';
import { createTextChecker, type TextChecker } from '../derive/text/check-text.ts';
import type { Lexicon } from '../derive/text/lexicon.ts';
import { readWordModel, type WordModel } from '../derive/text/word-model.ts';
import { parseLexicon } from './parse-lexicon.ts';

const SHIPPED = new URL('../../lexicons/', import.meta.url);

/** The lexicon that every check begins with. */
export async function readSeedLexicon(): Promise<Lexicon> {
  return parseLexicon(await readFile(new URL('seed.json', SHIPPED)), 'seed.json');
}

let characters: Promise<Characters> | undefined;
let dictionary: Promise<string> | undefined;

/** Jieba's dictionary: words, frequencies, parts of speech (MIT; docs/decisions/0024). */
function readDictionary(): Promise<string> {
  const file = createRequire(import.meta.url).resolve('@node-rs/jieba/dict.txt');
  dictionary ??= readFile(file, 'utf8');
  return dictionary;
}

/** A checker with the given lexicons. Takes about a second: make one for many texts. */
export async function openTextChecker(lexicons: readonly Lexicon[]): Promise<TextChecker> {
  characters ??= readFile(new URL('characters.tsv', SHIPPED), 'utf8').then(readCharacters);
  // What an office names or excepts is right, whatever the dictionary knows.
  const words = lexicons.flatMap(({ words: own, names, terms }) => [
    ...own,
    ...names.map(({ name }) => name),
    ...[...names, ...terms].flatMap(({ exceptions }) => exceptions),
  ]);
  const model: WordModel = readWordModel(await readDictionary(), words);
  return createTextChecker({ model, characters: await characters }, lexicons);
}
