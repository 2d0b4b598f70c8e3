import { type RawBuilder, sql } from 'kysely';
import { type Acting, scopeOf } from '../../domain/acting.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import type { RectificationDb } from '../rectification-db.ts';
import { casesByIds } from './case.repository.ts';
import type { RectificationCase, RectificationState } from './case.ts';
import { rectificationActor } from './step-case.ts';

export interface CaseFilter {
  readonly state?: RectificationState | undefined;
  readonly period?: string | undefined;
  readonly noticeId?: number | undefined;
  /** A unit with all below it. */
  readonly unitIds?: readonly number[] | undefined;
  readonly kind?: 'site' | 'account' | undefined;
  readonly subjectId?: number | undefined;
  readonly ruleId?: string | undefined;
  /** In the names of unit and subject, the site code or account id, or the case's number. */
  readonly q?: string | undefined;
  /** Past their deadline on this day, while the unit owes. */
  readonly overdueOn?: CalendarDate | undefined;
  readonly escalated?: boolean | undefined;
  /** Only what the unit owes. */
  readonly owing?: boolean | undefined;
  readonly deadlineOn?: CalendarDate | undefined;
  /** Deadlines within these days, for a calendar. */
  readonly deadlineFrom?: CalendarDate | undefined;
  readonly deadlineTo?: CalendarDate | undefined;
  /** 屡改屡犯: breached in a row of rounds, relapsed, or with ignored reminders. */
  readonly repeat?: boolean | undefined;
  /** Only what waits for whoever asks. */
  readonly isWaiting?: boolean | undefined;
}

/** Counting stops here. */
const COUNT_MAX = 10_000;

const FROM = sql`from rectification_case c join unit u on u.id = c.unit_id join round r on r.id = c.round_id`;

