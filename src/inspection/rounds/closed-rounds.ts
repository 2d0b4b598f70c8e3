import { type Kysely, sql } from 'kysely';
import type { CalendarDate } from '../../lib/pure/dates.ts';

export interface ClosedRound {
  readonly period: string;
  readonly label: string;
  /** Its monitoring day (Asia/Shanghai). */
  readonly monitoredOn: CalendarDate;
}

/** Rounds that a period may have; a year of daily ones. */
const ROUNDS_MAX = 400;

/** Frozen and issued rounds whose monitoring day lies in a period, both days included, in its order. */
export async function closedRounds<Tables>(
  db: Kysely<Tables>,
  { from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
): Promise<ClosedRound[]> {
  const { rows } = await sql<ClosedRound>`
    select period, label, "monitoredOn" from (
      select id, period, label, (monitored_at at time zone 'Asia/Shanghai')::date as "monitoredOn"
        from round where state in ('frozen', 'issued')) closed
     where "monitoredOn" between ${from}::date and ${to}::date
     order by "monitoredOn", id limit ${ROUNDS_MAX}`.execute(db);
  return rows;
}
