import type { Generated, GeneratedAlways } from 'kysely';
import type { ReviewState } from '../domain/finding.ts';

/** The inspection feature's tables (migrations/0100-inspection.ts, 0120, 0220). Instants are ISO text in and out. */
export interface InspectionTables {
  round: {
    id: GeneratedAlways<number>;
    period: string;
    label: string;
    window_from: string;
    window_to: string;
    monitored_at: string;
    ruleset_id: string;
    ruleset_hash: string;
    ruleset: string;
    clock: 'live' | 'replay';
    coverage: string;
    resolve_rules: string;
    whole_sites: Generated<'none' | 'portals' | 'all'>;
    /** Null without whole sites. */
    pages_per_site: Generated<number | null>;
    state: RoundState;
    review_waived: string | null;
    undetermined_waived: string | null;
    created_at: string;
    frozen_at: string | null;
    /** A person asked it to stop; it goes on only when a person says so. */
    paused: Generated<boolean>;
    /** The server runs it, and runs it on after a restart. */
    in_server: Generated<boolean>;
    /** Why its last run ended early, for people. */
    run_failure: Generated<string | null>;
  };
  /** The process that runs a round now. */
  round_run: {
    round_id: number;
    run_id: string;
    host: string;
    pid: number;
    started_by: string;
    started_at: string;
    beat_at: string;
    progress: string | null;
  };
  round_subject: {
    round_id: number;
    kind: 'site' | 'account';
    subject_id: number;
    checked: boolean;
    subject: string;
    print_row: string;
    registry_order: number;
    monitored_at: string;
    stage: SubjectStage;
    pages: number;
    api_calls: number;
    feeds: number;
    last_update_on: string | null;
    last_update_none: boolean;
    verdict: string | null;
  };
  probe: {
    round_id: number;
    subject_id: number;
    slot: number;
    scheduled_at: string;
    happened_at: string;
    url: string;
    address: string | null;
    outcome: string;
    error_class: string | null;
    status: number | null;
    dns_ms: number | null;
    tcp_ms: number | null;
    tls_ms: number | null;
    ttfb_ms: number | null;
    total_ms: number | null;
    vantage: string;
    paced: boolean;
  };
  page: {
    round_id: number;
    kind: string;
    subject_id: number;
    url: string;
    role: string;
    outcome: string;
    status: number | null;
    snapshot: string | null;
    bytes: number;
    fetched_at: string;
    reason: string | null;
    /** As asked for; `url` is where redirects led. */
    asked_url: string | null;
    headers: string | null;
    truncated: boolean;
    error_class: string | null;
  };
  round_task: {
    round_id: number;
    kind: string;
    key: string;
    payload: string;
    start_after: string | null;
    done_at: string | null;
    /** Host and process id of the worker. */
    done_by: string | null;
    failure: string | null;
  };
  pace: {
    address: string;
    starts_at: string;
  };
  fact: {
    round_id: number;
    kind: string;
    subject_id: number;
    key: string;
    state: 'observed' | 'absent' | 'unobserved';
    value: string | null;
    reason: string | null;
    gathered_at: string;
    gatherer: string;
    gatherer_version: string;
    vantage: string;
    snapshots: string;
  };
  finding: {
    id: GeneratedAlways<number>;
    round_id: number;
    kind: 'site' | 'account';
    subject_id: number;
    /** As the round's copy of the register says. */
    sponsor_id: number | null;
    rule_id: string;
    status: string;
    judgement: string;
    source: string;
    review: ReviewState;
  };
  finding_review: {
    id: GeneratedAlways<number>;
    finding_id: number;
    decision: ReviewDecision;
    reviewer: string;
    /** Null for a name that the command line gave. */
    reviewer_id: number | null;
    note: string;
    reviewed_at: string;
  };
  contest: {
    id: GeneratedAlways<number>;
    finding_id: number;
    unit_id: number | null;
    unit: string;
    made_by: string;
    made_by_id: number | null;
    text: string;
    made_at: string;
    state: ContestState;
    answer: string | null;
    answered_by: string | null;
    answered_by_id: number | null;
    answered_at: string | null;
    /** It came after the days that the unit was given; it is answered all the same. */
    late: Generated<boolean>;
    /** Null only where it came before its letter and before 0077. */
    answer_due_on: string | null;
  };
  contest_file: {
    id: GeneratedAlways<number>;
    contest_id: number;
    name: string;
    media_type: string;
    sha256: string;
    bytes: number;
    content: Uint8Array;
    added_by: string;
    added_at: string;
  };
  /** Looks again at subjects after their round (migrations/0500). */
  subject_check: {
    id: GeneratedAlways<number>;
    round_id: number;
    kind: 'site' | 'account';
    subject_id: number;
    rule_id: string;
    looked_at: string;
    status: string;
    judgement: string;
    facts: string;
    payloads: string;
  };
  /** What persons decided of sections (migrations/0330). */
  section_kind: {
    site_code: string;
    section_key: string;
    url: string;
    kind: string;
    reason: string;
    decided_by: string;
    decided_by_id: number | null;
    decided_at: string;
  };
}

export type RoundState = 'planned' | 'gathering' | 'judging' | 'reviewing' | 'frozen' | 'issued';
export type SubjectStage = 'planned' | 'visited' | 'gathered' | 'judged';
/** `reopen` is written when a subject is gathered again: what was decided before was about other facts. */
export type ReviewDecision =
  | 'confirm'
  | 'reject'
  | 'cannotJudge'
  | 'annotate'
  | 'withdraw'
  | 'reopen';
export type ContestState = 'open' | 'upheld' | 'dismissed';
