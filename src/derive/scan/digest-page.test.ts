import { describe, expect, it } from 'vitest';
import { digestPage } from './digest-page.ts';

const linksOf = (html: string) =>
  digestPage({
    body: new TextEncoder().encode(html),
    contentType: 'text/html; charset=utf-8',
    url: 'http://x.gov.cn/',
    today: '2020-09-17',
  }).links;

describe('the words of an address that stands several times in a page', () => {
  it.each([
    [
      'those that promise a service, before the menu',
      '<a href="/">首页</a><a href="/">居民身份证办理</a>',
      '居民身份证办理',
    ],
    ['the first of two services', '<a href="/">社保查询</a><a href="/">公积金查询</a>', '社保查询'],
    ['the first of others', '<a href="/">首页</a><a href="/">返回首页</a>', '首页'],
    ['any before none', '<a href="/"><img src="a.png"></a><a href="/">首页</a>', '首页'],
  ])('%s', (_name, html, text) => {
    const home = linksOf(html).filter(({ url }) => url === 'http://x.gov.cn/');
    expect(home).toEqual([{ url: 'http://x.gov.cn/', kind: 'page', text }]);
  });
});
