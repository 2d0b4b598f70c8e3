import { attachmentRow } from '../../documents/attachment.ts';
import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { StoreDeps } from '../../store/store.ts';
import { type DutyTrx, dutyDb } from '../duty-db.ts';
import { draftOf, type HeldDraft, holdRegulation, trailRegulation } from './hold-regulation.ts';
import { readRegulation } from './read-regulation.ts';

async function holdDraft(trx: DutyTrx, acting: Acting, id: number): Promise<HeldDraft> {
  await holdRegulation(trx, acting, id);
  const draft = await draftOf(trx, id);
  if (draft !== null) return draft;
  throw new UserError('regulation.no-draft', '没有草稿：已经发布的版本不能改附件，请起草新版本。', {
    family: 'state',
  });
}

/** A change of the file is a change of the draft: who did it is its drafter, and whoever saw it before has to look again. */
async function touch(
  trx: DutyTrx,
  acting: Acting,
  { id, revision }: HeldDraft,
  at: Instant,
): Promise<void> {
  const drafter = typeof acting === 'string' ? null : acting.userId;
  await trx
    .updateTable('regulation_version')
    .set({ revision: revision + 1, drafted_by: nameOf(acting), drafted_by_id: drafter })
    .set({ drafted_at: at })
    .where('id', '=', id)
    .execute();
}

/**
 * Attaches the one file of a draft, in place of a former one; what it is is read from its bytes. Throws {@link UserError}
 * `identity.forbidden`, `regulation.unknown`, `regulation.repealed`, `regulation.no-draft`, `case.file-type`, `http.too-large`.
 */
export async function attachDraftFile(
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
  const kept = { ...attachmentRow(input.file), added_by: nameOf(acting), added_at: at };
  await store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    const draft = await holdDraft(trx, acting, id);
    await trx
      .insertInto('regulation_file')
      .values({ version_id: draft.id, ...kept })
      .onConflict((conflict) => conflict.column('version_id').doUpdateSet(kept))
      .execute();
    await touch(trx, acting, draft, at);
    const { name, bytes, sha256 } = kept;
    await recordAudit(trx, {
      ...{
        actor: nameOf(acting),
        action: 'regulation.attach',
        subject: trailRegulation(id),
        detail: {},
      },
      ...{ before: null, after: { file: name, bytes, sha256 } },
    });
  });
}

const unknownFile = (): UserError => new UserError('file.unknown', '没有这个附件。');

/** Takes the file off a draft. Throws as {@link attachDraftFile}, and {@link UserError} `file.unknown`. */
export async function detachDraftFile(
  { store }: StoreDeps,
  acting: Acting,
  { id, at }: { readonly id: number; readonly at: Instant },
): Promise<void> {
  await store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    const draft = await holdDraft(trx, acting, id);
    const row = await trx
      .deleteFrom('regulation_file')
      .where('version_id', '=', draft.id)
      .returning(['name', 'bytes', 'sha256'])
      .executeTakeFirst();
    if (row === undefined) throw unknownFile();
    await touch(trx, acting, draft, at);
    await recordAudit(trx, {
      ...{
        actor: nameOf(acting),
        action: 'regulation.detach',
        subject: trailRegulation(id),
        detail: {},
      },
      ...{ before: { file: row.name, bytes: row.bytes, sha256: row.sha256 }, after: null },
    });
  });
}

/** The file of a version that somebody sees. Throws {@link UserError} `regulation.unknown`, `file.unknown`, `identity.forbidden`. */
export async function openRegulationFile(
  deps: StoreDeps,
  acting: Acting,
  { id, versionId }: { readonly id: number; readonly versionId: number },
): Promise<{ name: string; mediaType: string; content: Uint8Array }> {
  const { shown } = await readRegulation(deps, acting, { id, versionId });
  const file = await dutyDb(deps.store.db)
    .selectFrom('regulation_file')
    .select(['name', 'media_type as mediaType', 'content'])
    .where('version_id', '=', shown.versionId)
    .executeTakeFirst();
  if (file === undefined) throw unknownFile();
  return file;
}
