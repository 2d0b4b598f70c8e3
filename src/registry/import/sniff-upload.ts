import { unzipSync } from 'fflate';
import { UserError } from '../../lib/pure/errors.ts';

export type UploadKind = 'xlsx' | 'csv' | 'json';

/** A workbook has some tens of parts, and unpacks to some ten times its size. */
const PARTS_MAX = 2_000;
const UNPACKED_BYTES_MAX = 512 * 1024 * 1024;
const WORKBOOK_PARTS = ['[Content_Types].xml', 'xl/workbook.xml'];
const OLD_EXCEL = Buffer.from('d0cf11e0', 'hex');

/**
 * What a file is by its bytes, which must agree with its name: a page, a program or an archive that calls itself a table is
 * refused before anything reads it. Throws {@link UserError} `registry.import.type`.
 */
export function sniffUpload(name: string, bytes: Uint8Array): UploadKind {
  const said = /\.(xlsx|csv|json)$/i.exec(name)?.[1]?.toLowerCase() as UploadKind | undefined;
  if (Buffer.compare(bytes.subarray(0, 4), OLD_EXCEL) === 0)
    throw refusal(name, '是旧的 .xls 或加密的文件；请用 WPS 或 Excel 打开，另存为不加密的 .xlsx');
  if (said === undefined) throw refusal(name, '要以 .xlsx、.csv 或 .json 结尾');
  if (bytes.byteLength === 0) throw refusal(name, '是空文件');
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (said === 'xlsx') {
    if (!isZip || !isWorkbook(bytes)) throw refusal(name, '不是 .xlsx 文件，或已损坏');
    return said;
  }
  if (isZip) throw refusal(name, `是压缩文件，不是 .${said}`);
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  if (head.includes('\0') || /^(\x7fELF|MZ|%PDF|\x89PNG|\xff\xd8\xff|GIF8)/.test(head))
    throw refusal(name, `不是文字，不是 .${said} 文件`);
  const text = head.replace(/^(\xef\xbb\xbf)?\s*/, '');
  if (/^<(!doctype|html|\?xml|script|svg)/i.test(text))
    throw refusal(name, `是网页，不是 .${said}`);
  if (said === 'json' && !text.startsWith('{')) throw refusal(name, '不是 .json 文件');
  return said;
}

function isWorkbook(bytes: Uint8Array): boolean {
  const names = new Set<string>();
  let unpacked = 0;
  try {
    unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        names.add(name);
        unpacked += originalSize;
        return false;
      },
    });
  } catch {
    return false;
  }
  return (
    names.size <= PARTS_MAX &&
    unpacked <= UNPACKED_BYTES_MAX &&
    WORKBOOK_PARTS.every((part) => names.has(part))
  );
}

function refusal(name: string, why: string): UserError {
  return new UserError('registry.import.type', `“${name}”${why}。`, { field: 'files' });
}
