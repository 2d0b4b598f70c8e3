import { attachmentRow } from '../../documents/attachment.ts';
import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { StoreDeps } from '../../store/store.ts';
import { type AskedUnit, requireUnit } from '../hold-unit.ts';
import type { SelfCheckTrx } from '../open-self-check.ts';
import { type SelfCheckDb, selfCheckDb } from '../self-check-db.ts';
import { type AskedQuestion, holdQuestion, requireLine } from './hold-question.ts';

/** Files of one answer, and of all answers to a question: more is an archive. */
const FILES_OF_ANSWER_MAX = 5;
const FILES_MAX = 20;

export interface QuestionFile {
  readonly id: number;
  /** The answer that it belongs to; null = it goes with the next one. */
  readonly answerId: number | null;
  readonly name: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly addedBy: string;
  readonly addedAt: Instant;
}

const COLUMNS = ['id', 'answer_id as answerId', 'name', 'media_type as mediaType'] as const;
const MORE_COLUMNS = ['sha256', 'bytes', 'added_by as addedBy', 'added_at as addedAt'] as const;

export const listFiles = (db: SelfCheckDb, questionId: number): Promise<QuestionFile[]> =>
  db
    .selectFrom('self_check_file')
    .select([...COLUMNS, ...MORE_COLUMNS])
    .where('question_id', '=', questionId)
    .orderBy('id')
    .execute();

/**
 * Adds a file to the answer that is being written; what it is is read from its bytes. Throws {@link UserError} `selfcheck.files`,
 * `selfcheck.answered`, `case.file-type`, `http.too-large`, and what `requireLine` and `holdQuestion` throw.
 */
export async function addFile(
  deps: StoreDeps,
  acting: Acting,
  input: AskedQuestion & {
    readonly file: { readonly name: string; readonly bytes: Uint8Array };
    readonly at: Instant;
  },
): Promise<QuestionFile> {
  assertMay(acting, 'selfcheck.submit');
  const { file, at, ...asked } = input;
  const { line } = await requireLine(deps, acting, asked);
  const kept = attachmentRow(file);
  return deps.store.transaction(async (anyTrx) => {
    const trx = selfCheckDb(anyTrx) as SelfCheckTrx;
    const question = await holdQuestion(trx, asked, line);
    if (question.stand === 'accepted')
      throw new UserError('selfcheck.answered', '省里已经认可，不能再附材料。', {
        family: 'state',
      });
    const files = await listFiles(selfCheckDb(trx), question.id);
    const isFull = files.filter(({ answerId }) => answerId === null).length >= FILES_OF_ANSWER_MAX;
    if (isFull || files.length >= FILES_MAX)
      throw new UserError(
        'selfcheck.files',
        `一次答复最多 ${FILES_OF_ANSWER_MAX} 个附件，一个问题最多 ${FILES_MAX} 个；请先去掉不用的。`,
        { family: 'state', field: 'files' },
      );
    const row = await trx
      .insertInto('self_check_file')
      .values({
        ...{ ...kept, question_id: question.id, answer_id: null },
        ...{ added_by: nameOf(acting), added_at: at },
      })
      .returning([...COLUMNS, ...MORE_COLUMNS])
      .executeTakeFirstOrThrow();
    await recordAudit(anyTrx, {
      ...{ actor: nameOf(acting), action: 'selfcheck.attach', subject: `selfcheck:${asked.id}` },
      ...{ detail: { unitId: asked.unitId, key: asked.key }, before: null },
      after: { file: kept.name, bytes: kept.bytes, sha256: kept.sha256 },
    });
    return row;
  });
}

const unknownFile = (): UserError => new UserError('file.unknown', '没有这个附件。');

/** Takes off a file that was not sent with an answer yet. Throws as {@link addFile}, and {@link UserError} `file.unknown`. */
export async function removeFile(
  deps: StoreDeps,
  acting: Acting,
  { fileId, ...asked }: AskedQuestion & { readonly fileId: number },
): Promise<void> {
  assertMay(acting, 'selfcheck.submit');
  await requireUnit(deps, acting, asked);
  await deps.store.transaction(async (anyTrx) => {
    const trx = selfCheckDb(anyTrx) as SelfCheckTrx;
    const question = await holdQuestion(trx, asked, null);
    const row = await trx
      .deleteFrom('self_check_file')
      .where('question_id', '=', question.id)
      .where('id', '=', fileId)
      .where('answer_id', 'is', null)
      .returning(['name', 'bytes', 'sha256'])
      .executeTakeFirst();
    if (row === undefined) throw unknownFile();
    await recordAudit(anyTrx, {
      ...{ actor: nameOf(acting), action: 'selfcheck.detach', subject: `selfcheck:${asked.id}` },
      ...{ detail: { unitId: asked.unitId, key: asked.key }, before: { ...row }, after: null },
    });
  });
}

/** A file's bytes, for whoever sees the unit. Throws {@link UserError} `identity.forbidden`, `selfcheck.unknown`, `file.unknown`. */
export async function openFile(
  deps: StoreDeps,
  acting: Acting,
  { fileId, id, unitId }: AskedUnit & { readonly fileId: number },
): Promise<{ name: string; mediaType: string; content: Uint8Array }> {
  assertMay(acting, 'selfcheck.read');
  await requireUnit(deps, acting, { id, unitId });
  const row = await selfCheckDb(deps.store.db)
    .selectFrom('self_check_file as f')
    .innerJoin('self_check_question as q', 'q.id', 'f.question_id')
    .select(['f.name', 'f.media_type as mediaType', 'f.content'])
    .where('f.id', '=', fileId)
    .where('q.self_check_id', '=', id)
    .where('q.unit_id', '=', unitId)
    .executeTakeFirst();
  if (row === undefined) throw unknownFile();
  return row;
}
