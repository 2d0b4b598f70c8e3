import { sql } from 'kysely';
import { type Acting, scopeOf } from '../../domain/acting.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import type { RectificationDb } from '../rectification-db.ts';

export interface ListedNotice {
  readonly id: number;
  readonly number: string;
  readonly period: string;
  readonly unitId: number;
  readonly unitName: string;
  readonly noticedOn: CalendarDate;
  readonly deadlineOn: CalendarDate;
  readonly provisional: boolean;
  readonly cases: number;
  readonly acknowledged: number;
  readonly closed: number;
}

/** Notices within somebody's sight, the newest first. */
export async function listNotices(
  db: RectificationDb,
  acting: Acting,
  { period }: { readonly period?: string | undefined },
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ items: ListedNotice[]; total: number }> {
  const scope = scopeOf(acting);
  const where = sql`${scope === 'all' ? sql`true` : sql`n.unit_id = any(${arrayLiteral([...scope])}::int[])`}
    and ${period === undefined ? sql`true` : sql`r.period = ${period}`}`;
  const from = sql`from rectification_notice n join round r on r.id = n.round_id join unit u on u.id = n.unit_id where ${where}`;
  const { rows } = await sql<ListedNotice>`
    with page as (
      select n.id, n.number, r.period, u.id as unit_id, u.name, n.noticed_on, n.deadline_on, n.provisional
        ${from} order by n.id desc limit ${limit} offset ${offset})
    select page.id, page.number, page.period, page.unit_id as "unitId", page.name as "unitName",
           page.noticed_on as "noticedOn", page.deadline_on as "deadlineOn", page.provisional, count(c.id)::int as cases,
           count(c.acknowledged_on)::int as acknowledged, count(c.id) filter (where c.state = 'closed')::int as closed
      from page left join rectification_case c on c.notice_id = page.id
     group by page.id, page.number, page.period, page.unit_id, page.name, page.noticed_on, page.deadline_on, page.provisional
     order by page.id desc`.execute(db);
  const counted = await sql<{ total: number }>`select count(*)::int as total ${from}`.execute(db);
  return { items: rows, total: counted.rows[0]?.total ?? 0 };
}
