import { sql } from 'kysely';
import { type Acting, assertMay, assertSees, nameOf, personOf } from '../domain/acting.ts';
import { recordAudit } from '../identity/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { type MatrixDeps, matrixDb } from './matrix-db.ts';

export const NOTE_MAX = 200;

/**
 * An operator has taken note of an alert and says what he does about it; it stays until a newer post is seen, or the
 * register and the platform agree. Audited. Throws
 * {@link UserError} `identity.forbidden`, `alert.unknown` (also outside of somebody's scope), `alert.state`.
 */
export async function acknowledgeAlert(
  { store }: MatrixDeps,
  acting: Acting,
  input: { readonly id: number; readonly note: string; readonly at: Instant },
): Promise<void> {
  assertMay(acting, 'alert.acknowledge');
  const { id, note, at } = input;
  await store.transaction(async (trx) => {
    const { rows } = await sql<{ unitId: number; state: string; by: string | null }>`
      select a.sponsor_id as "unitId", x.state, x.acknowledged_by as by
        from account_alert x join account a on a.id = x.account_id where x.id = ${id} for update of x`.execute(
      trx,
    );
    const [alert] = rows;
    const unknown = (): UserError => new UserError('alert.unknown', '没有这条提醒。');
    if (alert === undefined) throw unknown();
    assertSees(acting, alert.unitId, unknown);
    if (alert.state !== 'open' || alert.by !== null)
      throw new UserError(
        'alert.state',
        alert.by === null ? '这条提醒已经结束。' : `${alert.by}已经确认过这条提醒。`,
        { family: 'state' },
      );
    const { name, userId } = personOf(acting);
    await matrixDb(trx)
      .updateTable('account_alert')
      .set({ acknowledged_at: at, acknowledged_by: name, acknowledged_by_id: userId, note })
      .where('id', '=', id)
      .execute();
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'alert.acknowledge', subject: `alert:${id}` },
      ...{ detail: { note }, before: { state: 'open' }, after: { state: 'acknowledged' } },
    });
  });
}
