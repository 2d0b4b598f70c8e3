import type { Selectable } from 'kysely';
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
    if (last?.state === 'running' && last.beatAt > before(wanted.now, DEAD_MS))
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

async function insert(db: SourcesDb, { by, platform, limit, now }: NewSweep): Promise<Sweep> {
  const due = await countDue(db, { platform, startedAt: now, now });
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

async function resume(db: SourcesDb, last: Sweep, { limit, now }: NewSweep): Promise<Sweep> {
  const due = await countDue(db, { platform: last.platform, startedAt: last.startedAt, now });
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

/** Adds to what the sweep did, and tells that it lives. */
export async function beatSweep(
  db: SourcesDb,
  id: number,
  did: { readonly asked: number; readonly told: number; readonly postponed: number },
  now: Instant,
): Promise<void> {
  await db
    .updateTable('account_sweep')
    .set((eb) => ({
      asked: eb('asked', '+', did.asked),
      told: eb('told', '+', did.told),
      postponed: eb('postponed', '+', did.postponed),
      beat_at: now,
    }))
    .where('id', '=', id)
    .execute();
}

export async function endSweep(
  db: SourcesDb,
  id: number,
  state: 'done' | 'stopped',
  now: Instant,
): Promise<Sweep> {
  await db
    .updateTable('account_sweep')
    .set({ state, ended_at: now, beat_at: now })
    .where('id', '=', id)
    .execute();
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
  postponed: row.postponed,
});
