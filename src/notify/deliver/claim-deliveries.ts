import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Instant } from '../../lib/pure/dates.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { Store } from '../../store/store.ts';
import type { Channel } from '../channel.ts';
import { type NotifyDb, notifyDb } from '../notify-db.ts';
import { WAITING_DAYS_MAX } from './delivery-policy.ts';

export interface ClaimedDelivery {
  readonly id: number;
  readonly key: string;
  readonly userId: number | null;
  readonly title: string;
  readonly text: string;
  readonly tries: number;
  readonly claim: string;
  /** The receiver's address, of e-mail. */
  readonly email: string | null;
}

/** Claimed at once: as many as one process sends within its lease. */
const BATCH = 10;
/** A claim older than this has lost its sender: sending one batch takes at most some minutes. */
const LEASE_MINUTES = 30;
/** Clocks of several machines, or one that was put back, may differ so far before we believe it. */
const SKEW_MINUTES = 10;
/** Robots take 20 a minute (WeCom, DingTalk); beyond that DingTalk is deaf for ten. */
const ROBOT_PER_MINUTE = 18;

/**
 * Claims messages of one channel, urgent ones first: nobody else sends them. Robots get no more than they take in a minute, all processes
 * together. A clock that was put back does not keep anything waiting for the time that it lost.
 */
export async function claimDeliveries(
  store: Store,
  channel: Channel,
  at: Instant,
): Promise<ClaimedDelivery[]> {
  const claim = randomUUID();
  return store.transaction(async (trx) => {
    await lockInTransaction(trx, `notice-channel:${channel.id}`);
    const room = channel.kind === 'email' ? BATCH : Math.min(BATCH, await roomOf(trx, channel, at));
    if (room <= 0) return [];
    // Within `in (…)` a planner that knows no better asks for the limited rows once a candidate, and takes more than the limit.
    const { rows } = await sql<Omit<ClaimedDelivery, 'claim'>>`
      with due as materialized (
        select id from delivery where channel_id = ${channel.id} and state = 'waiting'
           and (next_at <= ${at}::timestamptz
             or coalesce(claimed_at, made_at) > ${at}::timestamptz + make_interval(mins => ${SKEW_MINUTES}))
         order by urgent desc, id limit ${room} for update skip locked)
      update delivery d set state = 'sending', claim = ${claim}, claimed_at = ${at}::timestamptz, tries = d.tries + 1
        from due join delivery w on w.id = due.id left join notice_address a on a.user_id = w.user_id
       where d.id = due.id
      returning d.id, d.key, d.user_id as "userId", d.title, d.text, d.tries, a.email`.execute(trx);
    return rows.map((row) => ({ ...row, claim })).sort((left, right) => left.id - right.id);
  });
}

async function roomOf<Db extends NotifyDb>(
  trx: Db | Parameters<typeof notifyDb>[0],
  { id }: Channel,
  at: Instant,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from delivery where channel_id = ${id}
       and claimed_at between ${at}::timestamptz - interval '60 seconds' and ${at}::timestamptz + interval '60 seconds'`.execute(
    trx,
  );
  return ROBOT_PER_MINUTE - (rows[0]?.count ?? 0);
}

/**
 * Ends what lost its sender between claim and record: nobody knows whether it was delivered, so a person decides; where the channel says
 * so (its receivers know doubles), it waits again. What waited too long for its channel is given up. Returns how many.
 */
export async function settleAbandoned(
  store: Store,
  channel: Channel,
  at: Instant,
): Promise<number> {
  return store.transaction(async (trx) => {
    const db = notifyDb(trx);
    const lost = await db
      .updateTable('delivery')
      .set(
        channel.resendsUncertain
          ? { state: 'waiting', next_at: at, claim: null }
          : { state: 'uncertain', ended_at: at, claim: null },
      )
      .where('channel_id', '=', channel.id)
      .where('state', '=', 'sending')
      .where(sql<boolean>`(claimed_at < ${at}::timestamptz - make_interval(mins => ${LEASE_MINUTES})
        or claimed_at > ${at}::timestamptz + make_interval(mins => ${LEASE_MINUTES}))`)
      .returning('id')
      .execute();
    const old = await db
      .updateTable('delivery')
      .set({ state: 'failed', ended_at: at })
      .where('channel_id', '=', channel.id)
      .where('state', '=', 'waiting')
      .where(
        sql<boolean>`made_at < ${at}::timestamptz - make_interval(days => ${WAITING_DAYS_MAX})`,
      )
      .returning('id')
      .execute();
    const attempts = [
      ...lost.map(({ id }) => ({ id, outcome: 'uncertain' as const, words: LOST })),
      ...old.map(({ id }) => ({ id, outcome: 'refused' as const, words: TOO_OLD })),
    ];
    for (const { id, outcome, words } of attempts)
      await db
        .insertInto('delivery_attempt')
        .values({ delivery_id: id, at, outcome, code: 'left', words })
        .execute();
    return attempts.length;
  });
}

const LOST = '发送的进程在记下结果之前停了，不知道有没有送到';
const TOO_OLD = `等了 ${WAITING_DAYS_MAX} 天，通道一直不通`;
