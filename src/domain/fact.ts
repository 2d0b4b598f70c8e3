import type { Instant } from '../lib/pure/dates.ts';
import type { AccountFactMap } from './account-facts.ts';
import type { SiteFactMap } from './site-facts.ts';
import type { SubjectStatus } from './subject.ts';

/**
 * What was learned of one thing (DESIGN law 1): `observed`; `absent` (we looked, it is not there);
 * `unobserved` (we could not look: our network, a WAF, a login wall, an expired token). `reason` is Chinese, for people.
 */
export type Fact<T> =
  | { readonly state: 'observed'; readonly value: T }
  | { readonly state: 'absent' }
  | { readonly state: 'unobserved'; readonly reason: string };

export const observed = <T>(value: T): Fact<T> => ({ state: 'observed', value });
export const absent: Fact<never> = { state: 'absent' };
export const unobserved = (reason: string): Fact<never> => ({ state: 'unobserved', reason });

/** Facts that every subject has, whatever its kind. */
export interface CommonFactMap {
  /** The subject's monitoring time (监测时间点). */
  'round.monitoredAt': Instant;
  'subject.register': {
    readonly status: SubjectStatus;
    /** Sites only; false for accounts. */
    readonly hasService: boolean;
    readonly isPortal: boolean;
    /** Accounts only; '' for sites. */
    readonly platform: string;
  };
}

export interface FactMap extends CommonFactMap, SiteFactMap, AccountFactMap {}
export type FactKey = keyof FactMap;

/** The facts of one subject in one round. A key that is missing was not gathered: indicators treat it as unobserved. */
export type FactSet = { readonly [K in FactKey]?: RecordedFact<FactMap[K]> };

/** A fact as stored: immutable, with its provenance. */
export type RecordedFact<T> = Fact<T> & {
  /** Stable id inside the round: `<subjectId>:<key>`. */
  readonly id: string;
  /** When it was really gathered. */
  readonly gatheredAt: Instant;
  readonly gatherer: string;
  readonly gathererVersion: string;
  /** Where we looked from, e.g. `local`. */
  readonly vantage: string;
  /** SHA-256 (hex) of the snapshots that it was read from, in reading order. */
  readonly snapshots: readonly string[];
};
