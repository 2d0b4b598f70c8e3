import type { Generated, GeneratedAlways, Kysely } from 'kysely';
import type { SubjectKind } from '../domain/subject.ts';
import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import type { Unmatched } from '../registry/index.ts';
import type { AskedCategory, QuestionStand } from './questions/question.ts';
import type { CheckResult } from './read-rows.ts';

export const HAND_IN_STATES = ['draft', 'submitted'] as const;
export type HandInState = (typeof HAND_IN_STATES)[number];
export const MATCHED_BY = ['identity', 'url', 'name', 'person'] as const;

/** The room's tables (migrations/0585-self-check.ts, 0605-self-check-questions.ts). */
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
    /** When it was told of the first questions. */
    asked_on: Generated<CalendarDate | null>;
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
  self_check_question: {
    id: GeneratedAlways<number>;
    self_check_id: number;
    unit_id: number;
    /** Of the line that asks it; lines are computed and never kept. */
    key: string;
    category: AskedCategory;
    kind: SubjectKind;
    subject_id: number;
    stand: QuestionStand;
    /** Until when it is to be answered once more, where it was asked back. */
    due_on: CalendarDate | null;
    version: number;
  };
  self_check_answer: {
    id: GeneratedAlways<number>;
    question_id: number;
    step: 'answer' | 'accept' | 'return';
    /** Of {@link REASONS}; '' where the province decides. */
    reason: string;
    note: string;
    by_name: string;
    at: Instant;
  };
  self_check_file: {
    id: GeneratedAlways<number>;
    question_id: number;
    /** The answer it belongs to; null = added, and not sent with one yet. */
    answer_id: number | null;
    name: string;
    media_type: string;
    sha256: string;
    bytes: number;
    content: Buffer;
    added_by: string;
    added_at: Instant;
  };
}

export type SelfCheckDb = Kysely<SelfCheckTables>;

/** Any handle of the store seen through this room's tables. */
export const selfCheckDb = <Tables>(db: Kysely<Tables>): SelfCheckDb =>
  db as unknown as SelfCheckDb;
