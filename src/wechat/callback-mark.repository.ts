import { hashOf } from '../identity/index.ts';
import { CLOCK_WINDOW_MS } from './callback/open-callback.ts';
import type { WechatDb } from './wechat-db.ts';

/** A callback's time stamp is believed for so long, from both sides of our clock: an older mark guards against nothing. */
const KEPT_MS = CLOCK_WINDOW_MS * 2;
/** Longer than an event takes. Who was killed in the midst of it gives way to the platform's next try. */
const LEASE_MS = 60_000;

const before = (now: number, ms: number): string => new Date(now - ms).toISOString();

/** Takes a callback for all processes; false = taken before, or being taken now. Marks that guard against nothing are removed. */
export async function takeMark(db: WechatDb, mark: string, now: number): Promise<boolean> {
  const taken = await db
    .with('outdated', (on) =>
      on.deleteFrom('wechat_callback').where('taken_at', '<', before(now, KEPT_MS)),
    )
    .insertInto('wechat_callback')
    .values({ mark: hashOf(mark), taken_at: new Date(now).toISOString() })
    .onConflict((on) =>
      on
        .column('mark')
        .doUpdateSet((eb) => ({ taken_at: eb.ref('excluded.taken_at') }))
        .where('wechat_callback.done', '=', false)
        .where('wechat_callback.taken_at', '<', before(now, LEASE_MS)),
    )
    .returning('mark')
    .executeTakeFirst();
  return taken !== undefined;
}

/** What could not be carried out may come again: the platform sends it up to three times. */
export async function releaseMark(db: WechatDb, mark: string): Promise<void> {
  await db.deleteFrom('wechat_callback').where('mark', '=', hashOf(mark)).execute();
}

/** What was carried out never comes again. */
export async function finishMark(db: WechatDb, mark: string): Promise<void> {
  await db
    .updateTable('wechat_callback')
    .set({ done: true })
    .where('mark', '=', hashOf(mark))
    .execute();
}
