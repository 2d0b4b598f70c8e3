import { describe, expect, test } from 'vitest';
import { A, B, PAGE_URL, read } from './test-pages.ts';

const LIST = `<ul><li><a href="1.html">${A}</a><span>2020-09-29</span></li><li><a href="2.html">${B}</a><span>2020-09-18</span></li></ul>`;
const MENU =
  '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/a/">政务公开</a></li></ul>';
const WORDS = `<p>${'本单位负责本行政区域内有关工作的组织协调和监督管理，承担上级交办的其他事项。'.repeat(8)}</p>`;

describe('only a rendered page shows it', () => {
  test.each([
    [
      'an empty application',
      '<body><div id="app"></div><script src="/js/app.js"></script></body>',
      true,
    ],
    ['an application with a waiting note', '<div id="root"><p>加载中...</p></div>', true],
    ['data beside the page', '<ul id="showData0" data="datasource:8f0c"></ul>', true],
    [
      'a holder filled by an interface',
      `${MENU}<ul class="news-list"></ul><script>$.ajax({url:"/info/getInfoCommon/?channelid=1"})</script>`,
      true,
    ],
    ['a template', `${MENU}<ul><li v-for="item in list">{{ item.title }}</li></ul>`, true],
    [
      'a declared total without entries',
      `${MENU}<div class="list"></div><script>var countnum=6348;</script>`,
      true,
    ],
    ['an interface and entries', `${LIST}<script>$.get("/hits")</script>`, false],
    [
      'an interface and words',
      `<div class="con">${WORDS}</div><script>$.get("/hits")</script>`,
      false,
    ],
    ['an empty list', `${MENU}<ul class="news-list"></ul>`, false],
    ['a plain page', `<div>${WORDS}</div>`, false],
  ])('%s', (_name, html, expected) => {
    expect(read(html).needsRender).toBe(expected);
  });
  test('where the data stands', () => {
    expect(read('<ul data="datasource:8f0c"></ul>').dataUrls).toEqual([
      'http://www.example.gov.cn/xxgk/tzgg/ds_8f0c.json',
    ]);
    expect(
      read(
        '<script>jpage({proxyUrl:"/jpaas-publish-server/front/page/build/unitbuild?id=1"})</script>',
      ).dataUrls,
    ).toEqual(['http://www.example.gov.cn/jpaas-publish-server/front/page/build/unitbuild?id=1']);
  });
});

describe('notices', () => {
  test.each([
    ['<p>暂无内容</p>', '暂无内容'],
    ['<p>暂无相关数据！</p>', '暂无相关数据'],
    ['<p>该栏目正在建设中</p>', '栏目正在建设中'],
    ['<p>信息更新中，敬请期待</p>', '信息更新中'],
    ['<p>没有相关信息</p>', '没有相关信息'],
    ['<p style="display:none">暂无数据</p>', null],
    ['<script>var t="暂无数据"</script>', null],
    ['<p>推进生态文明建设</p>', null],
  ])('%s', (html, notice) => {
    expect(read(html).emptyNotice).toBe(notice);
  });
  test.each([
    ['<p>共查询出 0 条</p>', true],
    ['<p>共检索到12条</p>', true],
    ['<p>共有 12 条信息</p>', false],
  ])('query page: %s', (html, isQuery) => {
    expect(read(html).isQuery).toBe(isQuery);
  });
});

describe('pages that lead on', () => {
  test('frames', () => {
    const page = read(
      '<html><frameset rows="100,*"><frame src="top.html"><frame src="/main.html"></frameset></html>',
    );
    expect([page.kind, page.frames]).toEqual([
      'frameset',
      ['http://www.example.gov.cn/xxgk/tzgg/top.html', 'http://www.example.gov.cn/main.html'],
    ]);
    expect(
      read(
        `${MENU}<iframe src="list.html"></iframe><iframe src="/c.html" width="0" height="0"></iframe>`,
      ).frames,
    ).toEqual(['http://www.example.gov.cn/xxgk/tzgg/list.html']);
  });
  test.each([
    [
      '<meta http-equiv="refresh" content="0;url=/zwgk/index.html">',
      'http://www.example.gov.cn/zwgk/index.html',
    ],
    ["<script>location.href='/zwgk/'</script>", 'http://www.example.gov.cn/zwgk/'],
    ["<script>window.location='/main/'</script>", 'http://www.example.gov.cn/main/'],
    [`${LIST}<script>function go(){location.href='/zwgk/'}</script>`, null],
  ])('%s', (html, redirect) => {
    expect(read(html).redirect).toBe(redirect);
  });
});

