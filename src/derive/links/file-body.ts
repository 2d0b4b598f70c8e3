import type { LinkUse } from '../../domain/facts/link-facts.ts';
import type { LinkSight } from '../../domain/link-check.ts';
import { pageSays } from './page-says.ts';
import { isPageBody, readSight } from './read-sight.ts';

const DOCUMENTS =
  'pdf|ofd|docx?|xlsx?|pptx?|wps|et|dps|ceb|rtf|zip|rar|7z|gz|tar|tgz|apk|exe|txt|csv|mp3|mp4|wmv|avi|flv|mov|wav';
const PICTURES = 'jpe?g|png|gif|webp|bmp|ico|tiff?|svg';
const FILE = new RegExp(`\\.(${DOCUMENTS})$`, 'i');
const PICTURE = new RegExp(`\\.(${PICTURES})$`, 'i');

/** Files that are never text: whoever finds words in one has been given something else. */
const BINARY =
  /^(?:pdf|ofd|docx|xlsx|pptx|zip|rar|7z|gz|tgz|apk|exe|mp[34]|wmv|avi|flv|mov|wav|jpe?g|png|gif|webp|bmp|ico|tiff?)$/;
/** What publishing systems answer in place of a file that they show in a reader of their own. */
const VIEWER = /pdf\.?js|pdfviewer|pdfobject|viewer\.(?:html|js)|<(?:embed|object|iframe)\b/i;

/** How a page's ordinary link is used, by the address alone: a file to download, a picture, a page. */
export function addressUse(address: string): LinkUse {
  const path = URL.parse(address)?.pathname ?? '';
  if (FILE.test(path)) return 'attachment';
  return PICTURE.test(path) ? 'image' : 'page';
}

/** Lower-cased extension of an address of a file, else ''. */
function extensionOf(address: string): string {
  const path = URL.parse(address)?.pathname ?? '';
  return (FILE.exec(path)?.[1] ?? PICTURE.exec(path)?.[1] ?? '').toLowerCase();
}

/**
 * Why what came is not the file that was asked for (Chinese), or null. A file of another format than its name says still opens;
 * a page or a sentence where a file should be does not.
 */
export function fileProblem(sight: LinkSight, asked: string, use: LinkUse): string | null {
  const extension = extensionOf(asked);
  const isPicture = use === 'image';
  const what = isPicture ? '图片' : use === 'asset' ? '样式或脚本' : `${extension || ''}文件`;
  if (sight.body.byteLength === 0) return `${what}是空的（0 字节）`;
  const isBinary = BINARY.test(extension) || (isPicture && extension !== 'svg');
  if (isPageBody(sight.contentType, sight.body)) return pageInstead(sight, { what, isBinary });
  if (!isBinary || sight.cut || !isText(sight.body)) return null;
  return `应是${what}，得到的是一段文字`;
}

function pageInstead(
  sight: LinkSight,
  { what, isBinary }: { what: string; isBinary: boolean },
): string | null {
  const page = readSight(sight);
  const said = page === null ? null : pageSays(page);
  if (said !== null) return `应是${what}，打开的是网页：“${said.words}”`;
  // Old offices save tables and letters as HTML under .xls and .doc, and these open.
  if (!isBinary || (page !== null && VIEWER.test(page.html))) return null;
  return `应是${what}，打开的是网页`;
}

/** Small files of drawings may hold few control characters, but text holds none. */
const isText = (body: Uint8Array): boolean =>
  body.every((byte) => byte > 31 || byte === 9 || byte === 10 || byte === 13);
