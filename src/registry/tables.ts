import type { GeneratedAlways } from 'kysely';
import type { FeedKind, SubjectStatus } from '../domain/subject.ts';

/** The registry feature's tables (migrations/0001-registry.ts). */
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
    feed_kind: FeedKind;
    feed_url: string;
    app_id: string | null;
    app_secret: string | null;
    monitored_at: string | null;
    registry_order: number;
  };
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
    state: 'ready' | 'faulty' | 'done';
    preview: string;
  };
  register_history: {
    id: GeneratedAlways<number>;
    kind: 'unit' | 'site' | 'account';
    subject_id: number;
    valid_from: string;
    value: string;
  };
}
