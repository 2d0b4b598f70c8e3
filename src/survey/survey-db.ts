import type { GeneratedAlways, Kysely, Transaction } from 'kysely';
import type { Store } from '../store/store.ts';

/** The survey feature's tables (migrations/0300-survey.ts). Instants are ISO text in and out. */
export interface SurveyTables {
  survey: {
    id: GeneratedAlways<number>;
    home_url: string;
    round_id: number | null;
    subject_id: number | null;
    seed: number;
    started_at: string;
    ended_at: string | null;
    requests: number;
    bytes: number;
    result: string | null;
  };
  survey_worker: {
    survey_id: number;
    holder: string;
    owner: string;
    beat_at: string;
  };
  survey_url: {
    survey_id: number;
    key: number;
    url: string;
    kind: string;
    depth: number;
    from_key: number | null;
    link_text: string;
  };
  survey_queue: {
    survey_id: number;
    rank: number;
    place: GeneratedAlways<number>;
    key: number;
    holder: string | null;
  };
  survey_page: {
    survey_id: number;
    key: number;
    outcome: string;
    status: number | null;
    landed_url: string | null;
    content_type: string | null;
    bytes: number;
    truncated: boolean;
    title: string;
    links: Uint8Array | null;
    published_on: string | null;
    newest_on: string | null;
    text_length: number;
    fingerprint: string | null;
    snapshot: Uint8Array | null;
    signature: string | null;
    opens: boolean | null;
    error_class: string | null;
    reason: string | null;
    etag: string | null;
    last_modified: string | null;
    fetched_at: string;
    /** Null = not looked for. */
    terms: string | null;
  };
}

export type SurveyDb = Kysely<SurveyTables>;

/** The store seen through this feature's tables. */
export function surveyDb(store: Store): SurveyDb {
  return store.db as unknown as SurveyDb;
}

/** One transaction over this feature's tables (and, through `trx`, the archive's index). */
export function inSurveyTransaction<T>(
  store: Store,
  work: (trx: Transaction<SurveyTables>) => Promise<T>,
): Promise<T> {
  return store.transaction((trx) => work(trx as unknown as Transaction<SurveyTables>));
}
