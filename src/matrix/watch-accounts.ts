import { type RawBuilder, sql } from 'kysely';
import type { EvidenceLevel, SourceKind } from '../domain/account-sources.ts';
import { type Acting, assertMay, nameOf } from '../domain/acting.ts';
import { MOBILE_APP_PLATFORM } from '../domain/subject.ts';
import { recordAudit } from '../identity/index.ts';
import { type RepeatedWork, repeatWork } from '../jobs/repeated-work.ts';
import { addDays, type CalendarDate, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { defineNoticeKinds, type NoticeDraft, queueNotices } from '../notify/index.ts';
import { lockInTransaction } from '../store/lock-in-transaction.ts';
import { isSilenceProved, limitDaysOf } from './account-state.ts';
import { alertWords } from './alert-words.ts';
import { fillFromRounds, isNeverFilled } from './fill-from-rounds.ts';
import { keepLiveNotices } from './keep-live-notices.ts';
import { type LiveKind, type MatrixDb, type MatrixDeps, matrixDb } from './matrix-db.ts';
import { refreshPulses } from './refresh-pulses.ts';

/** What one pass did. */
export interface WatchRun {
  readonly refreshed: number;
  readonly raised: number;
  readonly closed: number;
  /** Alerts that went on to the manager, because nobody acknowledged them. */
  readonly passedOn: number;
  /** Kinds of live notices of which there are too many to list all. */
  readonly overflowing: readonly LiveKind[];
}

/** A sweep ends, or a day begins: noticed within ten minutes. */
const EVERY_MS = 600_000;
/** How the program itself signs what it does by the calendar. */
export const BY_CALENDAR = '系统（定时）';
/** The manager is told when so many days are left and nobody has acknowledged. */
const MANAGER_DAYS_LEFT = 1;

/**
 * Brings the matrix up to date and tells operators whose account nears the limit of silence, or is not what the register says: one
 * alert an account and silence, however often this runs; ended by a newer post, or when the account stops running. Audited when
 * something changed.
 */
export async function watchAccounts(
  deps: MatrixDeps,
  acting: Acting,
  { at }: { readonly at: Instant },
): Promise<WatchRun> {
  assertMay(acting, 'sweep.run');
  if (await isNeverFilled(matrixDb(deps.store.db))) await fillFromRounds(deps, acting, { at });
  const refreshed = await refreshPulses(deps, at);
  return deps.store.transaction(async (trx) => {
    await lockInTransaction(trx, 'account-alerts');
    const db = matrixDb(trx);
    const watch: Watch = {
      ...{ at, today: shanghaiDate(at), limitDays: await limitDaysOf(db) },
      leadDays: deps.matrix.leadDays,
    };
    const closed = await closePassed(db, watch);
    const raised = await raise(db, watch);
    const passedOn = await passOn(db, watch);
    const live = await keepLiveNotices(db, at);
    const { overflowing } = live;
    const done = {
      ...{ raised: raised + live.raised, closed: closed + live.closed },
      passedOn: passedOn + live.passedOn,
    };
    if (done.raised + done.closed + done.passedOn > 0)
      await recordAudit(trx, {
        ...{ actor: nameOf(acting), action: 'alert.watch' },
        detail: { today: watch.today, ...(overflowing.length > 0 && { overflowing }) },
        ...{ before: null, after: done },
      });
    return { refreshed, ...done, overflowing };
  });
}

/** Keeps watch in a serving process. Several may do so on one database. */
export function keepWatch(
  deps: MatrixDeps,
  io: { readonly now: () => Instant; readonly onError: (error: unknown) => void },
): RepeatedWork {
  return repeatWork({
    everyMs: EVERY_MS,
    work: () => watchAccounts(deps, BY_CALENDAR, { at: io.now() }),
    onError: io.onError,
  });
}

interface Watch {
  readonly at: Instant;
  readonly today: CalendarDate;
  readonly limitDays: number;
  readonly leadDays: number;
}

/** Brought by people whenever they have something: nobody asks these again. */
const BROUGHT = ['submission', 'observation'] as const satisfies readonly SourceKind[];

/**
 * Whether somebody looked since the newest update that is known. What only a round made up for the past showed is old whenever it is
 * seen: of that nobody is told until a source of the account was read.
 */
const isWatched = sql`(p.last_kind = any(${`{${BROUGHT.join(',')}}`}::text[]) or exists (
  select 1 from account_source s where s.account_id = a.id and s.removed_at is null
     and (s.ok_at at time zone 'Asia/Shanghai')::date >= p.last_on))`;

/** Whether `a` (account) with `p` (account_pulse) is to be told of today. */
function isDue({ today, limitDays, leadDays }: Watch): RawBuilder<boolean> {
  const days = Math.max(1, limitDays - leadDays);
  return sql<boolean>`(a.status = 'running' and a.platform <> ${MOBILE_APP_PLATFORM}
    and (p.last_on <= ${addDays(today, -days)}::date and ${isWatched}
         or p.last_on is null and ${isSilenceProved(today, days)}))`;
}

async function closePassed(db: MatrixDb, watch: Watch): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    update account_alert x set state = 'closed', closed_at = ${watch.at}::timestamptz,
           closed_why = case
             when a.status <> 'running' then 'status'
             when p.last_on > coalesce(x.silent_since, '0001-01-01'::date) then 'post'
             else 'changed' end
      from account a left join account_pulse p on p.account_id = a.id
     where x.state = 'open' and x.kind = 'silence' and a.id = x.account_id
       and not coalesce(${isDue(watch)} and p.last_on is not distinct from x.silent_since, false)
    returning x.id`.execute(db);
  return rows.length;
}

interface Told {
  readonly id: number;
  readonly account: string;
  readonly unitId: number;
  readonly since: CalendarDate | null;
  readonly isProved: boolean;
  readonly kind: SourceKind | null;
  readonly level: EvidenceLevel | null;
}

const toldColumns = (today: CalendarDate, days: number) => sql`
  a.name as account, a.sponsor_id as "unitId", p.last_on as since,
  coalesce(${isSilenceProved(today, days)}, false) as "isProved", p.last_kind as kind, p.last_level as level`;

/** A silence that was told before and goes on (the newer post was deleted, the account runs again) is open again, not told again. */
async function raise(db: MatrixDb, watch: Watch): Promise<number> {
  const { today, limitDays, leadDays, at } = watch;
  const { rows } = await sql<Told & { isNew: boolean }>`
    with due as (
      select a.id as account_id, ${toldColumns(today, Math.max(1, limitDays - leadDays))}
        from account a join account_pulse p on p.account_id = a.id where ${isDue(watch)}
    ), kept as (
      insert into account_alert (account_id, silent_since, state, made_at)
      select account_id, since, 'open', ${at}::timestamptz from due
      on conflict (account_id, kind, silent_since, mark) do update
        set state = 'open', closed_at = null, closed_why = null where account_alert.state = 'closed'
      returning id, account_id, xmax = 0 as "isNew"
    )
    select kept.id, kept."isNew", due.* from kept join due using (account_id)`.execute(db);
  await tell(
    db,
    watch,
    'sponsor',
    rows.filter(({ isNew }) => isNew),
  );
  return rows.length;
}

async function passOn(db: MatrixDb, watch: Watch): Promise<number> {
  const { today, limitDays, at } = watch;
  const last = addDays(today, MANAGER_DAYS_LEFT - limitDays);
  const { rows } = await sql<Told>`
    update account_alert x set manager_told_at = ${at}::timestamptz
      from account a join account_pulse p on p.account_id = a.id
     where x.state = 'open' and x.kind = 'silence' and a.id = x.account_id and x.acknowledged_at is null
       and x.manager_told_at is null and x.silent_since <= ${last}::date
    returning x.id, ${toldColumns(today, limitDays)}`.execute(db);
  await tell(db, watch, 'manager', rows);
  return rows.length;
}

defineNoticeKinds({ 'account.alert': { name: '账号将到更新期限' } });

/** One notice an alert and audience: the key keeps anything from being told twice. */
async function tell(
  db: MatrixDb,
  { at, today, limitDays }: Watch,
  audience: 'sponsor' | 'manager',
  alerts: readonly Told[],
): Promise<void> {
  const drafts = alerts.map(
    (alert): NoticeDraft => ({
      ...{ key: `alert:${alert.id}:${audience}`, kind: 'account.alert' },
      ...{ to: { unitId: alert.unitId, only: audience }, title: '账号将到更新期限' },
      ...{ text: alertWords({ ...alert, today, limitDays }), link: '/alerts', urgent: false },
    }),
  );
  await queueNotices(db, drafts, at);
}
