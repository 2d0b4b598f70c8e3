import { sql } from 'kysely';
import type { CalendarDate } from '../lib/pure/dates.ts';
import type { Store } from '../store/store.ts';

/** What became of the cases of one round, on a day. A case is in time or late by its first submission. */
export interface RectificationCounts {
  readonly noticed: number;
  readonly submittedInTime: number;
  readonly submittedLate: number;
  readonly notSubmitted: number;
  readonly mended: number;
  readonly notMended: number;
  readonly closed: number;
  readonly merged: number;
  readonly open: number;
  readonly overdue: number;
  readonly escalated: number;
  readonly returns: number;
  readonly extensions: number;
  /** Breached in two or more rounds of one kind in a row. */
  readonly repeat: number;
  readonly relapsed: number;
}

export interface RoundRectification {
  readonly all: RectificationCounts;
  /** Units with cases, in print order. */
  readonly units: readonly (RectificationCounts & {
    readonly unitId: number;
    readonly unitName: string;
  })[];
}

/** For the next bulletin, and for whoever asks. An unknown period has nothing to count. */
export async function countRectification(
  store: Pick<Store, 'db'>,
  period: string,
  on: CalendarDate,
  unitIds: readonly number[] | null = null,
): Promise<RoundRectification> {
  const sight =
    unitIds === null ? sql`true` : sql`c.unit_id = any(${`{${unitIds.join(',')}}`}::int[])`;
  const { rows } = await sql<
    RectificationCounts & { readonly unitId: number | null; readonly unitName: string | null }
  >`
    select c.unit_id as "unitId", max(u.name) as "unitName", count(*)::int as noticed,
           count(*) filter (where c.first_submitted_on is not null and c.first_late_days = 0)::int as "submittedInTime",
           count(*) filter (where c.first_late_days > 0)::int as "submittedLate",
           count(*) filter (where c.first_submitted_on is null)::int as "notSubmitted",
           count(*) filter (where c.state = 'closed' and c.mended)::int as mended,
           count(*) filter (where not (c.state = 'closed' and c.mended is true))::int as "notMended",
           count(*) filter (where c.state = 'closed')::int as closed,
           count(*) filter (where c.state = 'merged')::int as merged,
           count(*) filter (where c.state not in ('closed', 'merged'))::int as open,
           count(*) filter (where c.owes and c.deadline_on < ${on}::date)::int as overdue,
           count(*) filter (where c.escalated_on is not null)::int as escalated,
           coalesce(sum(c.returns), 0)::int as returns, coalesce(sum(c.extensions), 0)::int as extensions,
           count(*) filter (where (c.marks->>'consecutive')::int >= 2)::int as repeat,
           count(*) filter (where (c.marks->>'relapsed')::boolean)::int as relapsed
      from rectification_case c
      join round r on r.id = c.round_id
      join unit u on u.id = c.unit_id
     where r.period = ${period} and ${sight}
     group by grouping sets ((c.unit_id), ())
     order by min(u.print_order), c.unit_id`.execute(store.db);
  const units = rows.flatMap(({ unitId, unitName, ...counts }) =>
    unitId === null || unitName === null ? [] : [{ ...counts, unitId, unitName }],
  );
  const whole = rows.find(({ unitId }) => unitId === null);
  const {
    unitId: _unit,
    unitName: _name,
    ...all
  } = whole ?? { ...NOTHING, unitId: null, unitName: null };
  return { all, units };
}

const NOTHING: RectificationCounts = {
  ...{ noticed: 0, submittedInTime: 0, submittedLate: 0, notSubmitted: 0, mended: 0, notMended: 0 },
  ...{ closed: 0, merged: 0, open: 0, overdue: 0, escalated: 0, returns: 0, extensions: 0 },
  ...{ repeat: 0, relapsed: 0 },
};
