import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { UserError } from '../../lib/pure/errors.ts';
import type { LifecycleDb } from '../lifecycle-db.ts';

/** Files of one case: a scanned application, a certificate, pictures of the account; more is an archive. */
export const FILES_MAX = 10;
export const FILE_BYTES_MAX = 8 * 1024 * 1024;
/** Parts that an office document may have, and what they unpack to: only their names are read. */
const PARTS_MAX = 2_000;

export const PURPOSES = ['material', 'proof'] as const;
/** `material`: what the application rests on; `proof`: that the account was deregistered. */
export type FilePurpose = (typeof PURPOSES)[number];

const TYPES = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** What a file is by its bytes, whatever it is called. Throws {@link UserError} `case.file-type`, `http.too-large`. */
export function sniffCaseFile(name: string, bytes: Uint8Array): string {
  if (bytes.byteLength > FILE_BYTES_MAX)
    throw new UserError('http.too-large', `“${name}”超过 ${FILE_BYTES_MAX / 1_048_576} MB。`);
  const head = Buffer.from(bytes.subarray(0, 8));
  const tail = Buffer.from(bytes.subarray(-1024)).toString('latin1');
  if (head.subarray(0, 5).toString('latin1') === '%PDF-' && tail.includes('%%EOF'))
    return TYPES.pdf;
  if (head.equals(Buffer.from('89504e470d0a1a0a', 'hex')) && tail.includes('IEND'))
    return TYPES.png;
  if (head.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))) return TYPES.jpeg;
  const office = officeKind(bytes);
  if (office !== null) return TYPES[office];
  throw new UserError(
    'case.file-type',
    `“${name}”不是完整的 PDF、PNG、JPEG、.docx 或 .xlsx 文件；请转成其中一种再传。`,
    { field: 'files' },
  );
}

function officeKind(bytes: Uint8Array): 'docx' | 'xlsx' | null {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return null;
  const names = new Set<string>();
  try {
    unzipSync(bytes, {
      filter: ({ name }) => {
        if (names.size <= PARTS_MAX) names.add(name);
        return false;
      },
    });
  } catch {
    return null;
  }
  if (names.size > PARTS_MAX || !names.has('[Content_Types].xml')) return null;
  // A document with a program inside is refused.
  if ([...names].some((name) => name.endsWith('vbaProject.bin'))) return null;
  if (names.has('word/document.xml')) return 'docx';
  return names.has('xl/workbook.xml') ? 'xlsx' : null;
}

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
