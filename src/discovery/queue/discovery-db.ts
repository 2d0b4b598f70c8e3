import type { GeneratedAlways, Kysely } from 'kysely';
import type { RegisterMatch, SeenVia } from '../../domain/discovered-account.ts';

export type DiscoveredState = 'open' | 'adopted' | 'dismissed';

/** The feature's tables (migrations/0420-discovery.ts). */
export interface DiscoveryTables {
  discovered_account: {
    id: GeneratedAlways<number>;
    identity: string;
    platform: string;
    id_kind: string;
    account_key: string;
    name: string | null;
    site_id: number;
    unit_id: number;
    match: RegisterMatch;
    registered_id: number | null;
    score: number;
    reasons: string;
    state: DiscoveredState;
    reason: string | null;
    decided_by: string | null;
    decided_by_id: number | null;
    decided_at: string | null;
    case_id: number | null;
    dismissed_as: string | null;
    first_seen_at: string;
    last_seen_at: string;
  };
  discovered_sighting: {
    discovered_id: number;
    page_url: string;
    via: SeenVia;
    place: string;
    words: string;
    name: string | null;
    address: string | null;
    picture: string | null;
    page_snapshot: string | null;
    picture_snapshot: string | null;
    first_seen_at: string;
    last_seen_at: string;
  };
  discovery_look: {
    source: string;
    site_id: number;
    looked_at: string;
    pages: number;
    found: number;
    notes: string;
  };
}

export type DiscoveryDb = Kysely<DiscoveryTables>;

export const discoveryDb = <Tables>(db: Kysely<Tables>): DiscoveryDb =>
  db as unknown as DiscoveryDb;
