import type { Fact, FactKey, FactMap } from '../domain/fact.ts';
import type { Instant } from '../lib/pure/dates.ts';
import type { NewFact } from './fact.repository.ts';

/** Where we look from. One vantage until probes run on other lines. */
export const VANTAGE = 'local';

/** Version of the gatherers and derivations; raised when the same bytes would give other facts. */
export const GATHERER_VERSION = '1';

export interface FactOrigin {
  readonly subjectId: number;
  readonly gatherer: string;
  readonly gatheredAt: Instant;
  readonly snapshots?: readonly string[];
  /** Of whose pages no other table speaks: more of them are named. */
  readonly snapshotsMax?: number;
}

/** At most this many snapshot hashes are named by one fact unless it says otherwise; the page table holds all of a subject's. */
const SNAPSHOTS_NAMED = 100;

/** A fact with its provenance, ready to be stored. */
export function recordFact<K extends FactKey>(
  key: K,
  fact: Fact<FactMap[K]>,
  origin: FactOrigin,
): NewFact {
  return {
    key,
    ...fact,
    id: `${origin.subjectId}:${key}`,
    gatheredAt: origin.gatheredAt,
    gatherer: origin.gatherer,
    gathererVersion: GATHERER_VERSION,
    vantage: VANTAGE,
    snapshots: (origin.snapshots ?? []).slice(0, origin.snapshotsMax ?? SNAPSHOTS_NAMED),
  };
}
