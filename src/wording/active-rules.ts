import type { CheckerParts } from '../derive/text/checker-of.ts';
import { createIgnoreFilter, type IgnoreFilter } from '../derive/text/ignored-wording.ts';
import type { Lexicon } from '../derive/text/lexicon.ts';
import { type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { listIgnores } from './ignore-text.ts';
import { activeLexicons, type WordingDeps } from './keep-lexicon.ts';
import { partsWith, readSeedLexicon } from './load-resources.ts';

/**
 * What pages are checked with now: the shipped lexicon, the office's lexicons as they count in its database, and `more` of this one
 * check. Without a database (`deps` null) the shipped lexicon and `more`. Plain data, for `checkerOf` here or in a thread; whoever
 * holds it for long goes on with the versions of that time, which its findings name.
 */
export async function readCheckerParts(
  deps: WordingDeps | null,
  more: readonly Lexicon[] = [],
): Promise<CheckerParts> {
  const own = deps === null ? [] : await activeLexicons(deps);
  return partsWith([await readSeedLexicon(), ...own, ...more]);
}

/** What people decided to ignore, as it counts at an instant; nothing without a database. */
export async function readIgnoreFilter(
  deps: WordingDeps | null,
  at: Instant,
): Promise<IgnoreFilter> {
  return createIgnoreFilter(deps === null ? [] : await listIgnores(deps), shanghaiDate(at));
}
