import type { LookAgain } from '../inspection/index.ts';
import type { Store } from '../store/store.ts';
import type { RectificationPolicy } from './policy.ts';

/** What the feature needs; `main` brings it. */
export interface RectificationDeps {
  readonly store: Store;
  /** What new notices are made under; a case keeps its own. */
  readonly rectification: RectificationPolicy;
  /** How a subject is looked at again. */
  readonly look: LookAgain;
  /** Address of the console for letters on paper; null = not known. */
  readonly notify: { readonly publicOrigin: string | null };
}
