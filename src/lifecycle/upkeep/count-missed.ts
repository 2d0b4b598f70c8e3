import { type Kysely, sql } from 'kysely';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { Month } from './duty.ts';

/**
 * Duties of some months (both included) that were not confirmed by their day, by unit: confirmed later, or still open and over. `today`
 * tells what is over; days in Asia/Shanghai.
 */
export async function countMissedUpkeep<Tables>(
  db: Kysely<Tables>,
  { from, to, today }: { readonly from: Month; readonly to: Month; readonly today: CalendarDate },
): Promise<{ unitId: number; missed: number }[]> {
  const { rows } = await sql<{ unitId: number; missed: number }>`
    select unit_id as "unitId", count(*)::int as missed from upkeep_duty
     where month between ${from} and ${to}
       and (state = 'open' and due_on < ${today}::date
         or state = 'confirmed' and (confirmed_at at time zone 'Asia/Shanghai')::date > due_on)
     group by unit_id`.execute(db);
  return rows;
}
