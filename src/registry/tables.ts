import type { Generated, GeneratedAlways } from 'kysely';
import type { IdKind } from '../domain/account-identity.ts';
import type { EvidenceLevel, SourceKind } from '../domain/account-sources.ts';
import type { SubjectStatus } from '../domain/subject.ts';

/** The registry feature's tables (migrations/0001-registry.ts, 0430-register.ts, 0480-register-diff.ts). */
export interface RegistryTables {
  unit: {
    id: GeneratedAlways<number>;
    name: string;
    parent_id: number | null;
    aliases: string;
    print_row: string | null;
    print_order: number;
    registry_order: number;
    division_code: string | null;
  };
  unit_rename: { unit_id: number; former_name: string; until: string };
  site: {
    id: GeneratedAlways<number>;
    site_code: string;
    name: string;
    sponsor_id: number;
    print_row: string | null;
    home_url: string;
    status: SubjectStatus;
    is_portal: boolean;
    has_service: boolean;
    monitored_at: string | null;
    registry_order: number;
  };
  account: {
    id: GeneratedAlways<number>;
    platform: string;
    account_id: string;
    name: string;
    sponsor_id: number;
    print_row: string | null;
    status: SubjectStatus;
    monitored_at: string | null;
    registry_order: number;
  };
  account_source: AccountSourceTable;
  account_record: {
    account_id: number;
    credit_code: string | null;
    unit_kind: string | null;
    certified_as: string | null;
    certification: string | null;
    account_type: string | null;
    functions: string | null;
    opened_on: string | null;
    closed_on: string | null;
    followers: number | null;
    followers_on: string | null;
    leader: string | null;
    responsible: string | null;
    contact: string | null;
    phone: string | null;
    upkeep: string | null;
    upkeep_company: string | null;
    in_national_system: boolean | null;
    national_number: string | null;
    checked_on: string | null;
    home_link: string | null;
    qr_image: string | null;
    remark: string | null;
    completeness: number | null;
    completeness_formula: string | null;
    missing: string[];
    version: Generated<number>;
  };
  account_identity: { account_id: number; platform: string; id_kind: IdKind; id: string };
  column_map: { name: string; definition: string; changed_by: string; changed_at: string };
  quiet_hours: {
    site_id: number;
    position: number;
    from_clock: string;
    to_clock: string;
    reason: string;
    set_by: string;
    set_at: string;
  };
  import_draft: {
    id: string;
    owner: string;
    created_at: string;
    expires_at: string;
    state: ImportState;
    preview: string;
    sent_by: Generated<string>;
    sent_by_id: number | null;
    /** jsonb: the column map that the files are read by, as it was when they were uploaded. */
    map: string | null;
    decided_by: string | null;
    decided_at: string | null;
    reason: string | null;
  };
  import_draft_change: {
    draft_id: string;
    number: number;
    kind: 'unit' | 'site' | 'account';
    subject: string;
    fields: string;
  };
  register_diff: {
    id: GeneratedAlways<number>;
    file_name: string;
    map_name: string | null;
    made_by: string;
    made_at: string;
    expires_at: string;
    same: number;
    sheets: string;
    unread: string;
    unread_left_out: number;
  };
  register_diff_row: {
    diff_id: number;
    number: number;
    kind: 'ours' | 'theirs' | 'differs';
    account_id: number | null;
    unit_id: number | null;
    platform: string;
    name: string;
    sponsor: string;
    file_row: number | null;
    field: string | null;
    ours: string;
    theirs: string;
    their_unit_id: number | null;
    given: string | null;
    adopted: 'ours' | 'theirs' | null;
    adopted_by: string | null;
    adopted_at: string | null;
  };
  register_history: {
    id: GeneratedAlways<number>;
    kind: 'unit' | 'site' | 'account';
    subject_id: number;
    valid_from: string;
    value: string;
    /** Where the change came from, in words; null = somebody's own decision or an import. */
    source: Generated<string | null>;
  };
}

/** Of an import: tried, waiting for a second person, done with one way or another. `faulty` = nothing in it can be imported. */
export type ImportState = 'drafted' | 'faulty' | 'waiting' | 'applied' | 'refused' | 'expired';

/** Sources of accounts (migration 0400): the register names some, and the sources feature keeps them. */
export interface AccountSourceTable {
  id: GeneratedAlways<number>;
  account_id: number;
  /** Order among the account's sources; the register's own come first. */
  position: number;
  origin: 'register' | 'console';
  kind: SourceKind;
  level: EvidenceLevel;
  /** Where it is asked; '' where its kind needs no address. */
  address: string;
  /** AppID, uid, open_id: who the account is there. */
  identity: Generated<string>;
  /** Sealed (identity/sealing.ts) for the place {@link credentialPlace}. */
  credential: string | null;
  state: Generated<SourceState>;
  /** Chinese, for people. */
  state_reason: Generated<string>;
  next_step: Generated<string>;
  /** jsonb: interfaces by name, whether the account may use them. */
  capabilities: Generated<string>;
  failures: Generated<number>;
  park_until: Generated<string | null>;
  checked_at: Generated<string | null>;
  ok_at: Generated<string | null>;
  newest_on: Generated<string | null>;
  newest_title: Generated<string>;
  newest_url: Generated<string>;
  complete_from: Generated<string | null>;
  complete_to: Generated<string | null>;
  removed_at: Generated<string | null>;
  created_at: Generated<string>;
  created_by: Generated<string>;
}

/** `new` = never asked; `parked` = left alone until a time, for a quota or a limit. */
export type SourceState = 'new' | 'ok' | 'expired' | 'banned' | 'parked' | 'failing';

/** Where an account's credentials are kept: sealed text opens nowhere else. */
export const credentialPlace = (accountId: number): string => `account:${accountId}`;
