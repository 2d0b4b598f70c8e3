import type { GeneratedAlways, Kysely } from 'kysely';
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
    made_at: string;
    /** When it first lay in somebody's inbox; null = nobody is there for it yet. */
    given_at: string | null;
    /** When what is to be sent of it was decided. */
    planned_at: string | null;
  };
  notice_copy: { notice_id: number; user_id: number; read_at: string | null };
}

export type NotifyDb = Kysely<NotifyTables>;

/** Any handle of the store seen through this room's tables. */
export const notifyDb = <Tables>(db: Kysely<Tables>): NotifyDb => db as unknown as NotifyDb;
