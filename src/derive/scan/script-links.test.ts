import { describe, expect, it } from 'vitest';
import { scanPage } from './scan-page.ts';
import { scriptLinks } from './script-links.ts';

const linksOf = (html: string, url = 'http://a.gov.cn/xw/'): string[] =>
  scriptLinks({ html, scripts: scanPage(html).scripts }, url, '2020-09-17').map(
    (link) => link.href,
  );

describe('links that only scripts know', () => {
  it.each<[string, string, string, string[]]>([
    [
      'a TRS pager',
      '<script>createPageHTML(3, 0, "index", "html");</script>',
      'http://a.gov.cn/xw/',
      ['index_1.html', 'index_2.html'],
    ],
    [
      'the same with other quotes and ending',
      "<script>createPageHTML( 2 ,1,'list','htm')</script>",
      'http://a.gov.cn/xw/',
      ['list_1.htm'],
    ],
    ['one page is no more', '<script>createPageHTML(1,0,"index","html")</script>', '/', []],
    [
      'a pager of the site’s own',
      '<script>var countnum=40;var countPage=3;showPage(countPage,1);</script>',
      'http://a.gov.cn/xw/index.html',
      ['index_1.html', 'index_2.html'],
    ],
    [
      'the same on a later page',
      '<script>var countPage=3;</script>',
      'http://a.gov.cn/xw/index_2.html?x=1',
      ['index_1.html', 'index_2.html'],
    ],
    [
      'no file name that could be counted on',
      '<script>var countPage=3</script>',
      'http://a/x.do',
      [],
    ],
  ])('%s', (_name, html, url, hrefs) => {
    expect(linksOf(html, url)).toEqual(hrefs);
  });

  it('entries of an XML island, an array, and embedded JSON', () => {
    expect(
      linksOf(
        '<script type="text/xml"><datastore><record><![CDATA[<li><a href="/art/1.html">关于开展检查的通知</a><span>2020-09-01</span></li>]]></record></datastore></script>',
      ),
    ).toEqual(['http://a.gov.cn/art/1.html']);
    expect(
      linksOf(
        `<script>urls[i]='/a/2.html';headers[i]="关于召开会议的通知";year[i]='2020';month[i]='05';day[i]='09';i++</script>`,
      ),
    ).toEqual(['http://a.gov.cn/a/2.html']);
    expect(
      linksOf(
        '<script>window.__DATA__={"list":[{"title":"关于公布名单的通知","url":"/a/3.html","time":"2020-05-09"}]};</script>',
      ),
    ).toEqual(['http://a.gov.cn/a/3.html']);
  });

  it('all are guesses, and a pager that promises millions gives a bounded number', () => {
    const page = { html: '', scripts: ['createPageHTML(99999,0,"index","html")'] };
    const links = scriptLinks(page, 'http://a/', '2020-09-17');
    expect(links).toHaveLength(999);
    expect(links.every((link) => link.guessed)).toBe(true);
  });

  it('hostile scripts cost no more than their length', () => {
    const open = '<script '.repeat(50_000);
    const unclosed = `<record>${'<script>urls['.repeat(20_000)}`;
    expect(linksOf(open + unclosed)).toEqual([]);
  });
});
