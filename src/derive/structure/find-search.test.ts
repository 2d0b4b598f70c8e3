import { describe, expect, it } from 'vitest';
import { parseMarkup } from '../page/parse-markup.ts';
import { encodeQuery } from './encode-query.ts';
import { findSearch, mayFillResults, readSearchResult } from './find-search.ts';
import { linksOf, PAGE_URL } from './test-runs.ts';

const find = (body: string) =>
  findSearch(parseMarkup(`<body>${body}</body>`).document, linksOf(body), {
    url: PAGE_URL,
    charset: 'utf-8',
  });

describe('the search of a page', () => {
  it.each<[string, string, string | null | undefined]>([
    [
      'a form by GET with hidden fields',
      '<form action="/search.html"><input type="hidden" name="site" value="1"><input name="q" placeholder="请输入关键字"></form>',
      'http://www.x.gov.cn/search.html?site=1&q=',
    ],
    [
      'a form without a telling name and a button',
      '<form action="/s"><input type="text" name="w"><input type="submit" value="搜索"></form>',
      'http://www.x.gov.cn/s?w=',
    ],
    [
      'a box with a script that says where it goes',
      `<input id="keyword"><script>function go(){location.href='/so/search?wd='+v}</script>`,
      'http://www.x.gov.cn/so/search?wd=',
    ],
    [
      'a box whose script says nothing',
      '<input id="searchword"><script src="/a.js"></script>',
      null,
    ],
    ['a form by POST', '<form method="post" action="/s"><input name="keyword"></form>', null],
    ['a link to a search page', '<a href="/search/">全站搜索</a>', null],
    [
      'a login is no search',
      '<form action="/l"><input name="user"><input type="password" name="p"></form>',
      undefined,
    ],
    [
      'a letter is no search',
      '<form action="/w"><input name="title"><input name="name"><textarea></textarea></form>',
      undefined,
    ],
    ['no search', '<p>正文</p>', undefined],
  ])('%s', (_name, body, template) => {
    const found = find(body);
    expect(found === null ? undefined : found.template).toBe(template);
  });
});

const TITLE = '我市召开安全生产工作会议部署下半年重点任务';
const result = (body: string) =>
  readSearchResult(
    {
      text: body.replace(/<[^>]+>/gu, ''),
      links: linksOf(body),
      itemTitles: [],
      fields: [],
      isScripted: mayFillResults(parseMarkup(body).document),
    },
    { title: TITLE, isArticle: (url) => url.endsWith('/t1.html') },
  ).outcome;

describe('a result page', () => {
  it.each([
    ['a link with the title', `<p>${TITLE}</p><a href="/x.html">${TITLE}</a>`, 'hit'],
    [
      'the title marked up',
      '<a href="/x.html">我市召开<em>安全生产</em>工作会议部署下半年重点任务</a>',
      'hit',
    ],
    ['a cut title', '<a href="/x.html">我市召开安全生产工作会议部署下半…</a>', 'hit'],
    ['a link to the article', '<a href="/t1.html">查看详情</a>', 'hit'],
    ['the question alone is no result', `<p>您搜索的“${TITLE}”没有找到相关结果</p>`, 'miss'],
    ['an empty answer in other words', `<p>${TITLE}：您的检索结果为空</p>`, 'miss'],
    ['no record fits', `<p>对不起，没有符合条件的记录</p>`, 'miss'],
    ['nothing, and no echo', '<p>共查询出 0 条</p>', 'miss'],
    ['filled by a script', '<p>共 0 条</p><script>$.ajax({url:"/api"})</script>', 'unclear'],
    ['an empty page', '<p>搜索</p>', 'unclear'],
  ])('%s', (_name, body, outcome) => {
    expect(result(body)).toBe(outcome);
  });
});

it('a page in GBK sends its words in GBK', () => {
  expect(encodeQuery('通知 a', 'gb18030')).toBe('%CD%A8%D6%AA%20a');
  expect(encodeQuery('通知', 'utf-8')).toBe(encodeURIComponent('通知'));
});
