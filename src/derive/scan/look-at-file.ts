import type { FileLook } from '../../domain/walk.ts';

/** Bytes that a look needs: a PDF's head may stand behind a kilobyte of something else (ISO 32000-1 annex H.3.4.1). */
export const LOOK_BYTES = 4_096;

const SIGNATURES: readonly (readonly [kind: string, fits: (head: string) => boolean])[] = [
  ['zip', (head) => ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'].includes(head.slice(0, 4))],
  ['ole', (head) => head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
  ['rar', (head) => head.startsWith('Rar!\x1a\x07')],
  ['7z', (head) => head.startsWith('7z\xbc\xaf\x27\x1c')],
  ['gz', (head) => head.startsWith('\x1f\x8b')],
  ['jpg', (head) => head.startsWith('\xff\xd8\xff')],
  ['png', (head) => head.startsWith('\x89PNG\r\n\x1a\n')],
  ['gif', (head) => /^GIF8[79]a/.test(head)],
  ['webp', (head) => head.startsWith('RIFF') && head.startsWith('WEBP', 8)],
  ['ico', (head) => head.startsWith('\0\0\x01\0')],
  ['mp4', (head) => head.startsWith('ftyp', 4)],
  ['flv', (head) => head.startsWith('FLV')],
  ['mp3', (head) => /^(?:ID3|\xff[\xe2-\xfb])/.test(head)],
  ['wmv', (head) => head.startsWith('\x30\x26\xb2\x75')],
  ['rtf', (head) => head.startsWith('{\\rtf')],
  ['html', (head) => PAGE_MARK.test(head.slice(0, 1_024))],
  ['pdf', (head) => head.includes('%PDF-')],
  ['bmp', (head) => head.startsWith('BM') && head.startsWith('\0\0\0\0', 6)],
  ['xml', (head) => /^(?:\xef\xbb\xbf)?\s{0,20}<\?xml/.test(head)],
];
const PAGE_MARK = /<(?:!doctype\s+html|html|head|body|script|meta|title)\b/i;

/** The kind of a file by its first bytes, or null. */
export function signatureOf(head: Uint8Array): string | null {
  const bytes = Math.min(head.byteLength, LOOK_BYTES);
  const text = Buffer.from(head.buffer, head.byteOffset, bytes).toString('latin1');
  return SIGNATURES.find(([, fits]) => fits(text))?.[0] ?? null;
}

const PICTURE = ['jpg', 'png', 'gif', 'bmp', 'webp', 'ico'];
const ARCHIVE = ['zip', 'rar', '7z', 'gz'];
/** Office opens what carries the name of a neighbour, and pages and tables that were saved under its name. */
const OFFICE = ['ole', 'zip', 'rtf'];
const OPENS: Readonly<Record<string, readonly string[]>> = {
  pdf: ['pdf'],
  ...Object.fromEntries(
    ['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'wps', 'et', 'dps'].map((name) => [name, OFFICE]),
  ),
  ofd: ['zip'],
  rtf: ['rtf', 'ole'],
  ...Object.fromEntries(['zip', 'rar', '7z'].map((name) => [name, ARCHIVE])),
  ...Object.fromEntries(
    ['jpg', 'jpeg', 'png', 'gif', 'bmp', 'webp'].map((name) => [name, PICTURE]),
  ),
};
/** What Office opens as a page or a table though it is none of its own: not for us to say whether it opens. */
const SAVED_AS_PAGE = new Set(['doc', 'xls', 'wps', 'et']);

/** Letters behind the last dot of an address's last name, lower-cased; '' when there are none. */
export function extensionOf(url: string): string {
  const path = /^[^?#]*/.exec(url)?.[0] ?? '';
  return /\/[^/]*\.([a-z0-9]{1,8})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
}

/** Addresses of files by their name: looked at, never read as pages. */
const FILE_EXTENSION =
  /^(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|ceb|rtf|txt|csv|zip|rar|7z|gz|tar|jpe?g|png|gif|bmp|webp|ico|svg|tiff?|mp[34]|wmv|avi|flv|swf|mov|wav|m3u8|css|js|json|woff2?|ttf|eot|apk|exe|iso)$/;

export const isFileUrl = (url: string): boolean => FILE_EXTENSION.test(extensionOf(url));

/**
 * Whether a file opens as what its name promises, as far as its first bytes tell: `true` and `false` only where they leave no doubt.
 * A page where a document should be is a broken attachment, whatever status and type it came with.
 */
export function lookAtFile(url: string, head: Uint8Array, wholeBytes: number | null): FileLook {
  const signature = signatureOf(head);
  const about = { signature, bytes: wholeBytes };
  if (head.byteLength === 0) return { ...about, opens: wholeBytes === 0 ? false : null };
  const extension = extensionOf(url);
  const accepted = OPENS[extension];
  if (accepted === undefined) return { ...about, opens: null };
  if (signature !== null && accepted.includes(signature)) return { ...about, opens: true };
  const readable = signature === 'html' || signature === 'xml';
  if (readable) return { ...about, opens: SAVED_AS_PAGE.has(extension) ? null : false };
  // Of encrypted and rare formats we do not know the heads; of PDF and pictures we do.
  const certain = extension === 'pdf' || accepted === PICTURE;
  return { ...about, opens: certain && head.byteLength >= 64 ? false : null };
}
