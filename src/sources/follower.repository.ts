import { type Kysely, sql } from 'kysely';
import type { SourceKind } from '../domain/account-sources.ts';
import type { CalendarDate } from '../lib/pure/dates.ts';
import { storableJson } from '../lib/pure/storable-json.ts';

/** How many followed an account on a day, as its platform counted. */
export interface SeenFollowers {
  readonly accountId: number;
  readonly on: CalendarDate;
  readonly followers: number;
  readonly kind: SourceKind;
}

/** The indices look three days around the ends of a period: more numbers than one in three days tell nothing more. */
const APART_DAYS = 3;

/** Keeps those of accounts that have none of the days around. Of the same account give one at a time. */
export async function keepFollowers<Tables>(
  db: Kysely<Tables>,
  seen: readonly SeenFollowers[],
): Promise<void> {
  if (seen.length === 0) return;
  await sql`
    insert into account_follower_count (account_id, on_day, followers, kind)
    select k."accountId", k."on", k.followers, k.kind
      from jsonb_to_recordset(${storableJson(seen)}::jsonb) as k("accountId" integer, "on" date, followers bigint, kind text)
     where not exists (select 1 from account_follower_count c where c.account_id = k."accountId"
       and c.on_day between k."on" - ${APART_DAYS - 1}::int and k."on" + ${APART_DAYS - 1}::int)
    on conflict do nothing`.execute(db);
}
