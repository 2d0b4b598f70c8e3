import { sql } from 'kysely';
import type { EvidenceLevel, SourceKind } from '../domain/account-sources.ts';
import { type Acting, assertMay, scopeOf } from '../domain/acting.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { isSilenceProved, limitDaysOf } from './account-state.ts';
import { alertWords, daysLeftOf } from './alert-words.ts';
import type { LiveEvidence } from './live-notices.ts';
import { liveWords } from './live-words.ts';
import { type AlertKind, idList, LIVE_KINDS, type MatrixDeps, matrixDb } from './matrix-db.ts';

export const ALERT_STATES = ['open', 'acknowledged', 'closed'] as const;
export type AlertState = (typeof ALERT_STATES)[number];
export const ALERT_KINDS = ['silence', ...LIVE_KINDS] as const;

/** An alert as its list shows it; what is known of the silence is what is known today. */
export interface ListedAlert {
  readonly id: number;
  readonly accountId: number;
  readonly account: string;
  readonly platform: string;
  readonly unitName: string;
  readonly kind: AlertKind;
  /** Of a silence: the last update that is known. */
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
  readonly kind?: AlertKind | undefined;
  readonly unitIds?: readonly number[] | undefined;
  readonly accountId?: number | undefined;
  readonly limit: number;
  readonly offset: number;
  readonly at: Instant;
}

interface Row extends Omit<ListedAlert, 'daysLeft' | 'words'> {
  readonly evidence: LiveEvidence | null;
  readonly isProved: boolean;
  readonly sourceKind: SourceKind | null;
  readonly level: EvidenceLevel | null;
}

/** Alerts that somebody sees, ended ones last: what does not agree with the register, then silences, the longest first. */
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
  const { unitIds, accountId, state, kind } = filter;
  const stands = sql<AlertState>`(case when x.state = 'closed' then 'closed'
    when x.acknowledged_at is not null then 'acknowledged' else 'open' end)`;
  const conditions = [
    sql`true`,
    ...(scope === 'all' ? [] : [sql`a.sponsor_id = any(${idList(scope)}::int[])`]),
    ...(unitIds === undefined ? [] : [sql`a.sponsor_id = any(${idList(unitIds)}::int[])`]),
    ...(accountId === undefined ? [] : [sql`a.id = ${accountId}`]),
    ...(state === undefined ? [] : [sql`${stands} = ${state}`]),
    ...(kind === undefined ? [] : [sql`x.kind = ${kind}`]),
  ];
  const from = sql`account_alert x join account a on a.id = x.account_id join unit u on u.id = a.sponsor_id
    left join account_pulse p on p.account_id = a.id where ${sql.join(conditions, sql` and `)}`;
  const { rows } = await sql<Row>`
    select x.id, a.id as "accountId", a.name as account, a.platform, u.name as "unitName",
           x.kind, x.evidence, x.silent_since as since, ${stands} as state, x.made_at as "madeAt",
           x.acknowledged_by as "acknowledgedBy", x.acknowledged_at as "acknowledgedAt", x.note,
           x.closed_at as "closedAt", x.closed_why as "closedWhy",
           coalesce(${isSilenceProved(today, limitDays)}, false) as "isProved",
           p.last_kind as "sourceKind", p.last_level as level
      from ${from} order by x.state desc, x.kind = 'silence', x.silent_since nulls first, x.id
     limit ${filter.limit} offset ${filter.offset}`.execute(db);
  const counted = await sql<{ count: number }>`select count(*)::int as count from ${from}`.execute(
    db,
  );
  return {
    items: rows.map(({ isProved, sourceKind, level, evidence, ...row }) => {
      const silence = { account: row.account, since: row.since, today, limitDays };
      const isLive = evidence !== null;
      return {
        ...row,
        ...{ madeAt: iso(row.madeAt), closedAt: row.closedAt && iso(row.closedAt) },
        acknowledgedAt: row.acknowledgedAt && iso(row.acknowledgedAt),
        daysLeft: isLive || row.state === 'closed' ? null : daysLeftOf(silence),
        words: isLive
          ? liveWords(row.account, evidence)
          : row.state === 'closed'
            ? ''
            : alertWords({ ...silence, isProved, kind: sourceKind, level }),
      };
    }),
    total: counted.rows[0]?.count ?? 0,
    totalIsExact: true,
  };
}

const iso = (at: string): Instant => new Date(at).toISOString();
