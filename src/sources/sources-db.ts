import type { Generated, GeneratedAlways, Kysely } from 'kysely';
import type { AccountSourceTable } from '../registry/index.ts';

/** The sources feature's tables (migration 0400); jsonb goes in as text and comes back parsed. */
export interface SourcesTables {
  account_source: AccountSourceTable;
  account_post: {
    source_id: number;
    item_id: string;
    account_id: number;
    title: string;
    url: string;
    published_at: string | null;
    published_on: string;
    quiet: boolean | null;
    original: boolean | null;
    pinned: boolean;
    deleted: boolean;
    reads: number | null;
    likes: number | null;
    recommends: number | null;
    comments: number | null;
    shares: number | null;
    first_seen_at: string;
    last_seen_at: string;
    deleted_seen_at: string | null;
    submitted_by: string | null;
  };
  account_sweep: {
    id: GeneratedAlways<number>;
    started_at: string;
    started_by: string;
    platform: string | null;
    ends_with: number | null;
    state: 'running' | 'done' | 'stopped';
    total: number;
    asked: Generated<number>;
    told: Generated<number>;
    postponed: Generated<number>;
    beat_at: string;
    ended_at: string | null;
    /** jsonb, written by SQL only. */
    states: Generated<unknown>;
    stops: Generated<unknown>;
    accounts: Generated<number | null>;
  };
  /** The register's own, as far as it is read here. */
  account: {
    id: number;
    platform: string;
    account_id: string;
    name: string;
    sponsor_id: number;
    status: string;
  };
}

export type SourcesDb = Kysely<SourcesTables>;

/** Any handle of the store seen through this feature's tables. */
export function sourcesDb<Tables>(db: Kysely<Tables>): SourcesDb {
  return db as unknown as SourcesDb;
}
