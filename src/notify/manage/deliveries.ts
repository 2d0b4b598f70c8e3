import { sql } from 'kysely';
import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { allChannels, type NotifyDeps } from '../channel.ts';
import { transmit } from '../deliver/send-deliveries.ts';
import { type DeliveryState, notifyDb } from '../notify-db.ts';

/** A message as the delivery log lists it. */
export interface ListedDelivery {
  readonly id: number;
  readonly channel: string;
  readonly receiver: string;
  readonly title: string;
  readonly state: DeliveryState;
  readonly tries: number;
  readonly madeAt: Instant;
  readonly nextAt: Instant | null;
  readonly endedAt: Instant | null;
  /** What the last try said. */
  readonly words: string;
}

/** Counting stops here. */
const COUNT_MAX = 10_000;

/** Messages, the newest first. Throws {@link UserError} `identity.forbidden`. */
export async function listDeliveries(
  { store }: Pick<NotifyDeps, 'store'>,
  acting: Acting,
  filter: {
    readonly state?: DeliveryState | undefined;
    readonly channelId?: number | undefined;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<{ items: ListedDelivery[]; total: number; totalIsExact: boolean }> {
  assertMay(acting, 'system.read');
  const { state, channelId, limit, offset } = filter;
  const where = sql`${state === undefined ? sql`true` : sql`d.state = ${state}`}
    and ${channelId === undefined ? sql`true` : sql`d.channel_id = ${channelId}`}`;
  const { rows } = await sql<ListedDelivery>`
    select d.id, c.name as channel, coalesce(p.name, u.name, '主管单位') as receiver, d.title, d.state, d.tries,
           d.made_at as "madeAt", case when d.state = 'waiting' then d.next_at end as "nextAt", d.ended_at as "endedAt",
           coalesce(last.words, '') as words
      from delivery d join notice_channel c on c.id = d.channel_id left join unit u on u.id = c.unit_id
      left join app_user p on p.id = d.user_id
      left join lateral (select words from delivery_attempt a where a.delivery_id = d.id order by a.id desc limit 1) last on true
     where ${where} order by d.id desc limit ${limit} offset ${offset}`.execute(store.db);
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from (select 1 from delivery d where ${where} limit ${COUNT_MAX + 1}) found`.execute(
    store.db,
  );
  const total = counted.rows[0]?.total ?? 0;
  return { items: rows, total: Math.min(total, COUNT_MAX), totalIsExact: total <= COUNT_MAX };
}

/**
 * Sends again what failed, or what nobody knows of: a person takes it upon himself that it may arrive twice. Audited. Throws
 * {@link UserError} `identity.forbidden`, `delivery.unknown`, `delivery.state`, `delivery.unconfirmed`.
 */
export async function resendDelivery(
  { store }: Pick<NotifyDeps, 'store'>,
  acting: Acting,
  input: { readonly id: number; readonly mayDouble: boolean; readonly at: Instant },
): Promise<void> {
  assertMay(acting, 'system.manage');
  const { id, mayDouble, at } = input;
  await store.transaction(async (trx) => {
    const db = notifyDb(trx);
    const row = await db
      .selectFrom('delivery')
      .select('state')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw new UserError('delivery.unknown', '没有这条发送记录。');
    if (row.state !== 'failed' && row.state !== 'uncertain')
      throw new UserError('delivery.state', '只有没送到或不确定的才能重发。', { family: 'state' });
    if (row.state === 'uncertain' && !mayDouble)
      throw new UserError(
        'delivery.unconfirmed',
        '这条可能已经送到，重发会收到两次；请先向收件人核实，确要重发的再确认。',
        { family: 'state' },
      );
    await db
      .updateTable('delivery')
      .set({ state: 'waiting', next_at: at, made_at: at, tries: 0, ended_at: null })
      .where('id', '=', id)
      .execute();
    await db
      .insertInto('delivery_attempt')
      .values({
        ...{ delivery_id: id, at, outcome: 'resend', code: row.state, words: '人工重发' },
        by_name: nameOf(acting),
      })
      .execute();
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'delivery.resend', subject: `delivery:${id}` },
      ...{ detail: { mayDouble }, before: { state: row.state }, after: { state: 'waiting' } },
    });
  });
}

/**
 * Sends a test message by a channel at once, to `email` where it is an e-mail channel; nothing of it is queued. Audited. Throws
 * {@link UserError} `identity.forbidden`, `channel.unknown`.
 */
export async function testChannel(
  deps: NotifyDeps,
  acting: Acting,
  input: { readonly id: number; readonly email: string | null; readonly at: Instant },
): Promise<{ readonly ok: boolean; readonly code: string; readonly words: string }> {
  assertMay(acting, 'system.manage');
  const channel = (await allChannels(notifyDb(deps.store.db))).find(({ id }) => id === input.id);
  if (channel === undefined) throw new UserError('channel.unknown', '没有这个发送通道。');
  const message = {
    ...{ key: `test:${channel.id}:${input.at}`, title: '【巡鉴】测试' },
    ...{ text: '这是一条测试消息；收到就说明通道可用。', email: input.email },
  };
  const outcome = await transmit(deps, channel, message, new Date(input.at));
  await deps.store.transaction((trx) =>
    recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'channel.test', subject: `channel:${channel.id}` },
      ...{
        detail: { name: channel.name },
        before: null,
        after: { outcome: outcome.kind, code: outcome.code },
      },
    }),
  );
  return { ok: outcome.kind === 'sent', code: outcome.code, words: outcome.words };
}
