import { describe, expect, test } from 'vitest';
import { type Answer, crawl, factValue, find, html, list } from './test-sites.ts';

const P =
  '<p>本单位负责本行政区域内有关工作的组织、协调、指导和监督管理，承担上级交办的其他事项。</p>'.repeat(
    4,
  );

/** Flat addresses (jpage): the tree is only in breadcrumbs; tabs on the home page. */
const FLAT: Record<string, Answer> = {
  '/': html(
    '某县人民政府',
    `<table><tr><td><a href="/">网站首页</a></td><td><a href="/col/col10/index.html">走进某县</a></td><td><a href="/col/col11/index.html">政务公开</a></td><td><a href="/col/col12/index.html">互动交流</a></td><td><a href="http://zwfw.y.gov.cn/">办事服务</a></td></tr></table>
   <div class="tab"><a href="/col/col21/index.html">某县要闻</a><a href="/col/col22/index.html">部门动态</a></div>${list('/art/2020/9/16/art_21_', ['2020-09-16'])}
   <div><span>政策文件</span><a href="/col/col23/index.html">更多</a></div>${list('/art/2020/8/16/art_23_', ['2020-08-16'])}`,
  ),
  '/col/col10/index.html': html('走进某县', P),
  '/col/col11/index.html': html(
    '政务公开',
    `<div class="left"><ul><li><a href="/col/col23/index.html">政策文件</a></li><li><a href="/col/col24/index.html">财政信息</a></li><li><a href="/col/col25/index.html">信息公开指南</a></li></ul></div>${list('/art/2020/8/16/art_23_', ['2020-08-16'])}`,
  ),
  '/col/col12/index.html': html(
    '互动交流',
    `<div class="left"><a href="/col/col31/index.html">县长信箱</a><a href="/col/col32/index.html">网上调查</a></div>`,
  ),
  '/col/col21/index.html': html(
    '某县要闻',
    `<div class="position"><a href="/">首页</a>&gt;<a href="/col/col20/index.html">新闻中心</a>&gt;某县要闻</div>${list('/art/2020/9/16/art_21_', ['2020-09-16'])}`,
  ),
  '/col/col22/index.html': html(
    '部门动态',
    `<div class="position"><a href="/">首页</a>&gt;<a href="/col/col20/index.html">新闻中心</a>&gt;部门动态</div>${list('/art/2020/6/16/art_22_', ['2020-06-16'])}`,
  ),
  '/col/col23/index.html': html(
    '政策文件',
    `<div class="position"><a href="/">首页</a>&gt;<a href="/col/col11/index.html">政务公开</a>&gt;政策文件</div>${list('/art/2020/8/16/art_23_', ['2020-08-16'])}`,
  ),
  '/col/col24/index.html': html('财政信息', `<ul class="list"></ul>`),
  '/col/col25/index.html': html('信息公开指南', P),
  '/col/col31/index.html': html(
    '县长信箱',
    `<ul><li><a href="/mail/1.html">关于自来水供应的问题反映</a><span>[已回复]</span><span>2020-08-01</span></li></ul>`,
  ),
  '/col/col32/index.html': html('网上调查', '<p>暂无内容</p>'),
};

describe('flat addresses, tabs, side menus', () => {
  const crawled = crawl(FLAT);
  test.each([
    ['走进某县', 1, 'page', 'single'],
    ['政务公开', 1, 'channel', 'listed'],
    ['某县要闻', 2, 'news', 'listed'],
    ['部门动态', 2, 'news', 'listed'],
    ['政策文件', 2, 'policy', 'listed'],
    ['财政信息', 2, 'disclosure', 'blank'],
    ['信息公开指南', 2, 'page', 'single'],
    ['网上调查', 2, 'interaction', 'blank'],
    ['办事服务', 1, 'external', 'unobserved'],
  ] as const)('%s', (name, level, kind, content) => {
    const section = find(crawled, name);
    expect([section.level, section.kind, section.content]).toEqual([level, kind, content]);
  });
  test('channels, services', () => {
    const channels = factValue(crawled.channels);
    expect(
      channels.channels.filter(({ state }) => state === 'board').map(({ name }) => name),
    ).toEqual(['县长信箱']);
    expect(channels.messages).toHaveLength(1);
    expect(factValue(crawled.services).entries).toEqual([
      { name: '办事服务', url: 'http://zwfw.y.gov.cn/', external: true },
    ]);
  });
});

