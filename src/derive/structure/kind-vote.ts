import type { KindSource, StandardKind } from '../../domain/facts/structure-facts.ts';

/** What one sign says of a section's kind. `weight` 0–100: how sure it would be if it stood alone. */
export interface KindVote {
  readonly kind: StandardKind;
  readonly weight: number;
  readonly from: KindSource;
}

/** A name below this says nothing by itself. */
export const TELLING = 60;
