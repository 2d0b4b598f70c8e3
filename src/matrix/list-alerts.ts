import { sql } from 'kysely';
import type { EvidenceLevel, SourceKind } from '../domain/account-sources.ts';
import { type Acting, assertMay, scopeOf } from '../domain/acting.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { isSilenceProved, limitDaysOf } from './account-state.ts';
import { alertWords, daysLeftOf } from './alert-words.ts';
import { idList, type MatrixDeps, matrixDb } from './matrix-db.ts';

export const ALERT_STATES = ['open', 'acknowledged', 'closed'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** An alert as its list shows it; what is known of the silence is what is known today. */
export interface ListedAlert {
  readonly id: number;
  readonly accountId: number;
  readonly account: string;
  readonly platform: string;
  readonly unitName: string;
  readonly since: CalendarDate | null;
  readonly state: AlertState;
  readonly madeAt: Instant;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: Instant | null;
  readonly note: string;
  readonly closedAt: Instant | null;
  readonly closedWhy: 'post' | 'status' | 'changed' | null;
  readonly daysLeft: number | null;
  readonly words: string;
}

export interface AlertFilter {
  readonly state?: AlertState | undefined;
  readonly unitIds?: readonly number[] | undefined;
  readonly accountId?: number | undefined;
  readonly limit: number;
  readonly offset: number;
  readonly at: Instant;
}

interface Row extends Omit<ListedAlert, 'daysLeft' | 'words'> {
  readonly isProved: boolean;
  readonly kind: SourceKind | null;
  readonly level: EvidenceLevel | null;
}

/** Alerts that somebody sees, the longest silence first. */
export async function listAlerts(
  { store }: MatrixDeps,
  acting: Acting,
  filter: AlertFilter,
): Promise<{ items: ListedAlert[]; total: number; totalIsExact: true }> {
  assertMay(acting, 'alert.read');
  const db = matrixDb(store.db);
  const today = shanghaiDate(filter.at);
  const limitDays = await limitDaysOf(db);
  const scope = scopeOf(acting);
  const { unitIds, accountId, state } = filter;
  const stands = sql<AlertState>`(case when x.state = 'closed' then 'closed'
    when x.acknowledged_at is not null then 'acknowledged' else 'open' end)`;
  const conditions = [
    sql`true`,
    ...(scope === 'all' ? [] : [sql`a.sponsor_id = any(${idList(scope)}::int[])`]),
    ...(unitIds === undefined ? [] : [sql`a.sponsor_id = any(${idList(unitIds)}::int[])`]),
    ...(accountId === undefined ? [] : [sql`a.id = ${accountId}`]),
    ...(state === undefined ? [] : [sql`${stands} = ${state}`]),
  ];
  const from = sql`account_alert x join account a on a.id = x.account_id join unit u on u.id = a.sponsor_id
    left join account_pulse p on p.account_id = a.id where ${sql.join(conditions, sql` and `)}`;
  const { rows } = await sql<Row>`
    select x.id, a.id as "accountId", a.name as account, a.platform, u.name as "unitName",
           x.silent_since as since, ${stands} as state, x.made_at as "madeAt",
           x.acknowledged_by as "acknowledgedBy", x.acknowledged_at as "acknowledgedAt", x.note,
           x.closed_at as "closedAt", x.closed_why as "closedWhy",
           coalesce(${isSilenceProved(today, limitDays)}, false) as "isProved", p.last_kind as kind, p.last_level as level
      from ${from} order by x.state desc, x.silent_since nulls first, x.id
     limit ${filter.limit} offset ${filter.offset}`.execute(db);
  const counted = await sql<{ count: number }>`select count(*)::int as count from ${from}`.execute(
    db,
  );
  return {
    items: rows.map(({ isProved, kind, level, ...row }) => {
      const silence = { account: row.account, since: row.since, today, limitDays };
      return {
        ...row,
        ...{ madeAt: iso(row.madeAt), closedAt: row.closedAt && iso(row.closedAt) },
        acknowledgedAt: row.acknowledgedAt && iso(row.acknowledgedAt),
        daysLeft: row.state === 'closed' ? null : daysLeftOf(silence),
        words: row.state === 'closed' ? '' : alertWords({ ...silence, isProved, kind, level }),
      };
    }),
    total: counted.rows[0]?.count ?? 0,
    totalIsExact: true,
  };
}

const iso = (at: string): Instant => new Date(at).toISOString();
