import { type RawBuilder, sql } from 'kysely';
import { type Acting, type Person, scopeOf } from '../../domain/acting.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { LifecycleDb } from '../lifecycle-db.ts';
import { casesByIds } from './case.repository.ts';
import type { AccountCase, CaseActor, CaseKind, CaseState } from './case.ts';
import { caseActorOf } from './step-case.ts';

export interface CaseFilter {
  readonly state?: CaseState | undefined;
  readonly kind?: CaseKind | undefined;
  /** A unit with all below it. */
  readonly unitIds?: readonly number[] | undefined;
  readonly accountId?: number | undefined;
  /** In the names of unit and account, or the case's number. */
  readonly q?: string | undefined;
  /** Approvals that are late on this day. */
  readonly overdueOn?: CalendarDate | undefined;
  /** Only what waits for whoever asks. */
  readonly isWaiting?: boolean | undefined;
}

export interface ListedCase extends AccountCase {
  /** As the register has it, else as the form asks for it. */
  readonly platform: string;
  readonly name: string;
}

/** Counting stops here. */
const COUNT_MAX = 10_000;

const NAME = sql<string>`coalesce(a.name, c.form->>'name', '')`;

/** Cases within somebody's sight, the newest change first. */
export async function listCases(
  db: LifecycleDb,
  acting: Acting,
  filter: CaseFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ items: ListedCase[]; total: number; totalIsExact: boolean }> {
  const from = sql`from account_case c join unit u on u.id = c.unit_id
    left join account a on a.id = c.account_id where ${whereOf(acting, filter)}`;
  const { rows } = await sql<{ id: number; platform: string; name: string }>`
    select c.id, coalesce(a.platform, c.form->>'platform', '') as platform, ${NAME} as name
      ${from} order by c.changed_at desc, c.id desc limit ${limit} offset ${offset}`.execute(db);
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from (select 1 ${from} limit ${COUNT_MAX + 1}) found`.execute(db);
  const total = counted.rows[0]?.total ?? 0;
  const cases = await casesByIds(
    db,
    rows.map(({ id }) => id),
  );
  return {
    items: cases.map((each, at) => ({
      ...each,
      platform: rows[at]?.platform ?? '',
      name: rows[at]?.name ?? '',
    })),
    total: Math.min(total, COUNT_MAX),
    totalIsExact: total <= COUNT_MAX,
  };
}

/** How many cases wait for whoever asks. */
export async function countWaiting(db: LifecycleDb, acting: Acting): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select 1 from account_case c join unit u on u.id = c.unit_id left join account a on a.id = c.account_id
       where ${whereOf(acting, { isWaiting: true })} limit ${COUNT_MAX}) found`.execute(db);
  return rows[0]?.count ?? 0;
}

function whereOf(acting: Acting, filter: CaseFilter): RawBuilder<boolean> {
  const { state, kind, unitIds, accountId, q, overdueOn, isWaiting } = filter;
  const scope = scopeOf(acting);
  const conditions = [
    ...(scope === 'all' ? [] : [sql<boolean>`c.unit_id = any(${listOf(scope)}::int[])`]),
    ...(state === undefined ? [] : [sql<boolean>`c.state = ${state}`]),
    ...(kind === undefined ? [] : [sql<boolean>`c.kind = ${kind}`]),
    ...(unitIds === undefined ? [] : [sql<boolean>`c.unit_id = any(${listOf(unitIds)}::int[])`]),
    ...(accountId === undefined ? [] : [sql<boolean>`c.account_id = ${accountId}`]),
    ...(q === undefined || q === ''
      ? []
      : [
          sql<boolean>`(position(${q} in ${NAME}) > 0 or position(${q} in u.name) > 0
            or c.id::text = ${q})`,
        ]),
    ...(overdueOn === undefined ? [] : [sql<boolean>`c.due_on < ${overdueOn}::date`]),
    ...(isWaiting === true ? [waitsFor(caseActorOf(acting))] : []),
  ];
  return conditions.length === 0
    ? sql<boolean>`true`
    : sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

const listOf = (ids: Iterable<number>): string => `{${[...ids].join(',')}}`;

/** What waits for somebody: approvals that he may give, and what his unit is to mend, complete or end. */
function waitsFor(actor: CaseActor): RawBuilder<boolean> {
  const { person, unitId } = actor;
  const byOther = (column: 'applied' | 'reviewed'): RawBuilder<boolean> =>
    sql<boolean>`not ${isPerson(column, person)}`;
  const parts = [
    ...(actor.mayReview ? [sql<boolean>`(c.state = 'submitted' and ${byOther('applied')})`] : []),
    ...(actor.mayApprove
      ? [sql<boolean>`(c.state = 'reviewed' and ${byOther('applied')} and ${byOther('reviewed')})`]
      : []),
    ...(actor.mayApply
      ? [
          sql<boolean>`(c.state in ('draft', 'returned', 'approved')
            and (c.unit_id = ${unitId ?? 0} or ${isPerson('applied', person)}))`,
        ]
      : []),
  ];
  return parts.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(parts, sql` or `)})`;
}

/** As `isSamePerson` has it: a user by his number, others by their name. */
function isPerson(column: 'applied' | 'reviewed', { userId, name }: Person): RawBuilder<boolean> {
  const [id, by] = [sql.ref(`c.${column}_by_id`), sql.ref(`c.${column}_by`)];
  return userId === null
    ? sql<boolean>`(${id} is null and ${by} = ${name})`
    : sql<boolean>`coalesce(${id} = ${userId}, false)`;
}
