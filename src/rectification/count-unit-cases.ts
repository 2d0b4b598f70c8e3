import { sql } from 'kysely';
import type { CalendarDate } from '../lib/pure/dates.ts';
import type { Store } from '../store/store.ts';

/** What became of one unit's cases that were noticed in a period. */
interface UnitCases {
  readonly unitId: number;
  readonly cases: number;
  /** Closed as mended, and first submitted by its day. */
  readonly mendedInTime: number;
  /** First submitted after its day, or owed and its day over. */
  readonly late: number;
  /** Breached in two or more rounds in a row, or again after it was mended. */
  readonly repeated: number;
}

/** Cases noticed in a period, both days included, as they stand on a day; merged ones are counted where they went. */
export async function countUnitCases(
  { db }: Pick<Store, 'db'>,
  { from, to, on }: Readonly<Record<'from' | 'to' | 'on', CalendarDate>>,
): Promise<UnitCases[]> {
  const { rows } = await sql<UnitCases>`
    select unit_id as "unitId", count(*)::int as cases,
           count(*) filter (where state = 'closed' and mended and first_late_days = 0)::int as "mendedInTime",
           count(*) filter (where first_late_days > 0 or (owes and deadline_on < ${on}::date))::int as late,
           count(*) filter (where (marks->>'consecutive')::int >= 2 or (marks->>'relapsed')::boolean)::int as repeated
      from rectification_case
     where state <> 'merged' and noticed_on between ${from}::date and ${to}::date
     group by unit_id order by unit_id`.execute(db);
  return rows;
}
