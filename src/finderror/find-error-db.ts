import type { Generated, GeneratedAlways, Kysely } from 'kysely';
import type { FindErrorState, Origin } from './find-error.ts';

/** The room's tables (migrations/0535-find-errors.ts, 0550-public-find-errors.ts, 0606-find-error-retention.ts). */
export interface FindErrorTables {
  find_error: {
    id: GeneratedAlways<number>;
    number: string | null;
    origin: Origin;
    site_code: string;
    site_name: string;
    page_url: string;
    problem_type: string;
    content: string;
    site_id: number | null;
    unit_id: number | null;
    state: FindErrorState;
    left_at: string;
    received_at: string;
    received_on: string;
    assigned_on: string | null;
    hand_on_by: string;
    due_on: string;
    is_provisional: boolean;
    extended_to: string | null;
    answered_at: string | null;
    answered_on: string | null;
    answer: string | null;
    is_true: boolean | null;
    published_at: string | null;
    public_content: string | null;
    public_answer: string | null;
    public_name: string | null;
    reporter_name: Generated<string>;
    reporter_contact: Generated<string>;
    /** When both were cleared after their time; null = they are as they were given. */
    reporter_cleared_on: Generated<string | null>;
    version: number;
  };
  find_error_step: {
    id: GeneratedAlways<number>;
    find_error_id: number;
    step: string;
    by_name: string;
    by_id: number | null;
    at: string;
    note: string;
  };
}

export type FindErrorDb = Kysely<FindErrorTables>;

/** Any handle of the store seen through this room's tables. */
export const findErrorDb = <Tables>(db: Kysely<Tables>): FindErrorDb =>
  db as unknown as FindErrorDb;
