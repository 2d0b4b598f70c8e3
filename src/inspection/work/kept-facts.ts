import type { NewFact } from '../fact.repository.ts';

/** Facts whose originals lie on the disk already, and what puts the way to those beside them. */
export interface KeptFacts {
  readonly facts: readonly NewFact[];
  /** Adds the index of what was kept to the transaction that writes the facts. */
  readonly index: (trx: unknown) => Promise<void>;
}

/** Facts without originals of their own. */
export const withoutOriginals = (...facts: NewFact[]): KeptFacts => ({
  facts,
  index: async () => undefined,
});
