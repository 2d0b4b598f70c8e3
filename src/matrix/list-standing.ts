import { sql } from 'kysely';
import type { EvidenceLevel, SourceKind } from '../domain/account-sources.ts';
import { type Acting, assertMay, scopeOf } from '../domain/acting.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { type AccountState, limitDaysOf, stateOf } from './account-state.ts';
import { idList, type MatrixDeps, matrixDb } from './matrix-db.ts';

/** An account behind a number of the matrix. */
export interface StandingAccount {
  readonly id: number;
  readonly name: string;
  readonly platform: string;
  readonly unitName: string;
  readonly state: AccountState;
  readonly lastOn: CalendarDate | null;
  readonly lastTitle: string;
  readonly kind: SourceKind | null;
  readonly level: EvidenceLevel | null;
}

export const STANDING_SORTS = ['name', 'lastOn', 'unit'] as const;

export interface StandingFilter {
  readonly unitIds?: readonly number[] | undefined;
  readonly platform?: string | undefined;
  readonly state?: AccountState | undefined;
  readonly q?: string | undefined;
  readonly sort: (typeof STANDING_SORTS)[number];
  readonly descending: boolean;
  readonly limit: number;
  readonly offset: number;
  readonly at: Instant;
}

/** Counting stops here: beyond it nobody pages. */
const COUNT_MAX = 10_000;

/** The accounts that the matrix counts, one page. */
export async function listStanding(
  { store }: MatrixDeps,
  acting: Acting,
  filter: StandingFilter,
): Promise<{ items: StandingAccount[]; total: number; totalIsExact: boolean }> {
  assertMay(acting, 'registry.read');
  const db = matrixDb(store.db);
  const state = stateOf({ today: shanghaiDate(filter.at), limitDays: await limitDaysOf(db) });
  const scope = scopeOf(acting);
  const { unitIds, platform, q } = filter;
  const conditions = [
    sql`true`,
    ...(scope === 'all' ? [] : [sql`a.sponsor_id = any(${idList(scope)}::int[])`]),
    ...(unitIds === undefined ? [] : [sql`a.sponsor_id = any(${idList(unitIds)}::int[])`]),
    ...(platform === undefined ? [] : [sql`a.platform = ${platform}`]),
    ...(filter.state === undefined ? [] : [sql`${state} = ${filter.state}`]),
    ...(q === undefined || q === '' ? [] : [sql`position(${q} in a.name || ' ' || u.name) > 0`]),
  ];
  const from = sql`account a join unit u on u.id = a.sponsor_id
    left join account_pulse p on p.account_id = a.id where ${sql.join(conditions, sql` and `)}`;
  const columns = {
    name: sql`a.name`,
    unit: sql`u.registry_order`,
    lastOn: sql`coalesce(p.last_on, '0001-01-01'::date)`,
  };
  const direction = filter.descending ? sql`desc` : sql`asc`;
  const { rows } = await sql<StandingAccount>`
    select a.id, a.name, a.platform, u.name as "unitName", ${state} as state, p.last_on as "lastOn",
           coalesce(p.last_title, '') as "lastTitle", p.last_kind as kind, p.last_level as level
      from ${from} order by ${columns[filter.sort]} ${direction}, a.id
     limit ${filter.limit} offset ${filter.offset}`.execute(db);
  const counted = await sql<{ count: number }>`
    select count(*)::int as count from (select 1 from ${from} limit ${COUNT_MAX + 1}) few`.execute(
    db,
  );
  const count = counted.rows[0]?.count ?? 0;
  return { items: rows, total: Math.min(count, COUNT_MAX), totalIsExact: count <= COUNT_MAX };
}
