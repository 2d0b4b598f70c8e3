import type { GeneratedAlways, Kysely } from 'kysely';
import type { ChannelKind } from './channel.ts';
import type { Audience } from './notice.ts';

/** The room's tables (migrations/0530-notices.ts). */
export interface NotifyTables {
  notice: {
    id: GeneratedAlways<number>;
    key: string;
    kind: string;
    audience: Audience;
    unit_id: number | null;
    user_id: number | null;
    title: string;
    text: string;
    link: string | null;
    urgent: boolean;
    /** Values of its words (jsonb), for a template to be tried on; null = it offered none. */
    worded_with: string | null;
    made_at: string;
    /** When it first lay in somebody's inbox; null = nobody is there for it yet. */
    given_at: string | null;
    /** When what is to be sent of it was decided. */
    planned_at: string | null;
  };
  notice_channel: {
    id: GeneratedAlways<number>;
    kind: ChannelKind;
    name: string;
    unit_id: number | null;
    settings: string;
    secret: string | null;
    enabled: boolean;
    kinds: string | null;
    quiet_from: string;
    quiet_to: string;
    workdays_only: boolean;
    resends_uncertain: boolean;
    paused_until: string | null;
    paused_why: string | null;
    made_at: string;
  };
  delivery: {
    id: GeneratedAlways<number>;
    key: string;
    channel_id: number;
    user_id: number | null;
    kind: string;
    title: string;
    text: string;
    urgent: boolean;
    state: DeliveryState;
    tries: number;
    next_at: string;
    claim: string | null;
    claimed_at: string | null;
    made_at: string;
    ended_at: string | null;
  };
  delivery_attempt: {
    id: GeneratedAlways<number>;
    delivery_id: number;
    at: string;
    outcome: AttemptOutcome;
    code: string;
    words: string;
    by_name: string | null;
  };
  notice_template_version: {
    id: GeneratedAlways<number>;
    kind: string;
    version: number;
    content: string;
    note: string;
    made_by: string;
    made_by_id: number | null;
    made_at: string;
  };
  notice_template_force: {
    id: GeneratedAlways<number>;
    kind: string;
    version_id: number | null;
    reason: string;
    by_name: string;
    by_id: number | null;
    at: string;
  };
  notice_template_failure: {
    id: GeneratedAlways<number>;
    version_id: number;
    problem: string;
    times: number;
    first_at: string;
    last_at: string;
    last_of: string;
  };
  notice_copy: { notice_id: number; user_id: number; read_at: string | null };
}

/**
 * `sending`: claimed, and nobody knows yet how it ended. `failed`: not delivered, and not tried again by itself. `uncertain`: perhaps
 * delivered; only a person sends it again.
 */
export const DELIVERY_STATES = ['waiting', 'sending', 'sent', 'failed', 'uncertain'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
export type AttemptOutcome = 'sent' | 'retry' | 'refused' | 'uncertain' | 'resend';

export type NotifyDb = Kysely<NotifyTables>;

/** Any handle of the store seen through this room's tables. */
export const notifyDb = <Tables>(db: Kysely<Tables>): NotifyDb => db as unknown as NotifyDb;