/** What stands between: an entry page, then a frame set whose frames are the home page. */
const FRAMED: Record<string, Answer> = {
  '/': html('欢迎', '<a href="/main/index.html"><img src="enter.gif" alt="进入网站"></a>'),
  '/main/index.html':
    '<html><frameset rows="100,*"><frame src="/main/top.html"><frame src="/main/body.html"></frameset></html>',
  '/main/top.html': html(
    '',
    '<div class="nav"><a href="/main/index.html">首页</a><a href="/dt/">工作动态</a><a href="/gg/">通知公告</a><a href="/zx/">在线咨询</a></div>',
  ),
  '/main/body.html': html('', list('/dt/', ['2020-09-15'])),
  '/dt/': html('工作动态', '<iframe src="/dt/list.html"></iframe>'),
  '/dt/list.html': html('', list('/dt/', ['2020-09-15', '2020-09-01'])),
  '/gg/': html('通知公告', '<iframe src="/gg/list.html"></iframe>'),
  '/gg/list.html': { outcome: 'failed', status: 500 },
  '/zx/': html('在线咨询', '<form><input type="text" name="a"><textarea></textarea></form>'),
};

describe('entry page, frame set, iframes', () => {
  const crawled = crawl(FRAMED);
  test('home', () => {
    const home = factValue(crawled.home);
    expect([home.kind, home.newest?.date.value]).toEqual(['content', '2020-09-15']);
  });
  test.each([
    ['工作动态', 'listed', '2020-09-15'],
    ['通知公告', 'unobserved', null],
  ] as const)('%s', (name, content, newest) => {
    const section = find(crawled, name);
    expect([section.content, section.newest?.date.value ?? null]).toEqual([content, newest]);
  });
  test('consulting', () => {
    expect(factValue(crawled.channels).channels.map(({ name, state }) => [name, state])).toEqual([
      ['在线咨询', 'form'],
    ]);
  });
});

/** A site that shows its problems: stale, blank, only special channels, no services. */
const FAILING: Record<string, Answer> = {
  '/': html(
    '某局',
    `<div id="menu"><ul><li><a href="/">首页</a></li>${['dt1:工作动态', 'dt2:部门动态', 'dt3:要闻', 'gg:通知公告', 'wj:政策文件', 'b1:数据发布', 'b2:规划计划', 'b3:人事信息', 'b4:财政信息', 'b5:政策解读', 'jb:监督举报'].map((pair) => `<li><a href="/${pair.split(':')[0]}/">${pair.split(':')[1]}</a></li>`).join('')}</ul></div>${list('/dt1/', ['2020-07-01'])}`,
  ),
  '/dt1/': html('工作动态', list('/dt1/', ['2020-07-01'])),
  '/dt2/': html('部门动态', list('/dt2/', ['2020-06-01'])),
  '/dt3/': html('要闻', list('/dt3/', ['2019-06-01'])),
  '/gg/': html('通知公告', list('/gg/', ['2020-01-01'])),
  '/wj/': html('政策文件', list('/wj/', ['2019-01-01'])),
  ...Object.fromEntries(
    ['b1', 'b2', 'b3', 'b4', 'b5'].map((folder) => [
      `/${folder}/`,
      html('栏目', '<ul class="list"></ul>'),
    ]),
  ),
  '/jb/': html('监督举报', '<form><input type="text"><textarea></textarea></form>'),
};

