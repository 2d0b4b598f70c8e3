/** The door of wording: lexicons, their versions, what was decided to be ignored, and the check of texts. */

export { openTextChecker, readSeedLexicon } from './load-resources.ts';
export { parseLexicon } from './parse-lexicon.ts';
export { textCheck } from './text-command.ts';
