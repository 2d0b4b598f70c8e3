/** The door of wording: lexicons, their versions, what was decided to be ignored, and the check of texts. */

import type { Command } from '../cli/command.ts';
import { ignoreCommands } from './ignore-commands.ts';
import type { WordingDeps } from './keep-lexicon.ts';
import { lexiconCommands } from './lexicon-commands.ts';
import { textCheck } from './text-command.ts';

export const wordingCommands: readonly Command<WordingDeps>[] = [
  textCheck as Command<WordingDeps>,
  ...ignoreCommands,
  ...lexiconCommands,
];

export { readCheckerParts, readIgnoreFilter } from './active-rules.ts';
export { openTextChecker, readSeedLexicon } from './load-resources.ts';
export { parseLexicon } from './parse-lexicon.ts';
export { registerWordingRoutes } from './routes.ts';
export type { WordingDeps };
