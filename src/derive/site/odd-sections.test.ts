import { expect, test } from 'vitest';
import { crawl, find, html } from './test-sites.ts';

const MENU = `<div class="nav"><ul><li><a href="/">首页</a></li>
<li><a href="/bsfw/">办事服务</a><ul><li><a href="/bsfw/3.html">施工许可证核发</a></li><li><a href="/bsfw/zn/">办事指南</a></li></ul></li>
<li><a href="/hdjl/">互动交流</a><ul><li><a href="/hdjl/myzj/">民意征集</a></li><li><a href="/hdjl/zxft/">在线访谈</a></li></ul></li></ul></div>`;

test('a service item named like a list of permits is a page, not a section that was not seen', () => {
  const row = (label: string, value: string): string =>
    `<tr><th>${label}</th><td>${value}</td></tr>`;
  const crawled = crawl({
    '/': html('某局', MENU),
    '/bsfw/': html('办事服务', `${MENU}<p>本局办事服务</p>`),
    '/bsfw/3.html': html(
      '施工许可证核发',
      `${MENU}<table>${row('事项名称', '施工许可')}${row('联系电话', '0750-1')}${row('申报材料', '申请表')}</table>`,
    ),
  });
  const section = find(crawled, '施工许可证核发');
  expect([section.kind, section.content]).toEqual(['page', 'single']);
});

test('a list of solicitations that is dated only on its pages is read there', () => {
  const title = '关于征集我市养老服务条例修改意见的公告';
  const crawled = crawl({
    '/': html('某局', MENU),
    '/hdjl/': html('互动交流', MENU),
    '/hdjl/myzj/': html(
      '民意征集',
      `${MENU}<ul class="list">${[1, 2].map((n) => `<li><a href="/hdjl/myzj/${n}.html">${title}${n}</a></li>`).join('')}</ul>`,
    ),
    ...Object.fromEntries(
      [1, 2].map((n) => [
        `/hdjl/myzj/${n}.html`,
        html(
          title,
          `${MENU}<h1>${title}${n}</h1><p>发布日期：2020-07-2${n}</p><div class="content"><p>${'现面向社会公开征求意见。'.repeat(20)}</p></div>`,
        ),
      ]),
    ),
  });
  expect(find(crawled, '民意征集').newest?.date.value).toBe('2020-07-22');
});