const HEAD = '<h1>某市人民政府关于印发有关办法的通知</h1>';
const article = (about: string, meta = ''): string =>
  `<head>${meta}<title>通知</title></head><body>${MENU}${HEAD}${about}<div class="con">${WORDS}<p>会议于2020年7月1日召开。</p><p>某市人民政府</p><p>2020年7月3日</p></div></body>`;
const dateOf = (html: string, url = 'http://www.example.gov.cn/a/b.html'): string | null => {
  const found = read(html, { url }).publishedOn;
  return found && `${found.value} ${found.source}`;
};

describe('publishedOn', () => {
  test.each([
    ['2020-08-02 10:00', '2020-08-02'],
    ['2020年08月02日', '2020-08-02'],
    ['2020-08-02', '2020-08-02'],
    ['2020——08——02 21:37', '2020-08-02'],
    ['2020-08-02-21:37:05', '2020-08-02'],
    ['2020/8/2', '2020-08-02'],
    ['20200802', '2020-08-02'],
  ])('meta PubDate %s', (content, date) => {
    expect(dateOf(article('', `<meta name="PubDate" content="${content}">`))).toBe(`${date} meta`);
    expect(dateOf(article('', `<meta content="${content}" name="pubdate" />`))).toBe(
      `${date} meta`,
    );
  });
  test.each([
    ['empty', '<meta name="PubDate" content="">'],
    ['null', '<meta name="PubDate" content="null">'],
    ['in a comment', '<!--<meta name="PubDate" content="2020-08-02">-->'],
    ['in the future', '<meta name="PubDate" content="2021-08-02">'],
  ])('meta PubDate %s: the printed date', (_name, meta) => {
    expect(dateOf(article('<p>发布时间：2020-08-05</p>', meta))).toBe('2020-08-05 article');
  });
  test.each([
    ['发布时间', '<p>发布时间：2020-08-05 10:12 来源：某局</p>', '2020-08-05 article'],
    ['blanks around the colon', '<h2>标题<p>发布时间 : 2020-08-05</p></h2>', '2020-08-05 article'],
    [
      '发布日期 in cells',
      '<table><tr><td>索引号</td><td>000014348/2020-35428</td><td>成文日期</td><td>2020-07-30</td><td>发布日期</td><td>2020-08-05</td></tr></table>',
      '2020-08-05 article',
    ],
    ['成文日期 alone', '<table><tr><td>成文日期</td><td>2020-07-30</td></tr></table>', null],
    [
      'in a list of facts',
      '<ul class="info"><li>发布日期：2020-08-05</li><li>来源：某局</li></ul>',
      '2020-08-05 article',
    ],
    ['日期', '<div>【字体：大 中 小】 日期：2020-08-05</div>', '2020-08-05 article'],
    ['alone in brackets', '<small id="ivs_date">( 2020-08-05)</small>', '2020-08-05 article'],
    [
      'beside the source',
      '<div class="info">来源：某局　2020-08-05 10:00　浏览次数：12</div>',
      '2020-08-05 article',
    ],
    [
      '更新 and 发布',
      '<p>更新时间：2020-09-01</p><p>发布时间：2020-08-05</p>',
      '2020-08-05 article',
    ],
    ['a deadline', '<p>截止时间：2020-08-05</p>', null],
    ['a time of validity', '<p>有效期至：2020-08-05</p>', null],
    ['a clock', '<div id="t">2020年10月15日 星期四</div>', null],
    ['the copyright', '<div class="footer">版权所有 2010-2020 最后更新 </div>', null],
    ['in a comment', '<!-- <p>发布时间：2020-08-05</p> -->', null],
    ['hidden', '<p style="display:none">发布时间：2020-08-05</p>', null],
    ['a day of signing only', '', null],
  ])('%s', (_name, about, expected) => {
    expect(dateOf(article(about))).toBe(expected);
  });
  test('an article has one date, entries beside it are not its own', () => {
    const html = `${article('<p>发布时间：2020-08-05</p>')}<div class="xgyd"><h3>相关阅读</h3>${LIST}</div>`;
    const page = read(html, { url: 'http://www.example.gov.cn/a/t20200804_1.html' });
    expect([page.kind, page.latestDate?.value, page.items.length]).toEqual([
      'article',
      '2020-08-05',
      0,
    ]);
  });
  test.each([
    ['http://x.gov.cn/202008/t20200805_1353179.html', '2020-08-05'],
    ['http://x.gov.cn/art/2020/9/8/art_1_2.html', '2020-09-08'],
    [`http://x.gov.cn/xwfb/20200426/${'a1'.repeat(16)}.html`, '2020-04-26'],
    ['http://x.gov.cn/2020-04/08/content_1.htm', '2020-04-08'],
    ['http://x.gov.cn/c/2020-04-08-12.html', '2020-04-08'],
    ['http://x.gov.cn/202013/t20201305_1.html', null],
    ['http://x.gov.cn/info/1044/100065.htm', null],
    ['http://x.gov.cn/202111/t20211105_1.html', null],
  ])('the address %s', (url, date) => {
    expect(dateOf(article(''), url)).toBe(date === null ? null : `${date} page-url`);
  });
});

