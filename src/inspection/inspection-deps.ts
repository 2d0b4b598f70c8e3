import type { Ruleset } from '../domain/ruleset.ts';
import type { Archive } from '../store/archive/archive.ts';
import type { Store } from '../store/store.ts';
import type { ProgressHub } from './progress.ts';

/** What the inspection commands need; `main` opens it. */
export interface InspectionDeps {
  readonly store: Store;
  readonly archive: Archive;
  readonly progress: ProgressHub;
  /** Honest user agent with a contact page (DESIGN law 5). */
  readonly userAgent: string;
  /** Throws UserError `ruleset.unknown`. */
  readonly loadRuleset: (id: string) => Promise<Ruleset>;
}
