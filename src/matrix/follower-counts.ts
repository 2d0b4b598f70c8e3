import { sql } from 'kysely';
import type { FollowersOfPeriod, Period } from '../derive/communication/measure-posts.ts';
import type { SourceKind } from '../domain/account-sources.ts';
import { addDays, type CalendarDate } from '../lib/pure/dates.ts';
import type { MatrixDb } from './matrix-db.ts';

/** How many followed an account on a day, and who says so: a source, a person, or the register. */
export interface FollowerCount {
  readonly on: CalendarDate;
  readonly followers: number;
  readonly from: SourceKind | 'register';
}

/** How far from a day a count may lie to stand for it. */
const AROUND_DAYS = 3;

/** The newest count until a day; null = nobody counted. */
export async function latestFollowers(
  db: MatrixDb,
  accountId: number,
  until: CalendarDate,
): Promise<FollowerCount | null> {
  return nearest(db, accountId, { from: '0001-01-01', day: until, to: until });
}

/** The counts at both ends of a period: those of the days nearest to its last one, and to the one before its first. */
export async function followersOf(
  db: MatrixDb,
  accountId: number,
  { from, to }: Pick<Period, 'from' | 'to'>,
): Promise<FollowersOfPeriod> {
  const around = (day: CalendarDate) =>
    nearest(db, accountId, {
      ...{ day, from: addDays(day, -AROUND_DAYS), to: addDays(day, AROUND_DAYS) },
    });
  const [start, end] = [await around(addDays(from, -1)), await around(to)];
  // One count for both ends would say that nobody came or went.
  return {
    end: end?.followers ?? null,
    start: start && end && start.on < end.on ? start.followers : null,
  };
}

async function nearest(
  db: MatrixDb,
  accountId: number,
  {
    from,
    day,
    to,
  }: { readonly from: CalendarDate; readonly day: CalendarDate; readonly to: CalendarDate },
): Promise<FollowerCount | null> {
  const { rows } = await sql<FollowerCount>`
    select "on", followers::float8 as followers, "from" from (
      select on_day as "on", followers, kind as "from" from account_follower_count where account_id = ${accountId}
      union all
      select (observed_at at time zone 'Asia/Shanghai')::date, followers, 'observation' from observation
       where account_id = ${accountId} and followers is not null and withdrawn_at is null
      union all
      select followers_on, followers, 'register' from account_record
       where account_id = ${accountId} and followers is not null and followers_on is not null) counts
     where "on" between ${from}::date and ${to}::date
     order by abs("on" - ${day}::date), "on" desc, "from" = 'register' limit 1`.execute(db);
  return rows[0] ?? null;
}
