import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { TextChecker } from '../derive/text/check-text.ts';
import { type CheckerParts, checkerOf } from '../derive/text/checker-of.ts';
import type { Lexicon } from '../derive/text/lexicon.ts';
import { parseLexicon } from './parse-lexicon.ts';

const SHIPPED = new URL('../../lexicons/', import.meta.url);

/** The lexicon that every check begins with. */
export async function readSeedLexicon(): Promise<Lexicon> {
  return parseLexicon(await readFile(new URL('seed.json', SHIPPED)), 'seed.json');
}

let characters: Promise<string> | undefined;
let dictionary: Promise<string> | undefined;

/** Jieba's dictionary: words, frequencies, parts of speech (MIT; docs/decisions/0024). */
function readDictionary(): Promise<string> {
  const file = createRequire(import.meta.url).resolve('@node-rs/jieba/dict.txt');
  dictionary ??= readFile(file, 'utf8');
  return dictionary;
}

/** What a checker with the given lexicons is made of, for whoever makes it elsewhere. */
export async function partsWith(lexicons: readonly Lexicon[]): Promise<CheckerParts> {
  characters ??= readFile(new URL('characters.tsv', SHIPPED), 'utf8');
  return { dictionary: await readDictionary(), characters: await characters, lexicons };
}

/** A checker with the given lexicons. Takes about a second: make one for many texts. */
export async function openTextChecker(lexicons: readonly Lexicon[]): Promise<TextChecker> {
  return checkerOf(await partsWith(lexicons));
}
