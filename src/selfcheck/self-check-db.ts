import type { Generated, GeneratedAlways, Kysely } from 'kysely';
import type { SubjectKind } from '../domain/subject.ts';
import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import type { Unmatched } from '../registry/index.ts';
import type { CheckResult } from './read-rows.ts';

export const HAND_IN_STATES = ['draft', 'submitted'] as const;
export type HandInState = (typeof HAND_IN_STATES)[number];
export const MATCHED_BY = ['identity', 'url', 'name', 'person'] as const;

/** The room's tables (migrations/0585-self-check.ts). */
export interface SelfCheckTables {
  self_check: {
    id: GeneratedAlways<number>;
    round_id: number;
    state: 'open' | 'closed';
    workdays: number;
    due_on: CalendarDate;
    is_provisional: boolean;
    note: string;
    opened_at: Instant;
    opened_by: string;
    closed_at: Instant | null;
    closed_by: string | null;
  };
  self_check_unit: {
    self_check_id: number;
    unit_id: number;
    unit_name: string;
    place: number;
    /** How often what it hands in was changed: who decides on an older one is told so. */
    revision: Generated<number>;
  };
  self_check_hand_in: {
    id: GeneratedAlways<number>;
    self_check_id: number;
    unit_id: number;
    version: number;
    state: HandInState;
    file_name: string;
    imported_at: Instant;
    imported_by: string;
    submitted_at: Instant | null;
    submitted_on: CalendarDate | null;
    submitted_by: string | null;
    /** Why a submitted version is corrected. */
    reason: Generated<string>;
  };
  self_check_row: {
    hand_in_id: number;
    /** Row of the file, the first one is 1. */
    number: number;
    kind: SubjectKind;
    name: string;
    identity: string;
    platform: string;
    url: string;
    sponsor: string;
    checked_on: CalendarDate;
    result: CheckResult;
    rule_id: string | null;
    problem: string;
    subject_id: number | null;
    matched_by: (typeof MATCHED_BY)[number] | null;
    unmatched: Unmatched | null;
    /** jsonb: subjects that the row may mean. */
    candidates: string;
    /** The earlier row that says the same. */
    repeats: number | null;
  };
}

export type SelfCheckDb = Kysely<SelfCheckTables>;

/** Any handle of the store seen through this room's tables. */
export const selfCheckDb = <Tables>(db: Kysely<Tables>): SelfCheckDb =>
  db as unknown as SelfCheckDb;
