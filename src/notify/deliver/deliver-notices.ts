import { sql } from 'kysely';
import { type RepeatedWork, repeatWork } from '../../jobs/repeated-work.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { NotifyDeps } from '../channel.ts';
import { composeDeliveries } from './compose-deliveries.ts';
import { planDeliveries } from './plan-deliveries.ts';
import { type SendHooks, type SendRun, sendDeliveries } from './send-deliveries.ts';

const EVERY_MS = 60_000;

export interface DeliveryRun extends SendRun {
  readonly planned: number;
  readonly composed: number;
}

/** One pass: what is new is planned, what is due becomes messages, messages are sent. Run again, or twice at once, it sends nothing twice. */
export async function deliverNotices(
  deps: NotifyDeps,
  io: SendHooks & { readonly now: () => Instant; readonly signal?: AbortSignal },
): Promise<DeliveryRun> {
  const planned = await planDeliveries(deps, { at: io.now() });
  const composed = await composeDeliveries(deps, { at: io.now() });
  const run = await sendDeliveries(deps, io);
  await dropOld(deps, io.now());
  return { planned, composed, ...run };
}

/** Delivers in a serving process. Several may do so on one database. */
export function keepDelivering(
  deps: NotifyDeps,
  io: {
    readonly now: () => Instant;
    readonly signal: AbortSignal;
    readonly onError: (error: unknown) => void;
  },
): RepeatedWork {
  return repeatWork({
    everyMs: EVERY_MS,
    work: () => deliverNotices(deps, io),
    onError: io.onError,
  });
}

/** Messages that ended so long ago are dropped with their log; the notice itself, and its key, stay for ever. */
const KEPT_DAYS = 400;
const DROPPED_AT_ONCE = 1_000;

async function dropOld({ store }: NotifyDeps, at: Instant): Promise<void> {
  await store.transaction(async (trx) => {
    const { rows } = await sql<{ id: number }>`
      select id from delivery where ended_at < ${at}::timestamptz - make_interval(days => ${KEPT_DAYS})
       and state in ('sent', 'failed') order by id limit ${DROPPED_AT_ONCE} for update skip locked`.execute(
      trx,
    );
    if (rows.length === 0) return;
    const ids = `{${rows.map(({ id }) => id).join(',')}}`;
    await sql`delete from delivery_attempt where delivery_id = any(${ids}::int[])`.execute(trx);
    await sql`delete from delivery_item where delivery_id = any(${ids}::int[])`.execute(trx);
    await sql`delete from delivery where id = any(${ids}::int[])`.execute(trx);
  });
}
