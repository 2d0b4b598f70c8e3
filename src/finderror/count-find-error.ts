import { sql } from 'kysely';
import type { CalendarDate } from '../lib/pure/dates.ts';
import type { Store } from '../store/store.ts';

/** Messages of one unit, or of all, counted. */
export interface FindErrorCount {
  readonly received: number;
  /** Answered, and not after the last day (extensions counted). */
  readonly inTime: number;
  /** Answered after the last day. */
  readonly late: number;
  /** Not answered yet. */
  readonly open: number;
  /** Of the open ones those whose last day is over. */
  readonly overdue: number;
  /** Answered later than a calendar month after its receipt. */
  readonly overMonth: number;
  /** Of those answered: it was as the message says (属实). */
  readonly found: number;
}

/** Messages by the day of their receipt; dates in Asia/Shanghai, both included. `today` tells what is overdue. */
export interface FindErrorPeriod {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly today: CalendarDate;
}

const COLUMNS = (today: CalendarDate) => sql`
  count(*)::int as received,
  count(*) filter (where answered_on <= coalesce(extended_to, due_on))::int as "inTime",
  count(*) filter (where answered_on > coalesce(extended_to, due_on))::int as late,
  count(*) filter (where answered_on is null)::int as open,
  count(*) filter (where answered_on is null and coalesce(extended_to, due_on) < ${today}::date)::int as overdue,
  count(*) filter (where answered_on > (received_on + interval '1 month')::date)::int as "overMonth",
  count(*) filter (where is_true)::int as found`;

/**
 * How messages of a period were handled, in all and by unit (null = not assigned): what bulletins and the yearly assessment print. A
 * message counts for the unit that has it at present.
 */
export async function countFindError(
  { db }: Pick<Store, 'db'>,
  { from, to, today }: FindErrorPeriod,
): Promise<FindErrorCount & { byUnit: (FindErrorCount & { unitId: number | null })[] }> {
  const where = sql`received_on between ${from}::date and ${to}::date`;
  const { rows } = await sql<FindErrorCount>`
    select ${COLUMNS(today)} from find_error where ${where}`.execute(db);
  const { rows: byUnit } = await sql<FindErrorCount & { unitId: number | null }>`
    select unit_id as "unitId", ${COLUMNS(today)} from find_error where ${where}
     group by unit_id order by unit_id nulls last`.execute(db);
  return { ...rows[0]!, byUnit };
}

/** Whether any message was received until a day. A platform to which none ever came keeps no records of them: what it counts is not nought. */
export async function keepsMessages(
  { db }: Pick<Store, 'db'>,
  until: CalendarDate,
): Promise<boolean> {
  const { rows } = await sql<{ kept: boolean }>`
    select exists (select 1 from find_error where received_on <= ${until}::date) as kept`.execute(
    db,
  );
  return rows[0]?.kept ?? false;
}
