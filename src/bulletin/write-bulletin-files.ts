import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printPdf } from '../documents/print-pdf.ts';
import { writeAnnexWorkbook } from '../documents/write-annex-workbook.ts';
import { writeOfficialDocx } from '../documents/write-official-docx.ts';
import { isLongDocument, writeOfficialHtml } from '../documents/write-official-html.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Bulletin } from './bulletin.ts';
import { officialForm } from './official-form.ts';

/** Every file that a build can write; one that this build did not write must not stay from an older one. */
const FILE_NAMES = [
  'bulletin.json',
  'bulletin.docx',
  'bulletin.html',
  'annexes.xlsx',
  'bulletin.pdf',
] as const;
type BuiltFile = readonly [name: (typeof FILE_NAMES)[number], bytes: Uint8Array];

export interface WrittenFiles {
  readonly files: readonly string[];
  /** SHA-256 (hex) of bulletin.json. */
  readonly sha256: string;
  /** SHA-256 (hex) of each file, by name. */
  readonly fileHashes: Readonly<Record<string, string>>;
  /** Why there is no PDF, or null. */
  readonly pdfSkipped: string | null;
}

/** Writes the files of a reconciled bulletin into a folder. Throws {@link UserError} `bulletin.folder` when it cannot be written. */
export async function writeBulletinFiles(
  bulletin: Bulletin,
  folder: string,
  chromiumPath: string | undefined,
): Promise<WrittenFiles> {
  const json = Buffer.from(`${JSON.stringify(bulletin, null, 1)}\n`);
  const official = officialForm(bulletin);
  const html = writeOfficialHtml(official);
  const pdf = await printPdf(html, chromiumPath, !isLongDocument(official));
  const files: readonly BuiltFile[] = [
    ['bulletin.json', json],
    ['bulletin.docx', await writeOfficialDocx(official)],
    ['bulletin.html', Buffer.from(html)],
    ['annexes.xlsx', await writeAnnexWorkbook(official.annexes)],
    ...(pdf.ok ? [['bulletin.pdf', pdf.bytes] as const] : []),
  ];
  await writeWhole(folder, files);
  return {
    files: files.map(([name]) => name),
    sha256: sha256Of(json),
    fileHashes: Object.fromEntries(files.map(([name, bytes]) => [name, sha256Of(bytes)])),
    pdfSkipped: pdf.ok ? null : pdf.reason,
  };
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes beside, then renames: a kill leaves no half file, and an older set is replaced file by file. */
async function writeWhole(folder: string, files: readonly BuiltFile[]): Promise<void> {
  const unfinished = join(folder, `.unfinished-${randomUUID()}`);
  try {
    await mkdir(unfinished, { recursive: true });
    try {
      for (const [name, bytes] of files) await writeFile(join(unfinished, name), bytes);
      const written = new Set<string>(files.map(([name]) => name));
      for (const name of FILE_NAMES)
        if (!written.has(name)) await rm(join(folder, name), { force: true });
      for (const [name] of files) await rename(join(unfinished, name), join(folder, name));
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  } catch (cause) {
    throw new UserError('bulletin.folder', `写不进目录 ${folder}：${String(cause)}`, {
      field: 'out',
      cause,
    });
  }
}
