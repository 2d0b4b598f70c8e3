import { sql } from 'kysely';
import type { CalendarDate } from '../lib/pure/dates.ts';
import type { Store } from '../store/store.ts';

/** Cases of one round that a unit let lapse; a case counts once in each, whatever happened to it. */
export interface Lapses {
  readonly unitId: number;
  /** First submitted after its day, or owed and its day over. */
  readonly late: number;
  /** Breached in two or more rounds in a row, or again after it was mended. */
  readonly repeated: number;
}

/** What the yearly assessment counts of a round, on a day. */
export async function countLapses(
  { db }: Pick<Store, 'db'>,
  period: string,
  on: CalendarDate,
): Promise<Lapses[]> {
  const { rows } = await sql<Lapses>`
    select c.unit_id as "unitId",
           count(*) filter (where c.first_late_days > 0 or (c.owes and c.deadline_on < ${on}::date))::int as late,
           count(*) filter (where (c.marks->>'consecutive')::int >= 2 or (c.marks->>'relapsed')::boolean)::int as repeated
      from rectification_case c join round r on r.id = c.round_id
     where r.period = ${period} and c.state <> 'merged'
     group by c.unit_id`.execute(db);
  return rows;
}
