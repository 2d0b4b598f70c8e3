import { sharedGuidesOf } from './plan-guides.ts';
import type { SimulatedSite, SiteResponse } from './site-plan.ts';
import { GUIDE_FORMS } from './traits.ts';
import { writeGuideBody } from './write-services.ts';

const SITE_PATH = /^\/site\/([0-9a-z]{8,12})\/(?:item_(\d{1,2})\.html|index\.html)?$/;
const NAME = '一体化政务服务平台';

function answer(status: number, title: string, body: string): SiteResponse {
  const text = `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title></head>
<body><div class="header"><a href="/">${NAME}</a></div>
<div class="main"><h1>${title}</h1>
${body}</div>
<div class="footer"><p>${NAME}　服务热线：12345</p></div></body></html>`;
  const bytes = Buffer.from(text);
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-length': String(bytes.length) },
    body: bytes,
    chunked: false,
  };
}

function answerFor(path: string, seed: number): SiteResponse {
  if (path === '/') return answer(200, NAME, '<p>请从各单位网站的服务栏目进入。</p>');
  const match = SITE_PATH.exec(path);
  if (!match) return answer(404, '页面不存在', '<p><a href="/">返回首页</a></p>');
  const guides = sharedGuidesOf(match[1]!);
  if (match[2] === undefined) {
    const links = guides.map(
      (guide, at) => `<li><a href="item_${at + 1}.html">${guide.title}</a></li>`,
    );
    return answer(200, '办事指南', `<ul>${links.join('\n')}</ul>`);
  }
  const guide = guides[Number(match[2]) - 1];
  if (!guide) return answer(404, '页面不存在', '<p><a href="/">返回首页</a></p>');
  const form = GUIDE_FORMS[seed % GUIDE_FORMS.length]!;
  return answer(200, guide.title, writeGuideBody(guide, form));
}

/**
 * The shared service platform (一体化政务服务平台) on `host`: `/site/<site code>/` lists the guides of that site,
 * `item_<n>.html` beside it is one of them. The same for every site code, whoever asks.
 */
export const createServicePlatform = (host: string, seed: number): SimulatedSite => ({
  host,
  handle: (request) => answerFor(request.path.split('?', 1)[0]!, seed),
});
