import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { UserError } from '../lib/pure/errors.ts';

/** One attached file: a scanned form, a picture, a table; more is an archive. */
export const FILE_BYTES_MAX = 8 * 1024 * 1024;
/** Parts that an office document may have, and what they unpack to: only their names are read. */
const PARTS_MAX = 2_000;

const TYPES = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** What an attached file is by its bytes, whatever it is called. Throws {@link UserError} `case.file-type`, `http.too-large`. */
export function sniffAttachment(name: string, bytes: Uint8Array): string {
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
  if (office === 'macro')
    throw new UserError(
      'case.file-type',
      `“${name}”里有宏（程序），不能上传；请另存为不含宏的 .docx、.xlsx 或 PDF 再传。`,
      { field: 'files' },
    );
  if (office !== null) return TYPES[office];
  throw new UserError(
    'case.file-type',
    `“${name}”不是完整的 PDF、PNG、JPEG、.docx 或 .xlsx 文件；请转成其中一种再传。`,
    { field: 'files' },
  );
}

/** What is kept of an attached file, as columns. Throws as {@link sniffAttachment}. */
export function attachmentRow({
  name,
  bytes,
}: {
  readonly name: string;
  readonly bytes: Uint8Array;
}) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    ...{ name, media_type: sniffAttachment(name, bytes), sha256 },
    ...{ bytes: bytes.byteLength, content: Buffer.from(bytes) },
  };
}

function officeKind(bytes: Uint8Array): 'docx' | 'xlsx' | 'macro' | null {
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
  if ([...names].some((name) => name.endsWith('vbaProject.bin'))) return 'macro';
  if (names.has('word/document.xml')) return 'docx';
  return names.has('xl/workbook.xml') ? 'xlsx' : null;
}
