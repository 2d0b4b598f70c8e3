import { createHash } from 'node:crypto';
import type { LifecycleDb } from '../lifecycle-db.ts';

/** Files of one case: a scanned application, a certificate, pictures of the account; more is an archive. */
export const FILES_MAX = 10;

export const PURPOSES = ['material', 'proof'] as const;
/** `material`: what the application rests on; `proof`: that the account was deregistered. */
export type FilePurpose = (typeof PURPOSES)[number];

export interface CaseFile {
  readonly id: number;
  readonly purpose: FilePurpose;
  readonly name: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly addedBy: string;
  readonly addedAt: string;
}

export async function listCaseFiles(db: LifecycleDb, caseId: number): Promise<CaseFile[]> {
  return db
    .selectFrom('account_case_file')
    .select(['id', 'purpose', 'name', 'media_type as mediaType', 'sha256', 'bytes'])
    .select(['added_by as addedBy', 'added_at as addedAt'])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute();
}

export async function insertCaseFile(
  db: LifecycleDb,
  caseId: number,
  file: Omit<CaseFile, 'id' | 'sha256' | 'bytes'> & { readonly content: Uint8Array },
): Promise<CaseFile> {
  const { content, name, purpose, mediaType, addedBy, addedAt } = file;
  const sha256 = createHash('sha256').update(content).digest('hex');
  const bytes = content.byteLength;
  const { id } = await db
    .insertInto('account_case_file')
    .values({
      ...{ case_id: caseId, purpose, name, media_type: mediaType, sha256, bytes },
      ...{ content: Buffer.from(content), added_by: addedBy, added_at: addedAt },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, purpose, name, mediaType, sha256, bytes, addedBy, addedAt };
}

export async function readCaseFile(
  db: LifecycleDb,
  caseId: number,
  fileId: number,
): Promise<(Pick<CaseFile, 'name' | 'mediaType'> & { readonly content: Uint8Array }) | null> {
  const row = await db
    .selectFrom('account_case_file')
    .select(['name', 'media_type as mediaType', 'content'])
    .where('case_id', '=', caseId)
    .where('id', '=', fileId)
    .executeTakeFirst();
  return row ?? null;
}

export async function deleteCaseFile(
  db: LifecycleDb,
  caseId: number,
  fileId: number,
): Promise<CaseFile | null> {
  const row = await db
    .deleteFrom('account_case_file')
    .where('case_id', '=', caseId)
    .where('id', '=', fileId)
    .returning(['id', 'purpose', 'name', 'media_type as mediaType', 'sha256', 'bytes'])
    .returning(['added_by as addedBy', 'added_at as addedAt'])
    .executeTakeFirst();
  return row ?? null;
}
