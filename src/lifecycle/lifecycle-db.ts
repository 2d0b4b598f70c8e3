import type { GeneratedAlways, Kysely } from 'kysely';
import type { CaseKind, CaseOrigin, CaseState } from './cases/case.ts';

/** The feature's tables (migrations/0440-lifecycle.ts). */
export interface LifecycleTables {
  account_case: {
    id: GeneratedAlways<number>;
    kind: CaseKind;
    state: CaseState;
    origin: CaseOrigin;
    origin_ref: string;
    unit_id: number;
    account_id: number | null;
    form: string;
    before: string | null;
    warnings: string;
    applied_by: string;
    applied_by_id: number | null;
    reviewed_by: string | null;
    reviewed_by_id: number | null;
    approved_by: string | null;
    approved_by_id: number | null;
    announcement_url: string | null;
    announced_on: string | null;
    due_on: string | null;
    made_at: string;
    changed_at: string;
    version: number;
  };
  account_case_step: {
    id: GeneratedAlways<number>;
    case_id: number;
    step: string;
    state: CaseState;
    by_name: string;
    by_id: number | null;
    at: string;
    note: string;
  };
  account_case_file: {
    id: GeneratedAlways<number>;
    case_id: number;
    purpose: 'material' | 'proof';
    name: string;
    media_type: string;
    sha256: string;
    bytes: number;
    content: Uint8Array;
    added_by: string;
    added_at: string;
  };
  upkeep_duty: {
    id: GeneratedAlways<number>;
    month: string;
    unit_id: number;
    due_on: string;
    state: 'open' | 'confirmed' | 'void';
    made_at: string;
    confirmed_by: string | null;
    confirmed_by_id: number | null;
    confirmed_at: string | null;
    note: string;
  };
  upkeep_item: {
    duty_id: number;
    kind: 'site' | 'account';
    subject_id: number;
    name: string;
    answer: 'unchanged' | 'corrected' | 'reported' | 'gone' | null;
    case_id: number | null;
    note: string;
  };
  upkeep_notice: {
    id: GeneratedAlways<number>;
    duty_id: number;
    chaser: string;
    audience: 'sponsor' | 'manager';
    made_at: string;
  };
  /** Read only: the registry's. */
  unit: { id: number; name: string };
}

export type LifecycleDb = Kysely<LifecycleTables>;

/** Any handle of the store seen through this feature's tables. */
export const lifecycleDb = <Tables>(db: Kysely<Tables>): LifecycleDb =>
  db as unknown as LifecycleDb;
