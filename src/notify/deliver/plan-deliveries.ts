import { sql } from 'kysely';
import type { Instant } from '../../lib/pure/dates.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { StoreDeps } from '../../store/store.ts';
import { allChannels, type Channel } from '../channel.ts';
import { giveWaiting } from '../give-copies.ts';
import { notifyDb } from '../notify-db.ts';
import { heldUntil } from './delivery-policy.ts';

/** Notices planned in one transaction. */
const SLICE = 500;
/** While so many messages wait, further notices stay unplanned: they are in the inboxes, and nothing is lost. */
export const BACKLOG_MAX = 20_000;

/**
 * Decides by which channels new notices go, to whom, and until when they are held back. E-mail: everybody in whose inbox a notice lies, who
 * has an address and has not put the kind off. The others: the channels of the notice's unit, or of the supervisors. Returns how many
 * notices were planned.
 */
export async function planDeliveries(
  { store }: StoreDeps,
  { at }: { readonly at: Instant },
): Promise<number> {
  return store.transaction(async (trx) => {
    await lockInTransaction(trx, 'notice-plan');
    await giveWaiting(trx, at);
    const db = notifyDb(trx);
    const { rows: waiting } = await sql<{ count: number }>`
      select count(*)::int as count from (select 1 from delivery where state = 'waiting' limit ${BACKLOG_MAX}) w`.execute(
      trx,
    );
    if ((waiting[0]?.count ?? 0) >= BACKLOG_MAX) return 0;
    const channels = (await allChannels(db)).filter(({ enabled }) => enabled);
    const { rows } = await sql<{ id: number }>`
      update notice set planned_at = ${at}::timestamptz where id in (
        select id from notice where planned_at is null and given_at is not null order by id limit ${SLICE}
      ) returning id`.execute(trx);
    if (rows.length === 0 || channels.length === 0) return rows.length;
    await sql`
      with channels as (
        select * from jsonb_to_recordset(${JSON.stringify(rowsOf(channels, at))}::jsonb) as channels(id int,
               email boolean, unit_id int, kinds jsonb, held timestamptz, held_urgent timestamptz)
      ), planned as (select * from notice where id = any(${`{${rows.map(({ id }) => id).join(',')}}`}::int[]))
      insert into delivery_item (notice_id, channel_id, user_id, hold_until)
      select n.id, c.id, a.user_id, case when n.urgent then c.held_urgent else c.held end
        from planned n join channels c on c.email join notice_copy k on k.notice_id = n.id
        join app_user p on p.id = k.user_id and p.state = 'active'
        join notice_address a on a.user_id = k.user_id and a.email is not null and not a.without_kinds ? n.kind
       where c.kinds is null or c.kinds ? n.kind
      union all
      select n.id, c.id, null, case when n.urgent then c.held_urgent else c.held end
        from planned n join channels c on not c.email
         and (c.unit_id = n.unit_id or c.unit_id is null and n.audience = 'supervisor')
       where c.kinds is null or c.kinds ? n.kind
      on conflict do nothing`.execute(trx);
    return rows.length;
  });
}

/** The oldest e-mail channel sends for everybody; a second one is kept for the day on which it is switched over. */
function rowsOf(channels: readonly Channel[], at: Instant): object[] {
  const mail = channels.find(({ kind }) => kind === 'email');
  return channels
    .filter((channel) => channel.kind !== 'email' || channel === mail)
    .map((channel) => {
      const silence = { ...channel.quiet, workdaysOnly: channel.workdaysOnly };
      return {
        ...{ id: channel.id, email: channel.kind === 'email', unit_id: channel.unitId },
        kinds: channel.kinds,
        held: heldUntil(silence, at, false),
        held_urgent: heldUntil(silence, at, true),
      };
    });
}
