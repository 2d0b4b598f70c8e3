import { sniffAttachment } from '../../documents/attachment.ts';
import { type Acting, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { lifecycleDb } from '../lifecycle-db.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import { lockCase } from './case.repository.ts';
import type { AccountCase } from './case.ts';
import { refuseStep } from './case.ts';
import {
  type CaseFile,
  deleteCaseFile,
  FILES_MAX,
  type FilePurpose,
  insertCaseFile,
  listCaseFiles,
  readCaseFile,
} from './case-files.ts';
import { wordRefusal } from './case-words.ts';
import { caseActorOf, type LifecycleTrx, requireCase } from './step-case.ts';

/** Files belong to the application: they change only while it may be changed. */
async function amendable(trx: LifecycleTrx, acting: Acting, caseId: number): Promise<AccountCase> {
  await requireCase(lifecycleDb(trx), acting, caseId);
  const given = (await lockCase(trx, caseId))!;
  const refusal = refuseStep(given, 'amend', caseActorOf(acting));
  if (refusal !== null) throw wordRefusal(given, 'amend', refusal);
  return given;
}

/**
 * Attaches a file to a draft or a returned case; what it is is read from its bytes. Throws {@link UserError} `case.unknown`,
 * `case.state`, `case.file-type`, `case.files`, `http.too-large`, `identity.forbidden`.
 */
export async function attachFile(
  { store }: LifecycleDeps,
  acting: Acting,
  input: {
    readonly caseId: number;
    readonly purpose: FilePurpose;
    readonly file: { readonly name: string; readonly bytes: Uint8Array };
    readonly at: Instant;
  },
): Promise<CaseFile> {
  const { caseId, purpose, file, at } = input;
  const mediaType = sniffAttachment(file.name, file.bytes);
  return store.transaction(async (any) => {
    const trx = any as unknown as LifecycleTrx;
    await amendable(trx, acting, caseId);
    if ((await listCaseFiles(trx, caseId)).length >= FILES_MAX)
      throw new UserError('case.files', `一件事项最多 ${FILES_MAX} 个附件；请先去掉不用的。`, {
        family: 'state',
      });
    const kept = await insertCaseFile(trx, caseId, {
      ...{ purpose, name: file.name, mediaType, content: file.bytes },
      ...{ addedBy: nameOf(acting), addedAt: at },
    });
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'case.attach', subject: `case:${caseId}` },
      detail: { purpose },
      before: null,
      after: { file: kept.name, bytes: kept.bytes, sha256: kept.sha256 },
    });
    return kept;
  });
}

/** Takes a file off a draft or a returned case. Throws {@link UserError} `case.unknown`, `file.unknown`, `case.state`. */
export async function detachFile(
  { store }: LifecycleDeps,
  acting: Acting,
  { caseId, fileId }: { readonly caseId: number; readonly fileId: number },
): Promise<void> {
  await store.transaction(async (any) => {
    const trx = any as unknown as LifecycleTrx;
    await amendable(trx, acting, caseId);
    const file = await deleteCaseFile(trx, caseId, fileId);
    if (file === null) throw unknownFile();
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'case.detach', subject: `case:${caseId}` },
      detail: { purpose: file.purpose },
      before: { file: file.name, bytes: file.bytes, sha256: file.sha256 },
      after: null,
    });
  });
}

const unknownFile = (): UserError => new UserError('file.unknown', '没有这个附件。');

/** A file's bytes. Throws {@link UserError} `case.unknown`, `file.unknown`. */
export async function openFile(
  { store }: LifecycleDeps,
  acting: Acting,
  { caseId, fileId }: { readonly caseId: number; readonly fileId: number },
): Promise<NonNullable<Awaited<ReturnType<typeof readCaseFile>>>> {
  const db = lifecycleDb(store.db);
  await requireCase(db, acting, caseId);
  const file = await readCaseFile(db, caseId, fileId);
  if (file === null) throw unknownFile();
  return file;
}
