import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Instant } from '../../lib/pure/dates.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import { allChannels, type Channel, type NotifyDeps } from '../channel.ts';
import { kindName } from '../notice.ts';
import { type NotifyDb, notifyDb } from '../notify-db.ts';
import { endOfSilence } from './delivery-policy.ts';

interface DueItem {
  readonly noticeId: number;
  readonly channelId: number;
  readonly userId: number | null;
  readonly key: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly link: string | null;
  readonly urgent: boolean;
}

const SLICE = 1_000;
/** Notices told by one message; the rest goes into the next one. */
const DIGEST_MAX = 30;
/** Of each notice in a digest; the whole lies in the inbox. */
const DIGEST_TEXT_MAX = 300;

/**
 * Makes messages of what is due: an urgent notice is one of its own, several others of one kind to one receiver are one together.
 * What has become due inside quiet hours (nobody sent for a while) is held back anew. Returns how many messages were made.
 */
export async function composeDeliveries(
  deps: NotifyDeps,
  { at }: { readonly at: Instant },
): Promise<number> {
  return deps.store.transaction(async (trx) => {
    await lockInTransaction(trx, 'notice-compose');
    const db = notifyDb(trx);
    const channels = new Map((await allChannels(db)).map((channel) => [channel.id, channel]));
    await holdAnew(db, [...channels.values()], at);
    const { rows } = await sql<DueItem>`
      select i.notice_id as "noticeId", i.channel_id as "channelId", i.user_id as "userId", n.key, n.kind,
             n.title, n.text, n.link, n.urgent
        from delivery_item i join notice n on n.id = i.notice_id join notice_channel c on c.id = i.channel_id
       where i.delivery_id is null and i.hold_until <= ${at}::timestamptz and c.enabled
       order by i.notice_id limit ${SLICE} for update of i`.execute(trx);
    const groups = groupsOf(rows);
    for (const items of groups)
      await keep(db, items, composed(items, deps.notify.publicOrigin), at);
    return groups.length;
  });
}

async function holdAnew(db: NotifyDb, channels: readonly Channel[], at: Instant): Promise<void> {
  for (const { id, quiet, workdaysOnly } of channels) {
    const end = endOfSilence({ ...quiet, workdaysOnly }, at);
    if (end === at) continue;
    await sql`
      update delivery_item i set hold_until = ${end}::timestamptz from notice n
       where i.channel_id = ${id} and i.delivery_id is null and i.hold_until <= ${at}::timestamptz
         and n.id = i.notice_id and not n.urgent`.execute(db);
  }
}

function groupsOf(items: readonly DueItem[]): DueItem[][] {
  const groups = new Map<string, DueItem[]>();
  for (const item of items) {
    const { noticeId, channelId, userId, kind, urgent } = item;
    const like = [channelId, userId, urgent ? noticeId : kind].join(' ');
    for (let part = 0; ; part += 1) {
      const group = groups.get(`${like} ${part}`) ?? [];
      if (group.length >= DIGEST_MAX) continue;
      groups.set(`${like} ${part}`, [...group, item]);
      break;
    }
  }
  return [...groups.values()];
}

/** Title and text of one message, in Chinese. */
export function composed(
  items: readonly Pick<DueItem, 'kind' | 'title' | 'text' | 'link'>[],
  origin: string | null,
): { title: string; text: string } {
  const [only] = items;
  const where = (link: string | null): string =>
    link === null ? '' : origin === null ? '\n请登录巡鉴查看。' : `\n${origin}${link}`;
  if (only !== undefined && items.length === 1)
    return { title: `【巡鉴】${only.title}`, text: `${only.text}${where(only.link)}` };
  const name = kindName(items[0]?.kind ?? '');
  return {
    title: `【巡鉴】${name}：${items.length} 条`,
    text: items
      .map(({ title, text, link }, index) => {
        const short = text.length > DIGEST_TEXT_MAX ? `${text.slice(0, DIGEST_TEXT_MAX)}……` : text;
        return `${index + 1}. ${title}：${short}${where(link)}`;
      })
      .join('\n\n'),
  };
}

async function keep(
  db: NotifyDb,
  items: readonly DueItem[],
  { title, text }: { title: string; text: string },
  at: Instant,
): Promise<void> {
  const { channelId, userId, kind, urgent } = items[0]!;
  const key = createHash('sha256')
    .update(JSON.stringify([channelId, userId, items.map((item) => item.key)]))
    .digest('hex');
  const { id } = await db
    .insertInto('delivery')
    .values({
      ...{ key, channel_id: channelId, user_id: userId, kind, title, text, urgent },
      ...{ state: 'waiting', tries: 0, next_at: at, made_at: at },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await sql`
    update delivery_item set delivery_id = ${id} where channel_id = ${channelId}
       and user_id is not distinct from ${userId}::int
       and notice_id = any(${`{${items.map(({ noticeId }) => noticeId).join(',')}}`}::int[])`.execute(
    db,
  );
}
