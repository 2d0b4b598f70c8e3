import { sendMail } from '../../connectors/send-mail.ts';
import type { OutgoingMessage, SendOutcome } from '../../connectors/send-outcome.ts';
import { sendRobot } from '../../connectors/send-robot.ts';
import { sendWebhook } from '../../connectors/send-webhook.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { Secret } from '../../lib/pure/secret.ts';
import type { Store } from '../../store/store.ts';
import { allChannels, type Channel, type NotifyDeps, openOrNull } from '../channel.ts';
import { notifyDb } from '../notify-db.ts';
import { type ClaimedDelivery, claimDeliveries, settleAbandoned } from './claim-deliveries.ts';
import { CHANNEL_PAUSE_MS, later, nextTry } from './delivery-policy.ts';

/** Of one channel in one pass: the next pass is a minute away. */
const SENDS_PER_PASS = 300;

export interface SendRun {
  readonly sent: number;
  readonly put_off: number;
  readonly failed: number;
  readonly uncertain: number;
}

/** What happens between sending and recording; a test kills the process there. */
export interface SendHooks {
  readonly afterSend?: (delivery: ClaimedDelivery) => void;
}

/** Sends what is due by every channel that is not paused. Several processes may do so at once. */
export async function sendDeliveries(
  deps: NotifyDeps,
  {
    now,
    signal,
    afterSend,
  }: SendHooks & { readonly now: () => Instant; readonly signal?: AbortSignal },
): Promise<SendRun> {
  const run = { sent: 0, put_off: 0, failed: 0, uncertain: 0 };
  for (const channel of await allChannels(notifyDb(deps.store.db))) {
    await settleAbandoned(deps.store, channel, now());
    if (!channel.enabled || isPaused(channel, now())) continue;
    for (let sends = 0; sends < SENDS_PER_PASS && signal?.aborted !== true; ) {
      const claimed = await claimDeliveries(deps.store, channel, now());
      if (claimed.length === 0) break;
      sends += claimed.length;
      const isOpen = await sendBatch(deps, channel, claimed, {
        ...{ now, run },
        ...(afterSend ? { afterSend } : {}),
      });
      if (!isOpen) break;
    }
  }
  return run;
}

/** A pause ends by the clock, and also where the clock was put back: none is set for longer than a day. */
function isPaused({ pausedUntil }: Channel, at: Instant): boolean {
  return pausedUntil !== null && pausedUntil > at && pausedUntil < later(at, 86_400_000);
}

/** Returns whether the channel is still to be used in this pass. */
async function sendBatch(
  deps: NotifyDeps,
  channel: Channel,
  claimed: readonly ClaimedDelivery[],
  { now, run, afterSend }: SendHooks & { now: () => Instant; run: Record<keyof SendRun, number> },
): Promise<boolean> {
  for (const [index, delivery] of claimed.entries()) {
    const outcome = await transmit(deps, channel, delivery, new Date(now()));
    afterSend?.(delivery);
    run[await record(deps.store, channel, delivery, outcome, now())] += 1;
    if (outcome.kind === 'retry' && outcome.scope === 'channel') {
      const untried = claimed.slice(index + 1).map(({ id }) => id);
      await pause(deps.store, channel, outcome, { untried, at: now() });
      return false;
    }
  }
  return true;
}

/** Hands one message to the channel, whatever kind it is. Never throws for what the other side does. */
export async function transmit(
  { sealing, notify }: NotifyDeps,
  channel: Channel,
  message: OutgoingMessage & { readonly email: string | null },
  now: Date,
): Promise<SendOutcome> {
  const secret = openOrNull(sealing, channel);
  if (secret === null)
    return { ...OUT_OF_ORDER, code: 'secret', words: '通道的密钥打不开，请重新填写' };
  const { kind, settings } = channel;
  if (kind === 'email') {
    if (message.email === null)
      return { kind: 'refused', code: 'address', words: '收件人没有留邮箱' };
    const { host = '', port = 465, secure = true, allowsPlain = false, from = '' } = settings;
    const password = secret.password === undefined ? null : new Secret(secret.password);
    const server = { host, port, secure, allowsPlain, user: settings.user ?? null, password, from };
    return sendMail(server, message.email, message, now);
  }
  const fetcher = notify.openFetcher(settings.innerAddresses ?? []);
  try {
    const { url = '', key } = secret;
    if (kind === 'webhook')
      return await sendWebhook(fetcher, { url, key: new Secret(key ?? '') }, message, now);
    const signing = key === undefined ? null : new Secret(key);
    return await sendRobot(fetcher, { kind, url: new Secret(url), signing }, message, now);
  } finally {
    await fetcher.close();
  }
}

const OUT_OF_ORDER = { kind: 'retry', scope: 'channel' } as const;

/** What follows from an outcome: only the claim's owner writes it. */
async function record(
  store: Store,
  channel: Channel,
  { id, claim, tries }: ClaimedDelivery,
  outcome: SendOutcome,
  at: Instant,
): Promise<keyof SendRun> {
  const next = nextOf(channel, tries, outcome, at);
  await store.transaction(async (trx) => {
    const db = notifyDb(trx);
    await db
      .updateTable('delivery')
      .set({ ...next.set, claim: null })
      .where('id', '=', id)
      .where('claim', '=', claim)
      .execute();
    const { kind, code, words } = outcome;
    await db
      .insertInto('delivery_attempt')
      .values({ delivery_id: id, at, outcome: kind, code, words })
      .execute();
  });
  return next.count;
}

function nextOf(channel: Channel, tries: number, outcome: SendOutcome, at: Instant) {
  const ended = (state: 'sent' | 'failed' | 'uncertain') =>
    ({ set: { state, ended_at: at }, count: state }) as const;
  const waits = (next_at: Instant, change = {}) =>
    ({ set: { state: 'waiting', next_at, ...change }, count: 'put_off' }) as const;
  if (outcome.kind === 'sent') return ended('sent');
  if (outcome.kind === 'refused') return ended('failed');
  // A channel out of order is nothing that the message has to answer for: it costs none of its tries.
  if (outcome.kind === 'retry' && outcome.scope === 'channel')
    return waits(at, { tries: tries - 1 });
  if (outcome.kind === 'uncertain' && !channel.resendsUncertain) return ended('uncertain');
  const next = nextTry(tries, at);
  return next === null ? ended('failed') : waits(next);
}

/** Nothing goes by a channel for a while; what was claimed and not tried waits as before. */
async function pause(
  store: Store,
  { id }: Channel,
  { words, afterMs = CHANNEL_PAUSE_MS }: Extract<SendOutcome, { kind: 'retry' }>,
  { untried, at }: { readonly untried: readonly number[]; readonly at: Instant },
): Promise<void> {
  await store.transaction(async (trx) => {
    const db = notifyDb(trx);
    await db
      .updateTable('notice_channel')
      .set({ paused_until: later(at, afterMs), paused_why: words })
      .where('id', '=', id)
      .execute();
    if (untried.length > 0)
      await db
        .updateTable('delivery')
        .set(({ eb }) => ({
          state: 'waiting',
          claim: null,
          claimed_at: null,
          tries: eb('tries', '-', 1),
        }))
        .where('id', 'in', untried)
        .where('state', '=', 'sending')
        .execute();
  });
}