describe('a failing site', () => {
  const crawled = crawl(FAILING);
  test('home and sections', () => {
    expect(factValue(crawled.home).newest?.date.value).toBe('2020-07-01');
    expect(factValue(crawled.home).undatedCount).toBe(0);
    expect(factValue(crawled.sections).filter(({ content }) => content === 'blank')).toHaveLength(
      5,
    );
    expect(
      factValue(crawled.sections).filter(({ content }) => content === 'unobserved'),
    ).toHaveLength(0);
    expect(find(crawled, '政策文件').level).toBe(1);
  });
  test('no way to consult but a special one; no services', () => {
    const channels = factValue(crawled.channels);
    expect(channels.channels.map(({ name, special }) => [name, special])).toEqual([
      ['监督举报', true],
    ]);
    expect(channels.complete).toBe(true);
    const services = factValue(crawled.services);
    expect([services.entries, services.guides, services.complete]).toEqual([[], [], true]);
  });
});

describe('what was not seen is not said', () => {
  test.each([
    ['blocked', { outcome: 'blocked', status: 412 }],
    ['failed', { outcome: 'failed', status: 0 }],
    ['refused', { outcome: 'refused' }],
    ['empty', { body: '' }],
    ['a document', { body: '%PDF', type: 'application/pdf' }],
    ['an application', html('某局', '<div id="app"></div>')],
  ] as const)('home page %s', (_name, answer) => {
    expect(crawl({ '/': answer })).toMatchObject({
      home: { state: 'unobserved' },
      channels: { state: 'unobserved' },
      services: { state: 'unobserved' },
      sections: { state: 'unobserved' },
    });
  });
  test('a section that answers 404, one that says so with 200, one that is blocked', () => {
    const menu =
      '<div class="nav"><a href="/">首页</a><a href="/a/">工作动态</a><a href="/b/">通知公告</a><a href="/c/">政策文件</a><a href="/d/">在线咨询</a></div>';
    const crawled = crawl({
      '/': html('某局', menu + list('/x/', ['2020-09-10'])),
      '/b/': html('提示', '您访问的页面不存在'),
      '/c/': { outcome: 'blocked', status: 521 },
    });
    expect(factValue(crawled.sections).map(({ name, content }) => [name, content])).toEqual([
      ['工作动态', 'unobserved'],
      ['通知公告', 'unobserved'],
      ['政策文件', 'unobserved'],
      ['在线咨询', 'unobserved'],
    ]);
    expect(factValue(crawled.channels).complete).toBe(false);
  });
});

/** What stands beside a list, and what only looks like a section. */
describe('traps', () => {
  const menu =
    '<div class="nav"><a href="/">首页</a><a href="/dt/">工作动态</a><a href="/gg/">通知公告</a><a href="/zc/">政策解读</a><a href="/hd/">互动交流</a></div>';
  const beside = `<div class="sidebar">${list('/zx/', ['2020-09-16', '2020-09-15', '2020-09-14'])}</div>`;
  const crawled = crawl({
    '/': html('某局', menu + list('/dt/', ['2020-09-16'])),
    '/dt/': html('工作动态', menu + list('/dt/', ['2020-03-01', '2020-02-01']) + beside),
    '/gg/': html('通知公告', `${menu}<ul class="list"></ul>${beside}`),
    '/zc/': html('政策解读', menu + list('/zc/', ['2020-08-01']) + beside),
    '/hd/': html('互动交流', `${menu}${'<div>'.repeat(60_000)}`),
  });
  test.each([
    ['工作动态', 'listed', '2020-03-01'],
    ['通知公告', 'blank', null],
    ['政策解读', 'listed', '2020-08-01'],
    ['互动交流', 'unobserved', null],
  ] as const)('%s', (name, content, newest) => {
    const section = find(crawled, name);
    expect([section.content, section.newest?.date.value ?? null]).toEqual([content, newest]);
  });
  test('a page that could not be walked may hide a channel', () => {
    expect(factValue(crawled.channels).complete).toBe(false);
  });
  test('a small budget leaves the rest unobserved', () => {
    const short = crawl({ '/': html('某局', menu + list('/dt/', ['2020-09-16'])) }, 1);
    expect(factValue(short.sections).map(({ content }) => content)).toEqual(
      Array(4).fill('unobserved'),
    );
    expect(factValue(short.channels).complete).toBe(false);
  });
});
