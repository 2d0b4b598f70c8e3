import type { Ruleset } from '../domain/ruleset.ts';
import type { AuthorisationKeeper } from '../gather/accounts/wechat/wechat-tokens.ts';
import type { Sealing } from '../identity/index.ts';
import type { LazyQueue } from '../jobs/lazy-queue.ts';
import type { Archive } from '../store/archive/archive.ts';
import type { Store } from '../store/store.ts';
import type { ProgressHub } from './progress.ts';

/** How a round uses a browser. */
export interface RenderSettings {
  /** Home pages are also looked at for accessibility and the ageing-friendly version. */
  readonly looks: boolean;
  /** Undefined = the usual places. */
  readonly chromiumPath: string | undefined;
}

/** What the inspection commands need; `main` opens it. */
export interface InspectionDeps {
  readonly store: Store;
  readonly archive: Archive;
  /** Opens the credentials of accounts. */
  readonly sealing: Sealing;
  /** Tokens of accounts that authorised our WeChat platform; without it only accounts' own secrets are used. */
  readonly authorisations?: AuthorisationKeeper;
  readonly progress: ProgressHub;
  /** Round work goes through it. */
  readonly jobs: LazyQueue;
  /** Honest user agent with a contact page (DESIGN law 5). */
  readonly userAgent: string;
  /** File of the items that every site has to reprint within 24 hours; absent or null = no such list. */
  readonly designatedFile?: string | null;
  /** Pages that only a browser can show are opened in one; without it a round does without. */
  readonly render?: RenderSettings;
  /** Throws UserError `ruleset.unknown`. */
  readonly loadRuleset: (id: string) => Promise<Ruleset>;
}
