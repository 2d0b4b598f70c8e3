import { type Selectable, sql } from 'kysely';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiText } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { Store } from '../../store/store.ts';
import { type SourcesDb, type SourcesTables, sourcesDb } from '../sources-db.ts';
import { countDue } from './due-sources.ts';
import type { NewSweep, Sweep } from './sweep.ts';

/** A sweep that says nothing for so long is dead, and the next one goes on with it. */
const DEAD_MS = 120_000;
/** What was begun longer ago than this is not gone on with: everything is due again. */
const RESUMED_MS = 20 * 3_600_000;

/** Whether a sweep that is running says so: one that is silent was killed. */
export const isAlive = ({ beatAt }: { readonly beatAt: Instant }, at: Instant): boolean =>
  beatAt > before(at, DEAD_MS);

const before = (at: Instant, ms: number): Instant => new Date(Date.parse(at) - ms).toISOString();

/**
 * Begins a sweep, or goes on with one of the same platform that was killed or stopped. Throws {@link UserError} `sweep.running`
 * while another one is at work, in whatever process.
 */
export async function beginSweep(store: Store, wanted: NewSweep): Promise<Sweep> {
  return store.transaction(async (trx) => {
    await lockInTransaction(trx, 'account-sweep');
    const db = sourcesDb(trx);
    const last = await newestSweep(db);
    if (last?.state === 'running' && isAlive(last, wanted.now))
      throw new UserError(
        'sweep.running',
        `${shanghaiText(last.startedAt)} 开始的巡看正在进行（已看 ${last.asked}/${last.total}）；请等它结束。`,
        { family: 'state' },
      );
    const open = last !== null && mayGoOn(last, wanted) ? last : null;
    if (open === null && last?.state === 'running')
      await endSweep(db, last.id, 'stopped', wanted.now);
    const sweep = open === null ? await insert(db, wanted) : await resume(db, open, wanted);
    await recordAudit(trx, {
      actor: wanted.by,
      action: 'source.sweep',
      subject: `sweep:${sweep.id}`,
      detail: {
        ...{ platform: wanted.platform, limit: wanted.limit },
        ...{ total: sweep.total, isResumed: open !== null },
      },
      before: open === null ? null : { state: open.state },
      after: { state: 'running' },
    });
    return sweep;
  });
}

const mayGoOn = (last: Sweep, { platform, now }: NewSweep): boolean =>
  last.state !== 'done' && last.platform === platform && last.startedAt > before(now, RESUMED_MS);

async function insert(db: SourcesDb, wanted: NewSweep): Promise<Sweep> {
  const { by, platform, limit, now, isPublicOnly } = wanted;
  const due = await countDue(db, { platform, startedAt: now, isPublicOnly, now });
  const { id } = await db
    .insertInto('account_sweep')
    .values({
      ...{ started_at: now, started_by: by, platform, ends_with: limit, state: 'running' },
      ...{ total: Math.min(due.open, limit ?? due.open), postponed: due.parked, beat_at: now },
      ended_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return requireSweep(db, id);
}

async function resume(db: SourcesDb, last: Sweep, wanted: NewSweep): Promise<Sweep> {
  const { limit, now, isPublicOnly } = wanted;
  const { platform, startedAt } = last;
  const due = await countDue(db, { platform, startedAt, isPublicOnly, now });
  await db
    .updateTable('account_sweep')
    .set({
      ...{ state: 'running', beat_at: now, ended_at: null, ends_with: limit },
      total: last.asked + Math.min(due.open, limit ?? due.open),
    })
    .where('id', '=', last.id)
    .execute();
  return requireSweep(db, last.id);
}

/** What a batch did. */
export interface SweepStep
  extends Pick<Sweep, 'asked' | 'told' | 'postponed' | 'states' | 'stops'> {}

/** Adds to what the sweep did, and tells that it lives. */
export async function beatSweep(
  db: SourcesDb,
  id: number,
  { asked, told, postponed, states, stops }: SweepStep,
  now: Instant,
): Promise<void> {
  await sql`
    update account_sweep set asked = asked + ${asked}, told = told + ${told}, postponed = postponed + ${postponed},
           beat_at = ${now}::timestamptz, stops = stops || ${JSON.stringify(stops)}::jsonb,
           states = (select coalesce(jsonb_object_agg(state, count), '{}') from (
             select key as state, sum(value::int) as count
               from (select * from jsonb_each_text(states)
                     union all select * from jsonb_each_text(${JSON.stringify(states)}::jsonb)) both_of
              group by key) added)
     where id = ${id}`.execute(db);
}

/** Tells that the sweep lives, while it waits for slow answers. */
export async function touchSweep(db: SourcesDb, id: number, now: Instant): Promise<void> {
  await db.updateTable('account_sweep').set({ beat_at: now }).where('id', '=', id).execute();
}

export async function endSweep(
  db: SourcesDb,
  id: number,
  state: 'done' | 'stopped',
  now: Instant,
): Promise<Sweep> {
  await sql`
    update account_sweep w set state = ${state}, ended_at = ${now}::timestamptz, beat_at = ${now}::timestamptz,
           accounts = (select count(distinct account_id) from account_source where checked_at >= w.started_at)
     where id = ${id}`.execute(db);
  return requireSweep(db, id);
}

/** The sweep that began last, or null. */
export async function newestSweep(
  db: SourcesDb,
): Promise<(Sweep & { readonly beatAt: Instant }) | null> {
  const row = await db
    .selectFrom('account_sweep')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { ...toSweep(row), beatAt: new Date(row.beat_at).toISOString() } : null;
}

async function requireSweep(db: SourcesDb, id: number): Promise<Sweep> {
  return toSweep(
    await db.selectFrom('account_sweep').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  );
}

const toSweep = (row: Selectable<SourcesTables['account_sweep']>): Sweep => ({
  ...{ id: row.id, startedBy: row.started_by, platform: row.platform, limit: row.ends_with },
  startedAt: new Date(row.started_at).toISOString(),
  endedAt: row.ended_at && new Date(row.ended_at).toISOString(),
  ...{ state: row.state, total: row.total, asked: row.asked, told: row.told },
  ...{ postponed: row.postponed, states: row.states as never, stops: row.stops as never },
  accounts: row.accounts,
});
