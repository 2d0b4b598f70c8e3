import { attachmentRow } from '../../documents/attachment.ts';
import { type Acting, assertMay, nameOf, scopeOf } from '../../domain/acting.ts';
import { isInScope } from '../../domain/actor.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { StoreDeps } from '../../store/store.ts';
import { type DutyTrx, dutyDb } from '../duty-db.ts';
import { readTraining } from './list-trainings.ts';
import { holdTraining, trailTraining } from './record-training.ts';

/** Evidence of one session: the sign-in sheet, pictures, the paper; more is an archive. */
const FILES_MAX = 5;
const unknownFile = (): UserError => new UserError('file.unknown', '没有这个附件。');

/**
 * Attaches evidence to a session; what it is is read from its bytes. Throws {@link UserError} `identity.forbidden`, `training.unknown`,
 * `training.withdrawn`, `training.files`, `case.file-type`, `http.too-large`.
 */
export async function attachTrainingFile(
  { store }: StoreDeps,
  acting: Acting,
  input: {
    readonly id: number;
    readonly file: { readonly name: string; readonly bytes: Uint8Array };
    readonly at: Instant;
  },
): Promise<void> {
  const { id, at } = input;
  assertMay(acting, 'duty.edit');
  const kept = attachmentRow(input.file);
  await store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    await holdTraining(trx, acting, { id });
    const files = await trx
      .selectFrom('training_file')
      .select('id')
      .where('training_id', '=', id)
      .execute();
    if (files.length >= FILES_MAX)
      throw new UserError('training.files', `一次培训最多 ${FILES_MAX} 个附件；请先去掉不用的。`, {
        family: 'state',
      });
    await trx
      .insertInto('training_file')
      .values({ training_id: id, ...kept, added_by: nameOf(acting), added_at: at })
      .execute();
    const { name, bytes, sha256 } = kept;
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'training.attach', subject: trailTraining(id) },
      ...{ detail: {}, before: null, after: { file: name, bytes, sha256 } },
    });
  });
}

/** Takes evidence off. Throws as {@link attachTrainingFile}, and {@link UserError} `file.unknown`. */
export async function detachTrainingFile(
  { store }: StoreDeps,
  acting: Acting,
  { id, fileId }: { readonly id: number; readonly fileId: number },
): Promise<void> {
  await store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    await holdTraining(trx, acting, { id });
    const row = await trx
      .deleteFrom('training_file')
      .where('training_id', '=', id)
      .where('id', '=', fileId)
      .returning(['name', 'bytes', 'sha256'])
      .executeTakeFirst();
    if (row === undefined) throw unknownFile();
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'training.detach', subject: trailTraining(id) },
      detail: {},
      ...{ before: { file: row.name, bytes: row.bytes, sha256: row.sha256 }, after: null },
    });
  });
}

/** Evidence, for whoever looks after the organiser: it names people of every unit. Throws {@link UserError} `training.unknown`, `file.unknown`. */
export async function openTrainingFile(
  deps: StoreDeps,
  acting: Acting,
  { id, fileId }: { readonly id: number; readonly fileId: number },
): Promise<{ name: string; mediaType: string; content: Uint8Array }> {
  const { organiserId } = await readTraining(deps, acting, { id });
  if (!isInScope(scopeOf(acting), organiserId)) throw unknownFile();
  const file = await dutyDb(deps.store.db)
    .selectFrom('training_file')
    .select(['name', 'media_type as mediaType', 'content'])
    .where('training_id', '=', id)
    .where('id', '=', fileId)
    .executeTakeFirst();
  if (file === undefined) throw unknownFile();
  return file;
}
