import { describe, expect, test } from 'vitest';
import { type Answer, crawl, factValue, find, html, list } from './test-sites.ts';

const MENU = `<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/jggk/">机构概况</a></li><li><a href="/xwdt/">新闻动态</a></li>
<li><a href="/zwgk/">政务公开</a><ul><li><a href="/zwgk/tzgg/">通知公告</a></li><li><a href="/zwgk/zcwj/">政策文件</a></li></ul></li>
<li><a href="/bsfw/">办事服务</a></li><li><a href="/hdjl/">互动交流</a></li></ul></div>`;
const GUIDE = `<table>${['事项名称', '设定依据', '申请条件', '申报材料', '受理地点', '办公时间', '咨询电话', '办理流程'].map((label) => `<tr><td>${label}</td><td>答案</td></tr>`).join('')}</table>`;

const HEALTHY: Record<string, Answer> = {
  '/': html(
    '某局',
    `${MENU}<div class="main"><h3>新闻动态<a href="/xwdt/">更多&gt;&gt;</a></h3>${list('/xwdt/', ['2020-09-16', '2020-09-10'])}</div>`,
  ),
  '/jggk/': html(
    '机构概况',
    `${MENU}<div class="content"><p>${'本局负责全市有关工作的组织协调和监督管理。'.repeat(10)}</p></div>`,
  ),
  '/xwdt/': html(
    '新闻动态',
    `${MENU}${list('/xwdt/', ['2020-09-16', '2020-09-10', '2020-08-01'])}`,
  ),
  '/zwgk/': html(
    '政务公开',
    `${MENU}<h3>通知公告</h3>${list('/zwgk/tzgg/', ['2020-08-16'])}<h3>政策文件</h3>${list('/zwgk/zcwj/', ['2020-07-16'])}`,
  ),
  '/zwgk/tzgg/': html('通知公告', `${MENU}${list('/zwgk/tzgg/', ['2020-08-16'])}`),
  '/zwgk/zcwj/': html('政策文件', `${MENU}${list('/zwgk/zcwj/', ['2020-07-16'])}`),
  '/bsfw/': html(
    '办事服务',
    `${MENU}<ul class="list"><li><a href="/bsfw/1.html">某某许可证办理指南</a></li><li><a href="/bsfw/2.html">某某登记备案办理指南</a></li></ul>`,
  ),
  '/bsfw/1.html': html('某某许可证办理指南', `${MENU}${GUIDE}`),
  '/bsfw/2.html': html('某某登记备案办理指南', `${MENU}${GUIDE}`),
  '/hdjl/': html(
    '互动交流',
    `${MENU}<a href="/hdjl/write.html">我要写信</a><table><tr><th>标题</th><th>写信时间</th><th>办理状态</th></tr>
    <tr><td><a href="/hdjl/1.html">咨询某项政策的办理问题</a></td><td>2020-09-01</td><td>已回复</td></tr><tr><td><a href="/hdjl/2.html">反映某处问题请处理</a></td><td>2020-05-01</td><td>未回复</td></tr></table>`,
  ),
  '/hdjl/write.html': html(
    '我要写信',
    `${MENU}<form><input name="name"><textarea name="content"></textarea></form>`,
  ),
};

describe('a healthy site with a drop-down menu', () => {
  const crawled = crawl(HEALTHY);
  test('home page', () => {
    const home = factValue(crawled.home);
    expect(home.kind).toBe('content');
    expect(home.newest?.date.value).toBe('2020-09-16');
    expect(home.undatedCount).toBe(0);
  });
  test.each([
    ['机构概况', 1, 'page', 'single', null],
    ['新闻动态', 1, 'news', 'listed', '2020-09-16'],
    ['政务公开', 1, 'channel', 'listed', '2020-08-16'],
    ['通知公告', 2, 'notice', 'listed', '2020-08-16'],
    ['政策文件', 2, 'policy', 'listed', '2020-07-16'],
    ['办事服务', 1, 'service', 'single', null],
    ['互动交流', 1, 'interaction', 'listed', '2020-09-01'],
  ] as const)('section %s', (name, level, kind, content, newest) => {
    const section = find(crawled, name);
    expect([
      section.level,
      section.kind,
      section.content,
      section.newest?.date.value ?? null,
    ]).toEqual([level, kind, content, newest]);
  });
  test('channels and messages', () => {
    const channels = factValue(crawled.channels);
    expect(channels.complete).toBe(true);
    expect(channels.channels.map(({ name, state }) => [name, state])).toEqual([
      ['互动交流', 'board'],
      ['我要写信', 'form'],
    ]);
    expect(channels.messages.map(({ askedOn, answered }) => [askedOn, answered])).toEqual([
      ['2020-09-01', true],
      ['2020-05-01', false],
    ]);
    expect(channels.unreadMessages).toBe(0);
  });
  test('services', () => {
    const services = factValue(crawled.services);
    expect(services.entries.map(({ name }) => name)).toEqual(['办事服务']);
    expect(services.guides.map(({ missing }) => missing)).toEqual([[], []]);
    expect(services.complete).toBe(true);
  });
  test('pages asked', () => {
    expect(crawled.asked.length).toBeLessThanOrEqual(14);
    expect(new Set(crawled.asked.map(({ url }) => url)).size).toBe(crawled.asked.length);
  });
});
