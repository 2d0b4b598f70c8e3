import type { Generated, GeneratedAlways, Kysely } from 'kysely';
import type { Store } from '../store/store.ts';

export interface MatrixPolicy {
  /** An operator is told so many days before the limit of silence is reached. */
  readonly leadDays: number;
}

/** Day 10 of 14. */
export const DEFAULT_MATRIX_POLICY: MatrixPolicy = { leadDays: 4 };

export interface MatrixDeps {
  readonly store: Store;
  readonly matrix: MatrixPolicy;
}

/** Kinds of alerts that say where the register and the platform do not agree. */
export const LIVE_KINDS = ['closed-posting', 'gone', 'renamed', 'operator'] as const;
export type LiveKind = (typeof LIVE_KINDS)[number];
export type AlertKind = 'silence' | LiveKind;

/** The feature's tables (migrations/0450-matrix.ts, 0540-live-notices.ts) that are used through Kysely. */
export interface MatrixTables {
  account_alert: {
    id: GeneratedAlways<number>;
    account_id: number;
    kind: AlertKind;
    silent_since: string | null;
    mark: Generated<string>;
    /** jsonb: what shows it; null for a silence. */
    evidence: string | null;
    state: 'open' | 'closed';
    made_at: string;
    manager_told_at: string | null;
    acknowledged_at: string | null;
    acknowledged_by: string | null;
    acknowledged_by_id: number | null;
    note: string;
    closed_at: string | null;
    closed_why: 'post' | 'status' | 'changed' | null;
  };
  index_formula_version: {
    formula_id: string;
    version: number;
    content: string;
    reason: string;
    made_by: string;
    made_by_id: number | null;
    made_at: string;
  };
}

export type MatrixDb = Kysely<MatrixTables>;

/** Any handle of the store seen through this feature's tables. */
export const matrixDb = <Tables>(db: Kysely<Tables>): MatrixDb => db as unknown as MatrixDb;

/** Ids as PostgreSQL writes an array. */
export const idList = (ids: Iterable<number>): string => `{${[...ids].join(',')}}`;