describe('page tags', () => {
  const page =
    read(`<META NAME="SiteName" CONTENT="甲市"><meta name="sitedomain" content="http://www.example.gov.cn/">
    <meta content="4300000041" name="SiteIDCode" /><meta name="ColumnType" content=""><meta name="ColumnName" content="null">
    <!--<meta name="PubDate" content="2020-01-01">--><meta name="viewport" content="x"><meta name="ArticleTitle" content=""><meta name="ArticleTitle" content="通知">`);
  test('by lower-cased name, as they stand, not out of comments', () => {
    expect(page.tags).toEqual({
      sitename: '甲市',
      sitedomain: 'http://www.example.gov.cn/',
      siteidcode: '4300000041',
      columntype: '',
      columnname: 'null',
      articletitle: '通知',
    });
  });
  test('those that say nothing', () => {
    expect(page.emptyTags).toEqual(['columntype', 'columnname']);
  });
});

describe('kinds', () => {
  const block = (name: string, n: number): string =>
    `<div class="box"><h2>${name}</h2><a href="/${n}/">更多</a><ul><li><a href="/${n}/1.html">${A}</a><span>2020-09-1${n}</span></li><li><a href="/${n}/2.html">${B}</a><span>2020-09-1${n}</span></li></ul></div>`;
  const guide =
    '<h1>事项办理</h1><p>设定依据：法规</p><p>申请条件：具备条件</p><p>办理材料：身份证</p><p>办理地点：政务大厅</p><p>办理时间：工作日</p><p>咨询电话：12345</p><p>办理流程：申请、受理、办结</p>';
  test.each([
    ['the root', LIST, 'http://www.example.gov.cn/', 'home'],
    ['an index in the root', LIST, 'http://www.example.gov.cn/index.html', 'home'],
    [
      'many boxes',
      [1, 2, 3, 4].map((n) => block(`要闻${n}`, n)).join(''),
      'http://www.example.gov.cn/a/b.html',
      'home',
    ],
    ['one list', `${MENU}${LIST}`, PAGE_URL, 'column'],
    [
      'one list with long summaries',
      LIST.replaceAll('</a>', `</a><p>${'某市召开会议，研究部署工作。'.repeat(12)}</p>`),
      PAGE_URL,
      'column',
    ],
    [
      'words under a title',
      article('<p>发布时间：2020-08-05</p>'),
      'http://www.example.gov.cn/a/b.html',
      'article',
    ],
    ['the guide to information', `<title>政府信息公开指南</title>${WORDS}`, PAGE_URL, 'guide'],
    [
      'the guide to a matter',
      `<title>办事指南</title>${guide}`,
      'http://www.example.gov.cn/bs/1.html',
      'service-guide',
    ],
    ['words without a date', `<title>机构职能</title>${WORDS}`, PAGE_URL, 'guide'],
    [
      'letters',
      `<title>市长信箱</title><h1>来信选登</h1>${LIST.replaceAll('</span>', '</span><em>已回复</em>')}`,
      PAGE_URL,
      'board',
    ],
    ['a query', '<title>办件查询</title><form></form><p>共查询出 0 条</p>', PAGE_URL, 'search'],
    ['an empty column', `${MENU}<ul class="list"></ul>`, PAGE_URL, 'column'],
    ['a missing page', '<title>404 Not Found</title><h1>404 Not Found</h1>', PAGE_URL, 'error'],
    ['sent on', '<meta http-equiv="refresh" content="0;url=/b/">', PAGE_URL, 'jump'],
  ])('%s', (_name, html, url, kind) => {
    expect(read(html, { url }).kind).toBe(kind);
  });
});