/** Cases within somebody's sight: what is due first comes first, ended ones last. */
export async function listCases(
  db: RectificationDb,
  acting: Acting,
  filter: CaseFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ items: RectificationCase[]; total: number; totalIsExact: boolean }> {
  const from = sql`${FROM} where ${whereOf(acting, filter)}`;
  const { rows } = await sql<{ id: number }>`
    select c.id ${from} order by c.state in ('closed', 'merged'), c.deadline_on, c.id limit ${limit} offset ${offset}`.execute(
    db,
  );
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from (select 1 ${from} limit ${COUNT_MAX + 1}) found`.execute(db);
  const total = counted.rows[0]?.total ?? 0;
  return {
    items: await casesByIds(
      db,
      rows.map(({ id }) => id),
    ),
    total: Math.min(total, COUNT_MAX),
    totalIsExact: total <= COUNT_MAX,
  };
}

export interface BoardColumn {
  readonly state: RectificationState;
  readonly cases: number;
  readonly overdue: number;
  readonly escalated: number;
}

/** How many cases stand where: the columns of a board. */
export async function countByState(
  db: RectificationDb,
  acting: Acting,
  filter: CaseFilter,
  today: CalendarDate,
): Promise<BoardColumn[]> {
  const { rows } = await sql<BoardColumn>`
    select c.state, count(*)::int as cases,
           count(*) filter (where c.owes and c.deadline_on < ${today}::date)::int as overdue,
           count(*) filter (where c.escalated_on is not null)::int as escalated
      ${FROM} where ${whereOf(acting, filter)} group by c.state`.execute(db);
  return rows;
}

export interface CalendarDay {
  readonly on: CalendarDate;
  readonly cases: number;
  readonly provisional: number;
}

/** Days of a calendar that are shown at once: a year and a month. */
const DAYS_MAX = 400;

/** How many owed cases fall due on which day. */
export async function countByDeadline(
  db: RectificationDb,
  acting: Acting,
  filter: CaseFilter,
): Promise<CalendarDay[]> {
  const { rows } = await sql<CalendarDay>`
    select c.deadline_on as "on", count(*)::int as cases, count(*) filter (where c.provisional)::int as provisional
      ${FROM} where c.owes and ${whereOf(acting, filter)}
     group by c.deadline_on order by c.deadline_on limit ${DAYS_MAX}`.execute(db);
  return rows;
}

/** How many cases wait for whoever asks. */
export async function countWaiting(db: RectificationDb, acting: Acting): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select 1 ${FROM} where ${whereOf(acting, { isWaiting: true })} limit ${COUNT_MAX}) found`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

const TEXT = (of: 'name' | 'identity') => sql<string>`c.subject->>${sql.lit(of)}`;

function whereOf(acting: Acting, filter: CaseFilter): RawBuilder<boolean> {
  const scope = scopeOf(acting);
  const given = <T>(value: T | undefined, of: (value: T) => RawBuilder<boolean>) =>
    value === undefined ? [] : [of(value)];
  const when = (wanted: boolean | undefined, of: RawBuilder<boolean>) => (wanted ? [of] : []);
  const units = (ids: Iterable<number>) =>
    sql<boolean>`c.unit_id = any(${arrayLiteral([...ids])}::int[])`;
  const conditions = [
    ...(scope === 'all' ? [] : [units(scope)]),
    ...given(filter.unitIds, units),
    ...given(filter.state, (state) => sql<boolean>`c.state = ${state}`),
    ...given(filter.period, (period) => sql<boolean>`r.period = ${period}`),
    ...given(filter.noticeId, (id) => sql<boolean>`c.notice_id = ${id}`),
    ...given(filter.kind, (kind) => sql<boolean>`c.kind = ${kind}`),
    ...given(filter.subjectId, (id) => sql<boolean>`c.subject_id = ${id}`),
    ...given(filter.ruleId, (id) => sql<boolean>`c.rule_id = ${id}`),
    ...given(filter.overdueOn, (on) => sql<boolean>`(c.owes and c.deadline_on < ${on}::date)`),
    ...given(filter.deadlineOn, (on) => sql<boolean>`c.deadline_on = ${on}::date`),
    ...given(filter.deadlineFrom, (on) => sql<boolean>`c.deadline_on >= ${on}::date`),
    ...given(filter.deadlineTo, (on) => sql<boolean>`c.deadline_on <= ${on}::date`),
    ...when(filter.escalated, sql<boolean>`c.escalated_on is not null`),
    ...when(filter.owing, sql<boolean>`c.owes`),
    ...when(
      filter.repeat,
      sql<boolean>`((c.marks->>'consecutive')::int >= 2 or (c.marks->>'relapsed')::boolean or c.reminders_ignored)`,
    ),
    ...(filter.q === undefined || filter.q === '' ? [] : [matches(filter.q)]),
    ...(filter.isWaiting ? [waitsFor(acting)] : []),
  ];
  return conditions.length === 0
    ? sql<boolean>`true`
    : sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

const matches = (q: string): RawBuilder<boolean> => sql<boolean>`
  (position(${q} in ${TEXT('name')}) > 0 or position(${q} in ${TEXT('identity')}) > 0
    or position(${q} in u.name) > 0 or c.id::text = ${q})`;

/** What waits for somebody: what his unit owes, what its leader is to approve, what the supervisor is to decide. */
function waitsFor(acting: Acting): RawBuilder<boolean> {
  const { mayAnswer, mayApprove, mayDecide } = rectificationActor(acting);
  const pending = sql<boolean>`exists (select 1 from rectification_extension e where e.case_id = c.id and e.state = 'pending')`;
  const parts = [
    ...(mayAnswer
      ? [sql<boolean>`c.state in ('noticed', 'acknowledged', 'planned', 'returned')`]
      : []),
    ...(mayApprove ? [sql<boolean>`c.state = 'answered'`] : []),
    ...(mayDecide ? [sql<boolean>`c.state = 'rechecked'`, pending] : []),
  ];
  return parts.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(parts, sql` or `)})`;
}
