import { sql } from 'kysely';
import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { StoreDeps } from '../../store/store.ts';
import type { DutyTrx } from '../duty-db.ts';
import { trailRegulation } from './hold-regulation.ts';
import { ADDRESSED, BELOW, CURRENT, READER } from './readers.ts';
import { seenVersions, unknownRegulation } from './sight.ts';

/**
 * A person confirms that he read the version in force; a second time changes nothing. Only who is asked to read it confirms, for himself.
 * Throws {@link UserError} `identity.forbidden`, `regulation.unknown`, `regulation.not-asked`, `regulation.old-version`.
 */
export async function confirmReading(
  { store }: StoreDeps,
  acting: Acting,
  input: { readonly id: number; readonly versionId: number; readonly at: Instant },
): Promise<void> {
  assertMay(acting, 'duty.read');
  const { id, versionId, at } = input;
  const userId = typeof acting === 'string' ? null : acting.userId;
  await store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    const { rows } = await sql<{
      readonly versionId: number;
      readonly number: number;
      readonly isAsked: boolean;
      readonly unitId: number | null;
    }>`
      with recursive ${CURRENT}, ${BELOW}, ${READER}
      select v.id as "versionId", v.number, p.id is not null as "isAsked", p.unit_id as "unitId"
        from current v join regulation r on r.id = v.regulation_id
        left join reader p on p.id = ${userId}::int and ${ADDRESSED}
       where v.regulation_id = ${id} and ${seenVersions(acting)}`.execute(trx);
    const [current] = rows;
    if (current === undefined) throw unknownRegulation();
    if (current.versionId !== versionId)
      throw new UserError(
        'regulation.old-version',
        `现行的是第 ${current.number} 版，请刷新以后读它。`,
        { family: 'state' },
      );
    if (!current.isAsked || userId === null)
      throw new UserError('regulation.not-asked', '这项制度不要您确认。', { family: 'state' });
    const read = { read_at: at, read_as: nameOf(acting), unit_id: current.unitId };
    const written = await trx
      .insertInto('regulation_reader')
      .values({ version_id: versionId, user_id: userId, ...read })
      .onConflict((conflict) =>
        conflict
          .columns(['version_id', 'user_id'])
          .doUpdateSet(read)
          .where('regulation_reader.read_at', 'is', null),
      )
      .returning('version_id')
      .executeTakeFirst();
    if (written === undefined) return;
    await recordAudit(trx, {
      ...{
        actor: nameOf(acting),
        action: 'regulation.read',
        subject: trailRegulation(id),
        detail: {},
      },
      ...{ before: { readAt: null }, after: { readAt: at, versionNumber: current.number } },
    });
  });
}
