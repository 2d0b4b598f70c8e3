import type { Generated, GeneratedAlways, Kysely } from 'kysely';
import type { CheckOutcome, RectificationState } from './cases/case.ts';

/** The feature's tables (migrations/0500-rectification.ts). Dates are Asia/Shanghai, instants ISO text. */
export interface RectificationTables {
  rectification_policy: { id: GeneratedAlways<number>; hash: string; content: string };
  rectification_notice: {
    id: GeneratedAlways<number>;
    round_id: number;
    unit_id: number;
    policy_id: number;
    year: number;
    serial: number;
    number: string;
    issuer: string;
    noticed_on: string;
    deadline_on: string;
    provisional: boolean;
    made_by: string;
    made_by_id: number | null;
    made_at: string;
  };
  rectification_case: {
    id: GeneratedAlways<number>;
    notice_id: number;
    round_id: number;
    unit_id: number;
    policy_id: number;
    kind: 'site' | 'account';
    subject_id: number;
    subject: string;
    rule_id: string;
    rule: string;
    finding_id: number;
    state: RectificationState;
    state_before: RectificationState | null;
    owes: GeneratedAlways<boolean>;
    noticed_on: string;
    deadline_on: string;
    deadline_set_on: string;
    provisional: boolean;
    acknowledged_on: string | null;
    answered_by: string | null;
    answered_by_id: number | null;
    first_submitted_on: string | null;
    first_late_days: Generated<number>;
    submitted_on: string | null;
    late_days: Generated<number>;
    outcome: CheckOutcome | null;
    mended: boolean | null;
    closed_on: string | null;
    escalated_on: string | null;
    escalated_deadline: string | null;
    returns: Generated<number>;
    extensions: Generated<number>;
    ignored_in_row: Generated<number>;
    reminders_ignored: Generated<boolean>;
    marks: string;
    continues_id: number | null;
    version: Generated<number>;
    changed_at: string;
  };
  rectification_step: {
    id: GeneratedAlways<number>;
    case_id: number;
    step: string;
    state: RectificationState;
    by_name: string;
    by_id: number | null;
    at: string;
    note: string;
    detail: string;
  };
  rectification_file: {
    id: GeneratedAlways<number>;
    case_id: number;
    step_id: number | null;
    name: string;
    media_type: string;
    sha256: string;
    bytes: number;
    content: Uint8Array;
    added_by: string;
    added_at: string;
  };
  rectification_extension: {
    id: GeneratedAlways<number>;
    case_id: number;
    state: 'pending' | 'granted' | 'refused' | 'lapsed';
    deadline_on: string;
    wished_on: string;
    granted_on: string | null;
    reason: string;
    asked_by: string;
    asked_by_id: number | null;
    asked_at: string;
    decided_by: string | null;
    decided_at: string | null;
    note: Generated<string>;
  };
  rectification_check: {
    id: GeneratedAlways<number>;
    case_id: number;
    purpose: 'submitted' | 'self';
    asked_on: string;
    asked_by: string;
    asked_at: string;
    claimed_at: string | null;
    not_before: string | null;
    tries: Generated<number>;
    done_at: string | null;
    outcome: CheckOutcome | null;
    words: Generated<string>;
    subject_check_id: number | null;
  };
}

export type RectificationDb = Kysely<RectificationTables>;

/** Any handle of the store seen through this feature's tables. */
export const rectificationDb = <Tables>(db: Kysely<Tables>): RectificationDb =>
  db as unknown as RectificationDb;
