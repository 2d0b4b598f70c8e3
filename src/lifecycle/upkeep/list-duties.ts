import { type RawBuilder, sql } from 'kysely';
import { type Acting, may, scopeOf } from '../../domain/acting.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { LifecycleDb } from '../lifecycle-db.ts';
import { DUTY_COLUMNS, type Duty, type DutyState } from './duty.repository.ts';
import { chaserWords, type Month } from './duty.ts';

export interface DutyFilter {
  readonly month?: Month | undefined;
  readonly state?: DutyState | undefined;
  /** A unit with all below it. */
  readonly unitIds?: readonly number[] | undefined;
  readonly q?: string | undefined;
  /** Still open after they were due, on this day. */
  readonly overdueOn?: CalendarDate | undefined;
}

export interface ListedDuty extends Duty {
  readonly sites: number;
  readonly accounts: number;
  /** Reminders given so far. */
  readonly chased: number;
}

/** Counting stops here. */
const COUNT_MAX = 10_000;

/** Duties within somebody's sight: the newest month first, the open ones before the others. */
export async function listDuties(
  db: LifecycleDb,
  acting: Acting,
  filter: DutyFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ items: ListedDuty[]; total: number; totalIsExact: boolean }> {
  const where = whereOf(acting, filter);
  const from = sql`from upkeep_duty d join unit u on u.id = d.unit_id where ${where}`;
  const { rows } = await sql<ListedDuty>`
    select ${DUTY_COLUMNS},
           (select count(*)::int from upkeep_item i where i.duty_id = d.id and i.kind = 'site') as sites,
           (select count(*)::int from upkeep_item i where i.duty_id = d.id and i.kind = 'account') as accounts,
           (select count(*)::int from upkeep_notice n where n.duty_id = d.id and n.audience = 'sponsor' and n.chaser <> 'opened') as chased
      ${from} order by d.month desc, d.state = 'open' desc, d.due_on, u.registry_order, d.id
     limit ${limit} offset ${offset}`.execute(db);
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from (select 1 ${from} limit ${COUNT_MAX + 1}) found`.execute(db);
  const total = counted.rows[0]?.total ?? 0;
  return { items: rows, total: Math.min(total, COUNT_MAX), totalIsExact: total <= COUNT_MAX };
}

/** Duties of one unit in one month, counted. */
export interface DutyCount {
  readonly unitId: number;
  readonly confirmed: number;
  readonly open: number;
  readonly overdue: number;
  readonly isVoid: number;
}

/** How a month stands, unit by unit, within somebody's sight. */
export async function countDuties(
  db: LifecycleDb,
  acting: Acting,
  month: Month,
  today: CalendarDate,
): Promise<DutyCount[]> {
  const { rows } = await sql<DutyCount>`
    select d.unit_id as "unitId", count(*) filter (where d.state = 'confirmed')::int as confirmed,
           count(*) filter (where d.state = 'open' and d.due_on >= ${today}::date)::int as open,
           count(*) filter (where d.state = 'open' and d.due_on < ${today}::date)::int as overdue,
           count(*) filter (where d.state = 'void')::int as "isVoid"
      from upkeep_duty d join unit u on u.id = d.unit_id
     where ${whereOf(acting, { month })}
     group by d.unit_id, u.registry_order order by u.registry_order, d.unit_id`.execute(db);
  return rows;
}

/** Months for which there are duties within somebody's sight, the newest first. */
export async function dutyMonths(db: LifecycleDb, acting: Acting): Promise<Month[]> {
  const { rows } = await sql<{ month: Month }>`
    select distinct d.month from upkeep_duty d join unit u on u.id = d.unit_id
     where ${whereOf(acting, {})} order by d.month desc limit ${MONTHS_MAX}`.execute(db);
  return rows.map(({ month }) => month);
}

/** Months that one may choose from. */
const MONTHS_MAX = 36;

export interface UpkeepNotice {
  readonly id: number;
  readonly dutyId: number;
  readonly unitName: string;
  readonly at: Instant;
  readonly text: string;
}

/** The newest reminders for whoever asks: an operator's, and for managers and supervisors those of what is overdue. */
export async function listNotices(
  db: LifecycleDb,
  acting: Acting,
  limit: number,
): Promise<UpkeepNotice[]> {
  const audience =
    may(acting, 'upkeep.confirm') && !may(acting, 'case.review') ? 'sponsor' : 'manager';
  const { rows } = await sql<
    Omit<UpkeepNotice, 'text'> & { chaser: string; month: Month; dueOn: CalendarDate }
  >`
    select n.id, n.duty_id as "dutyId", u.name as "unitName", n.made_at as at, n.chaser,
           d.month, d.due_on as "dueOn"
      from upkeep_notice n join upkeep_duty d on d.id = n.duty_id join unit u on u.id = d.unit_id
     where n.audience = ${audience} and ${whereOf(acting, {})}
     order by n.id desc limit ${limit}`.execute(db);
  return rows.map(({ chaser, month, dueOn, ...notice }) => ({
    ...notice,
    text: chaserWords(chaser, { month, dueOn }),
  }));
}

/** Open duties that somebody is to confirm himself (of his own unit), and units within his sight that are overdue. */
export async function countOpenDuties(
  db: LifecycleDb,
  acting: Acting,
  today: CalendarDate,
): Promise<{ own: number; overdue: number }> {
  const unitId = typeof acting === 'string' ? null : acting.unitId;
  const { rows } = await sql<{ own: number; overdue: number }>`
    select count(*) filter (where d.unit_id = ${unitId ?? 0})::int as own,
           count(distinct d.unit_id) filter (where d.due_on < ${today}::date)::int as overdue
      from upkeep_duty d join unit u on u.id = d.unit_id
     where ${whereOf(acting, { state: 'open' })}`.execute(db);
  const { own = 0, overdue = 0 } = rows[0] ?? {};
  return { own: may(acting, 'upkeep.confirm') ? own : 0, overdue };
}

function whereOf(acting: Acting, filter: DutyFilter): RawBuilder<boolean> {
  const { month, state, unitIds, q, overdueOn } = filter;
  const scope = scopeOf(acting);
  const conditions = [
    ...(scope === 'all' ? [] : [sql<boolean>`d.unit_id = any(${listOf(scope)}::int[])`]),
    ...(month === undefined ? [] : [sql<boolean>`d.month = ${month}`]),
    ...(state === undefined ? [] : [sql<boolean>`d.state = ${state}`]),
    ...(unitIds === undefined ? [] : [sql<boolean>`d.unit_id = any(${listOf(unitIds)}::int[])`]),
    ...(q === undefined || q === '' ? [] : [sql<boolean>`position(${q} in u.name) > 0`]),
    ...(overdueOn === undefined
      ? []
      : [sql<boolean>`(d.state = 'open' and d.due_on < ${overdueOn}::date)`]),
  ];
  return conditions.length === 0
    ? sql<boolean>`true`
    : sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

const listOf = (ids: Iterable<number>): string => `{${[...ids].join(',')}}`;
