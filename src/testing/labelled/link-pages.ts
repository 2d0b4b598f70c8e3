import iconv from 'iconv-lite';
import type { Handler } from '../servers/start-server.ts';

/** Pages of the labelled links: plain ones, and the same within a site's frame of menu and footer. */

const MENU = [
  '首页',
  '政务公开',
  '通知公告',
  '政策文件',
  '办事服务',
  '互动交流',
  '领导信息',
  '机构职能',
]
  .map((name, at) => `<li><a href="/menu${at}/">${name}</a></li>`)
  .join('');
const FOOTER =
  '<div class="footer">主办单位：青阳县人民政府办公室　地址：青阳县人民路1号　联系电话：0000-1234567　版权所有 青阳县人民政府　网站标识码：4399990001　本站建议使用 1024 以上分辨率浏览，未经许可不得转载</div>';

export function page(title: string, body: string): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`;
}

export function framed(title: string, body: string): string {
  return page(
    title,
    `<ul class="nav">${MENU}</ul><div class="crumb">当前位置：首页</div>${body}${FOOTER}`,
  );
}

const SENTENCES = [
  '为方便群众办事，各窗口从即日起延长服务时间，工作日中午不间断受理。',
  '全县共建成村级便民服务点一百二十个，办理事项三万余件，群众满意率逐年提高。',
  '会议强调，要坚持问题导向，把群众反映强烈的事情一件一件办好，办出成效来。',
  '县直各单位要对照清单逐项落实，按月报送进度，年底前组织一次全面检查验收。',
  '下一步将继续完善基础设施，加快农村公路养护和饮水工程建设，惠及更多村民。',
];

/** An article of six paragraphs; `seed` turns their order, so that two articles differ. */
export function article(title: string, seed = 0): string {
  const paragraphs = Array.from(
    { length: 6 },
    (_, at) =>
      `<p>${SENTENCES[(seed + at) % SENTENCES.length]}${SENTENCES[(seed + 2 * at) % SENTENCES.length]}</p>`,
  );
  return framed(
    `${title}_青阳县人民政府`,
    `<h1>${title}</h1><div class="content">${paragraphs.join('')}</div>`,
  );
}

/** The bytes of a page whose meta says GBK. */
export function inGbk(html: string): Uint8Array {
  return new Uint8Array(iconv.encode(html.replace('charset="utf-8"', 'charset="gbk"'), 'gbk'));
}

/** Whether an agent string looks like a program's: what firewalls really look for. */
const LOOKS_LIKE_PROGRAM = /compatible;|bot\b|spider|crawl|curl|python|\+http/i;

/** Serves visitors with `page` and programs with `refusal`. */
export function forBrowsers(shown: Handler, refusal: Handler): Handler {
  return (request, response) =>
    (LOOKS_LIKE_PROGRAM.test(request.headers['user-agent'] ?? '') ? refusal : shown)(
      request,
      response,
    );
}

/** HEAD gets one answer, GET another. */
export function byMethod(head: Handler, get: Handler): Handler {
  return (request, response) => (request.method === 'HEAD' ? head : get)(request, response);
}

/** A file's first bytes by its extension, with something behind them. */
export function fileBytes(extension: string): Uint8Array {
  const heads: Readonly<Record<string, string>> = {
    pdf: '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n',
    docx: 'PK\x03\x04\x14\x00\x06\x00',
    xlsx: 'PK\x03\x04\x14\x00\x06\x00',
    zip: 'PK\x03\x04\x14\x00\x06\x00',
    doc: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    rar: 'Rar!\x1a\x07\x00',
    jpg: '\xff\xd8\xff\xe0\x00\x10JFIF',
    png: '\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR',
    gif: 'GIF89a\x01\x00\x01\x00\x80\x00',
  };
  return Buffer.concat([Buffer.from(heads[extension] ?? '', 'latin1'), Buffer.alloc(30_000, 7)]);
}

/** A file that honours ranges (RFC 9110 §14), an empty one with 416. */
export function rangedFile(bytes: Uint8Array, type: string): Handler {
  return (request, response) => {
    const range = /^bytes=0-(\d+)$/.exec(request.headers.range ?? '');
    if (range === null) {
      response.writeHead(200, { 'content-type': type, 'content-length': bytes.byteLength });
      response.end(bytes);
    } else if (bytes.byteLength === 0) {
      response.writeHead(416, { 'content-range': 'bytes */0' });
      response.end();
    } else {
      const part = bytes.subarray(0, Number(range[1]) + 1);
      const of = `bytes 0-${part.byteLength - 1}/${bytes.byteLength}`;
      response.writeHead(206, { 'content-type': type, 'content-range': of });
      response.end(part);
    }
  };
}

/** Words in pieces with pauses, to an end after `pieces`. */
export function slowly(html: string, pieces: number, pauseMs: number): Handler {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    const bytes = Buffer.from(html);
    const size = Math.ceil(bytes.byteLength / pieces);
    let at = 0;
    const timer = setInterval(() => {
      response.write(bytes.subarray(at, at + size));
      at += size;
      if (at >= bytes.byteLength) response.end();
    }, pauseMs);
    response.once('close', () => clearInterval(timer));
  };
}
