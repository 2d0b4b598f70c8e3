import type { GeneratedAlways } from 'kysely';

/** The inspection feature's tables (migrations/0100-inspection.ts). Instants are ISO text in and out. */
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
    state: RoundState;
    review_waived: string | null;
    undetermined_waived: string | null;
    created_at: string;
    frozen_at: string | null;
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
    rule_id: string;
    status: string;
    judgement: string;
    source: string;
    review: 'open' | 'confirmed' | 'rejected' | 'waived';
  };
  finding_review: {
    id: GeneratedAlways<number>;
    finding_id: number;
    decision: 'confirm' | 'reject' | 'annotate';
    reviewer: string;
    note: string;
    reviewed_at: string;
  };
}

export type RoundState = 'planned' | 'gathering' | 'judging' | 'reviewing' | 'frozen' | 'issued';
export type SubjectStage = 'planned' | 'visited' | 'gathered' | 'judged';
