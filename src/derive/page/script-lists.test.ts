import { describe, expect, test } from 'vitest';
import { A, B, itemsOf, read } from './test-pages.ts';

const [D1, D2] = ['2020-09-29', '2020-09-18'];
const BOTH = [`${A}@${D1}`, `${B}@${D2}`];
const record = (inner: string): string => `<record><![CDATA[${inner}]]></record>`;
const island = (records: string, total = 40): string =>
  `<div id="227854"><script type="text/xml"><datastore><totalrecord>${total}</totalrecord><totalpage>2</totalpage><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&columnid=9&unitid=227854"></a>]]></nextgroup><recordset>${records}</recordset></datastore></script></div>`;
const jsonRows = JSON.stringify([
  { title: A, url: '/a.html', pubtime: `${D1} 10:00:00` },
  { title: B, url: '/b.html', pubtime: `${D2} 10:00:00` },
]);

describe('lists in scripts', () => {
  test.each([
    [
      'an island of list rows',
      island(
        record(`<li><a href="/art/1.html" title="${A}">${A}</a><span>${D1}</span></li>`) +
          record(`<li><a href="/art/2.html">${B}</a><span>${D2}</span></li>`),
      ),
    ],
    [
      'an island of table rows',
      island(
        record(`<tr><td><a href="/1.html">${A}</a></td><td>${D1}</td></tr>`) +
          record(`<tr><td><a href="/2.html">${B}</a></td><td>${D2}</td></tr>`),
      ),
    ],
    [
      'an island of bare links',
      island(
        record(`<a href="/1.html">${A}</a><span>${D1}</span>`) +
          record(`<a href="/2.html">${B}</a><span>${D2}</span>`),
      ),
    ],
    [
      'an island outside scripts',
      `<xml><datastore><recordset>${record(`<li><a href="/1.html">${A}</a><span>${D1}</span></li>`)}${record(`<li><a href="/2.html">${B}</a><span>${D2}</span></li>`)}</recordset></datastore></xml>`,
    ],
    [
      'arrays with a counter',
      `<script>var i=0;urls[i]='/a.html';headers[i]="${A}";year[i]='2020';month[i]='09';day[i]='29';i++;urls[i]='/b.html';headers[i]="${B}";year[i]='2020';month[i]='9';day[i]='18';i++;</script>`,
    ],
    [
      'arrays with numbers',
      `<script>title[0]="${A}";link[0]="/a.html";date[0]="${D1}";title[1]="${B}";link[1]="/b.html";date[1]="${D2}";</script>`,
    ],
    ['assigned JSON', `<script>window.__DATA__={"list":${jsonRows}};</script>`],
    [
      'deep JSON',
      `<script>window.__NUXT__={"data":[{"page":{"result":{"records":${jsonRows}}}}]}</script>`,
    ],
    ['a script of JSON', `<script type="application/json">{"rows":${jsonRows}}</script>`],
    ['passed to a function', `<script>render(${jsonRows});</script>`],
    [
      'a script object',
      `<script>var list=[{title:'${A}',url:'/a.html',publishTime:'${D1}'},{title:'${B}',url:'/b.html',publishTime:'${D2}',},];</script>`,
    ],
    [
      'milliseconds',
      `<script>var d={"list":[{"title":"${A}","url":"/a","publishTime":1601344800000},{"title":"${B}","url":"/b","publishTime":1600394400000}]};</script>`,
    ],
    [
      '/Date()/',
      `<script>var d={"list":[{"title":"${A}","url":"/a","createTime":"/Date(1601344800000)/"},{"title":"${B}","url":"/b","createTime":"/Date(1600394400000+0800)/"}]};</script>`,
    ],
  ])('%s', (_name, html) => {
    const page = read(html);
    expect(page.items.map(({ title, date }) => `${title}@${date?.value}`)).toEqual(BOTH);
    expect(page.latestDate).toEqual({ value: D1, source: 'script' });
    expect(page.needsRender).toBe(false);
  });
  test.each([
    'publishTime',
    'pubtime',
    'pub_time',
    '__$pubtime',
    'docreltime',
    'createTime',
    'display_date',
  ])('field %s', (field) => {
    const html = `<script>var a=${JSON.stringify({ list: [{ title: A, url: '/a.html', [field]: `${D1} 08:00` }] })}</script>`;
    expect(itemsOf(html)).toEqual([BOTH[0]]);
  });
  test('an answer of JSON with markup in it', () => {
    const body = JSON.stringify({
      success: true,
      data: {
        html: `<ul><li><a href="/a.html">${A}</a><span>${D1}</span></li><li><a href="/b.html">${B}</a><span>${D2}</span></li></ul>`,
      },
    });
    expect(itemsOf(body, { contentType: 'application/json' })).toEqual(BOTH);
  });
  test('an answer of JSON', () => {
    expect(itemsOf(`{"code":0,"list":${jsonRows}}`)).toEqual(BOTH);
  });
  test('announced for later in a script', () => {
    expect(
      itemsOf(
        `<script>var a={"list":[{"title":"${A}","url":"/a","pubtime":"2021-01-01"}]}</script>`,
      ),
    ).toEqual([`${A}@?`]);
  });
  test.each([
    ['in a comment', `<!-- <script>window.__DATA__={"list":${jsonRows}}</script> -->`],
    [
      'settings',
      '<script>var conf={"name":"某某网站","path":"/static","list":[{"id":1},{"id":2}]}</script>',
    ],
    ['broken JSON', '<script>window.__DATA__={"list":[{"title":"x</script>'],
  ])('no list: %s', (_name, html) => {
    expect(itemsOf(html)).toEqual([]);
  });
});

describe('what the scripts say of how many', () => {
  test.each([
    [island(''), 40],
    ['<script>var countnum=6348; var countPage=56;</script>', 6348],
    ['<script>totalCount: 12</script>', 12],
    ['<script>var data={"totalCount":"7"}</script>', 7],
    ['<script>createPageHTML(12, 0, "index", "html");</script>', 12],
    ['<script>createPageHTML(1, 0, "index", "html");</script>', null],
    ['<script>var countnum=0;</script>', 0],
    ['<p>无</p>', null],
  ])('%s → %s', (html, total) => {
    expect(read(html).declaredTotal).toBe(total);
  });
});
