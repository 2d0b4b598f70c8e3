import type { Generated, GeneratedAlways, Kysely } from 'kysely';
import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import type { Store } from '../store/store.ts';
import type { Scheme } from './scheme.ts';

export const ASSESSMENT_STATES = ['open', 'published', 'withdrawn'] as const;
export type AssessmentState = (typeof ASSESSMENT_STATES)[number];

/** `reporting`: the unit is to say what it knows; `reported`: the office is to review; `reviewed`: decided until it is published. */
export const UNIT_STATES = ['reporting', 'reported', 'reviewed'] as const;
export type UnitState = (typeof UNIT_STATES)[number];

/** The room's tables (migrations/0560-assessment.ts). */
export interface AssessmentTables {
  assessment: {
    id: GeneratedAlways<number>;
    year: number;
    name: string;
    /** JSON of the scheme as it was when the assessment was opened. */
    scheme: string;
    state: AssessmentState;
    report_by: CalendarDate;
    measured_on: CalendarDate;
    opened_at: Instant;
    opened_by: string;
    published_at: Instant | null;
    published_by: string | null;
  };
  assessment_unit: {
    id: GeneratedAlways<number>;
    assessment_id: number;
    unit_id: number;
    unit_name: string;
    place: number;
    state: UnitState;
    version: Generated<number>;
    reported_at: Instant | null;
    reported_by: string | null;
    reviewed_at: Instant | null;
    reviewed_by: string | null;
    return_reason: Generated<string>;
    /** JSON of {@link import('./score.ts').Score}, when it was published. */
    result: string | null;
    rank: number | null;
  };
  assessment_line: {
    assessment_unit_id: number;
    rule_id: string;
    measured: number | null;
    /** JSON of {@link import('./measures/measure.ts').Evidence}[]. */
    evidence: string;
    claimed: number | null;
    claim_note: Generated<string>;
    decided: number | null;
    decision_note: Generated<string>;
    decided_by: string | null;
  };
  /** migrations/0570-assessment-files.ts */
  assessment_file: {
    id: GeneratedAlways<number>;
    assessment_unit_id: number;
    rule_id: string;
    name: string;
    media_type: string;
    sha256: string;
    bytes: number;
    content: Uint8Array;
    added_by: string;
    added_at: Instant;
  };
}

export type AssessmentDb = Kysely<AssessmentTables>;

/** Any handle of the store seen through this room's tables. */
export const assessmentDb = <Tables>(db: Kysely<Tables>): AssessmentDb =>
  db as unknown as AssessmentDb;

/** What the feature needs; `main` brings it. */
export interface AssessmentDeps {
  readonly store: Store;
  /** What new assessments are scored by; one that is open keeps its own. */
  readonly assessment: Scheme;
}
