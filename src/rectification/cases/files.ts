import { attachmentRow } from '../../documents/attachment.ts';
import { type Acting, assertMay, assertSees, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { type RectificationDb, rectificationDb } from '../rectification-db.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import { lockCase } from './case.repository.ts';
import { nextState, type RectificationCase } from './case.ts';
import { wordRefusal } from './case-words.ts';
import { type RectificationTrx, requireCase, unknownCase } from './step-case.ts';

/** Files of one answer, and of all answers of a case: more is an archive. */
const FILES_OF_ANSWER_MAX = 10;
const FILES_MAX = 60;

/** A file that a unit gave. `stepId`: the answer that it belongs to; null = added, and not sent with an answer yet. */
export interface RectificationFile {
  readonly id: number;
  readonly stepId: number | null;
  readonly name: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly addedBy: string;
  readonly addedAt: Instant;
}

const COLUMNS = ['id', 'step_id as stepId', 'name', 'media_type as mediaType', 'sha256'] as const;
const MORE_COLUMNS = ['bytes', 'added_by as addedBy', 'added_at as addedAt'] as const;

export async function listFiles(db: RectificationDb, caseId: number): Promise<RectificationFile[]> {
  return db
    .selectFrom('rectification_file')
    .select([...COLUMNS, ...MORE_COLUMNS])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute();
}

/** Files change only while an answer may be given: an answer that was given keeps its own. */
async function answerable(
  trx: RectificationTrx,
  acting: Acting,
  caseId: number,
): Promise<RectificationCase> {
  assertMay(acting, 'rectification.answer');
  const given = await lockCase(trx, caseId);
  if (given === null) throw unknownCase();
  assertSees(acting, given.unitId, unknownCase);
  if (nextState(given, 'answer') === null) throw wordRefusal(given, 'answer', 'state');
  return given;
}

interface FileInput {
  readonly caseId: number;
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
  readonly at: Instant;
}

/**
 * Adds a file to the answer that is being prepared; what it is is read from its bytes. Throws {@link UserError} `rectification.unknown`,
 * `rectification.state`, `rectification.closed`, `rectification.files`, `case.file-type`, `http.too-large`, `identity.forbidden`.
 */
export async function addFile(
  { store }: Pick<RectificationDeps, 'store'>,
  acting: Acting,
  { caseId, file, at }: FileInput,
): Promise<RectificationFile> {
  const kept = attachmentRow(file);
  return store.transaction(async (ofStore) => {
    const trx = ofStore as unknown as RectificationTrx;
    await answerable(trx, acting, caseId);
    const files = await listFiles(trx, caseId);
    const isFull = files.filter(({ stepId }) => stepId === null).length >= FILES_OF_ANSWER_MAX;
    if (isFull || files.length >= FILES_MAX)
      throw new UserError(
        'rectification.files',
        `一次反馈最多 ${FILES_OF_ANSWER_MAX} 个附件，一件事项最多 ${FILES_MAX} 个；请先去掉不用的。`,
        { family: 'state', field: 'files' },
      );
    const row = await trx
      .insertInto('rectification_file')
      .values({
        ...{ ...kept, case_id: caseId, step_id: null },
        ...{ added_by: nameOf(acting), added_at: at },
      })
      .returning([...COLUMNS, ...MORE_COLUMNS])
      .executeTakeFirstOrThrow();
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'rectification.attach' },
      ...{ subject: `rectification:${caseId}`, detail: {}, before: null },
      after: { file: kept.name, bytes: kept.bytes, sha256: kept.sha256 },
    });
    return row;
  });
}

const unknownFile = (): UserError => new UserError('file.unknown', '没有这个附件。');

/** Takes off a file that was not sent with an answer yet. Throws as {@link addFile}, and {@link UserError} `file.unknown`. */
export async function removeFile(
  { store }: Pick<RectificationDeps, 'store'>,
  acting: Acting,
  { caseId, fileId }: { readonly caseId: number; readonly fileId: number },
): Promise<void> {
  await store.transaction(async (ofStore) => {
    const trx = ofStore as unknown as RectificationTrx;
    await answerable(trx, acting, caseId);
    const row = await trx
      .deleteFrom('rectification_file')
      .where('case_id', '=', caseId)
      .where('id', '=', fileId)
      .where('step_id', 'is', null)
      .returning(['name', 'bytes', 'sha256'])
      .executeTakeFirst();
    if (row === undefined) throw unknownFile();
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'rectification.detach' },
      ...{ subject: `rectification:${caseId}`, detail: {}, after: null },
      before: { file: row.name, bytes: row.bytes, sha256: row.sha256 },
    });
  });
}

/** A file's bytes. Throws {@link UserError} `rectification.unknown`, `file.unknown`. */
export async function openFile(
  { store }: Pick<RectificationDeps, 'store'>,
  acting: Acting,
  { caseId, fileId }: { readonly caseId: number; readonly fileId: number },
): Promise<{ name: string; mediaType: string; content: Uint8Array }> {
  const db = rectificationDb(store.db);
  await requireCase(db, acting, caseId);
  const row = await db
    .selectFrom('rectification_file')
    .select(['name', 'media_type as mediaType', 'content'])
    .where('case_id', '=', caseId)
    .where('id', '=', fileId)
    .executeTakeFirst();
  if (row === undefined) throw unknownFile();
  return row;
}

/** The files that were added belong to the answer that is given now. */
export async function takeFiles(
  db: RectificationDb,
  caseId: number,
  stepId: number,
): Promise<void> {
  await db
    .updateTable('rectification_file')
    .set({ step_id: stepId })
    .where('case_id', '=', caseId)
    .where('step_id', 'is', null)
    .execute();
}
