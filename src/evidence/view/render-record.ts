import { decodePage } from '../../derive/page/decode-page.ts';
import { markExcerpt } from './mark-excerpt.ts';
import { type RecordMeta, rasterType } from './record-meta.ts';
import { escapeText, sanitizePage } from './sanitize-page.ts';

/** More of a page is not shown; the whole can be downloaded. */
const PAGE_BYTES_MAX = 4 * 1024 * 1024;
/** An image travels inside the page. */
const IMAGE_BYTES_MAX = 2 * 1024 * 1024;

const STYLE = `
body { font: 16px/1.7 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 16px; color: #1f2328; background: #fff; overflow-wrap: anywhere; }
table { border-collapse: collapse; max-width: 100%; } td, th { border: 1px solid #d0d7de; padding: 2px 6px; vertical-align: top; }
pre { white-space: pre-wrap; } img { max-width: 100%; } mark { background: #ffe58f; outline: 2px solid #d48806; }
.link { color: #0958d9; text-decoration: underline; } .gone { color: #6e7781; } .field { border: 1px solid #d0d7de; padding: 0 6px; }
.notice { border-left: 4px solid #d48806; background: #fffbe6; padding: 4px 12px; margin: 0 0 12px; }`;

/**
 * An archived answer as a page of ours that shows what was there and can do nothing: no script, no request. `excerpt` is marked
 * where it stands.
 */
export function renderRecord(meta: RecordMeta, body: Uint8Array, excerpt: string | null): string {
  if (meta.kind === 'image') return renderImage(meta, body);
  if (meta.kind === 'binary')
    return pageOf([`这份原件不是文字，也不是图片（${meta.bytes} 字节），请下载查看。`], '');
  const isLong = body.byteLength > PAGE_BYTES_MAX;
  const { text } = decodePage(body.subarray(0, PAGE_BYTES_MAX), meta.contentType);
  const { pieces, isCut } =
    meta.kind === 'html'
      ? sanitizePage(text)
      : { pieces: [{ kind: 'text', text } as const], isCut: false };
  const { html, isFound } = markExcerpt(pieces, excerpt);
  const notices = [
    ...(isLong || isCut ? ['页面太大，只显示了一部分；全部内容请下载原件。'] : []),
    ...(isFound === false
      ? ['页面里没有找到这段摘录：它可能由脚本生成，或取自页面的属性；请对照原件。']
      : []),
  ];
  return pageOf(notices, meta.kind === 'html' ? html : `<pre>${html}</pre>`);
}

function renderImage(meta: RecordMeta, body: Uint8Array): string {
  const type = rasterType(body);
  if (type === null || body.byteLength > IMAGE_BYTES_MAX)
    return pageOf([`图片太大（${meta.bytes} 字节），请下载查看。`], '');
  const data = Buffer.from(body).toString('base64');
  return pageOf([], `<img alt="存档的图片" src="data:${type};base64,${data}">`);
}

function pageOf(notices: readonly string[], content: string): string {
  const said = notices.map((notice) => `<p class="notice">${escapeText(notice)}</p>`).join('');
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>存档页面</title><style>${STYLE}</style></head><body>${said}<div>${content}</div></body></html>`;
}
