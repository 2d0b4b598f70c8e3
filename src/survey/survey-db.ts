import type { GeneratedAlways, Kysely, Transaction } from 'kysely';
import type { Store } from '../store/store.ts';

/** The survey feature's tables (migrations/0300-survey.ts, 0380). Instants are ISO text in and out. */
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
    /** How pages were read (lexicons, rules); '' = without notes. */
    reading: string;
    /** Its pages were deleted by the retention settings. */
    purged_at: string | null;
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
    /** Why it is not visited though it is the site's; null for all others. */
    refused: string | null;
  };
  survey_words: {
    survey_id: number;
    key: number;
    words: string;
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
    link_words: Uint8Array | null;
    doubt: string | null;
    held_text: string | null;
    promises: string | null;
    checked_characters: number | null;
    check_cut: boolean | null;
    findings: string | null;
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
