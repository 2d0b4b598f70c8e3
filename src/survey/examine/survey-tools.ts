import { availableParallelism } from 'node:os';
import { readCheckerParts, type WordingDeps } from '../../wording/index.ts';
import { PagePool } from '../pages/page-pool.ts';

/** More threads than this read faster than a few sites at once are ever asked. */
const THREADS_MAX = 4;
/** A thread that checks words holds the dictionary besides its page. */
const HEAP_MB = 512;

/** The threads that read the pages of surveys of rounds, and the lexicons with which they check their words. */
export interface SurveyTools extends AsyncDisposable {
  readonly pages: PagePool;
  /** Versions, e.g. `seed@1`. */
  readonly lexicons: readonly string[];
}

/** Starts the threads with the lexicons that count in the database now: sites that are read together are held to the same. They are ready after a second or two, and pages wait for them. */
export async function openSurveyTools(deps: WordingDeps): Promise<SurveyTools> {
  const checker = await readCheckerParts(deps);
  const pages = new PagePool({
    threads: Math.min(THREADS_MAX, availableParallelism()),
    heapMb: HEAP_MB,
    checker,
  });
  return {
    pages,
    lexicons: checker.lexicons.map(({ id, version }) => `${id}@${version}`),
    [Symbol.asyncDispose]: () => pages[Symbol.asyncDispose](),
  };
}
