import { sql } from 'kysely';
import { type Acting, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { StoreDeps } from '../../store/store.ts';
import type { DutyTrx } from '../duty-db.ts';
import { draftOf, holdRegulation, trailRegulation } from './hold-regulation.ts';
import { NOTE_MAX } from './regulation.ts';

/**
 * Ends a regulation that was published: it stays to be read, and nobody is asked any more. Throws {@link UserError} `identity.forbidden`,
 * `regulation.unknown`, `regulation.repealed`, `regulation.state` (a draft, or none published), `regulation.text`.
 */
export async function repealRegulation(
  { store }: StoreDeps,
  acting: Acting,
  input: { readonly id: number; readonly reason: string; readonly at: Instant },
): Promise<void> {
  const { id, at } = input;
  const reason = input.reason.trim();
  if (reason === '' || reason.length > NOTE_MAX)
    throw new UserError('regulation.text', `请写明为什么废止，不超过 ${NOTE_MAX} 字。`, {
      field: 'reason',
    });
  await store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    await holdRegulation(trx, acting, id);
    const published = await sql`
      select 1 from regulation_version where regulation_id = ${id} and state = 'published' limit 1`.execute(
      trx,
    );
    if (published.rows.length === 0 || (await draftOf(trx, id)) !== null)
      throw new UserError('regulation.state', '有草稿的请先发布或放弃草稿，再废止。', {
        family: 'state',
      });
    const repealedOn = shanghaiDate(at);
    await trx
      .updateTable('regulation')
      .set({ repealed_on: repealedOn, repealed_by: nameOf(acting), repeal_reason: reason })
      .where('id', '=', id)
      .execute();
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'regulation.repeal', subject: trailRegulation(id) },
      ...{ detail: { reason }, before: { repealedOn: null }, after: { repealedOn } },
    });
  });
}
