import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodePage } from './decode-page.ts';
import { readPage } from './read-page.ts';

const TODAY = '2020-10-15';
const read = (html: string, url = 'http://www.example.gov.cn/zwgk/tzgg/index.html') =>
  readPage({ bytes: Buffer.from(html), url, today: TODAY });
const firstDate = (html: string): string | null => {
  const date = read(html).items[0]?.date;
  return date ? `${date.value}${date.yearUnknown ? '?' : ''}` : null;
};
const row = (date: string): string =>
  `<ul class="list"><li><a href="/a/1.html">关于召开全市工作座谈会的通知</a><span>${date}</span></li></ul>`;

describe('dates in all the ways they are written (page-patterns §2)', () => {
  it.each([
    ['2020-09-29', '2020-09-29'],
    ['2020-09-29 16:41', '2020-09-29'],
    ['2020-09-29 16:41:05', '2020-09-29'],
    ['2020年9月29日', '2020-09-29'],
    ['2020年09月29日 01:59', '2020-09-29'],
    ['2020/9/29', '2020-09-29'],
    ['2020.09.29', '2020-09-29'],
    ['( 2020-04-26)', '2020-04-26'],
    ['[2020-09-29]', '2020-09-29'],
    ['【2020-09-29】', '2020-09-29'],
    ['2020-09-30     14:46', '2020-09-30'],
    ['09-29', '09-29?'],
    ['9月29日', '09-29?'],
    ['2020-13-02', null],
    ['2020-02-30', null],
    ['2020-12-31', null],
  ])('%s', (written, expected) => {
    expect(firstDate(row(written))).toBe(expected);
  });
});

describe('where the date stands (§3)', () => {
  const title = '关于召开全市工作座谈会的通知';
  it.each([
    ['before the link', `<ul><li><span>2020-09-07</span><a href="/1.html">${title}</a></li></ul>`],
    ['in i', `<ul><li><a href="/1.html">${title}</a><i>2020-09-07</i></li></ul>`],
    ['in em', `<ul><li><a href="/1.html">${title}</a><em>2020-09-07</em></li></ul>`],
    ['in font', `<ul><li><a href="/1.html">${title}</a><font>2020-09-07</font></li></ul>`],
    [
      'inside the link beside the title',
      `<ul><li><a href="/1.html"><span>${title}</span><span>2020-09-07</span></a></li></ul>`,
    ],
    [
      'in the publication column of a table',
      `<table><tr><th>名称</th><th>索引号</th><th>成文日期</th><th>发布日期</th></tr><tr><td><a href="/1.html">${title}</a></td><td>000014348/2020-35428</td><td>2020-08-01</td><td>2020-09-07</td></tr></table>`,
    ],
    [
      'in a table without heads',
      `<table><tr><td><a href="/1.html">${title}</a></td><td>000000000/2019-00311</td><td>某局</td><td>2020-09-07</td></tr></table>`,
    ],
    [
      'in h4',
      `<div><h4><a href="/1.html">${title}</a><span class="date">2020-09-07</span></h4></div>`,
    ],
    ['in dl', `<div><dl><dt><a href="/1.html">${title}</a></dt><dd>2020-09-07</dd></dl></div>`],
    [
      'day above year and month',
      `<ul><li><div class="d">07</div><div class="ym">2020-09</div><a href="/1.html">${title}</a></li></ul>`,
    ],
    [
      'only in a tooltip',
      `<ul><li><a href="/1.html" title="${title}&#10;发布时间：2020-09-07">${title}</a></li></ul>`,
    ],
    [
      'month and day shown, all of it in a tooltip',
      `<ul><li><a href="/1.html">${title}</a><span title="2020-09-07">9月7日</span></li></ul>`,
    ],
    [
      'only in the address',
      `<ul><li><a href="/202009/t20200907_11.html">${title}</a></li><li><a href="/202009/t20200901_10.html">${title}（二）</a></li></ul>`,
    ],
    [
      'in a dated folder',
      `<ul><li><a href="/art/2020/9/7/art_1_2.html">${title}</a></li><li><a href="/art/2020/9/1/art_1_1.html">${title}（二）</a></li></ul>`,
    ],
    [
      'year from the address',
      `<ul><li><a href="/202009/t20200907_11.html">${title}</a><span>09-07</span></li></ul>`,
    ],
    [
      'year from a heading',
      `<h3>2020年</h3><ul><li><a href="/1.html">${title}</a><span>09-07</span></li></ul>`,
    ],
    [
      'on a row that is clicked',
      `<ul><li><p onclick="location.href='/1.html'">${title}</p><span>2020-09-07</span></li></ul>`,
    ],
  ])('%s', (_name, html) => {
    expect(firstDate(html)).toBe('2020-09-07');
  });

  it('a title keeps its words and loses the date', () => {
    const html = `<ul><li><a href="/1.html"><span>${title}</span><span>2020-09-07</span></a></li></ul>`;
    expect(read(html).items[0]?.title).toBe(title);
  });
});

describe('dates that are none (§3)', () => {
  it.each([
    ['a clock in the header', '<div id="time">2020年10月14日 星期三</div>'],
    ['copyright years', '<p>版权所有 © 2010-2020</p>'],
    ['a deadline', '<p>转办意见：请于2020-10-11前给予回复</p>'],
    ['a date of the future', row('2021-01-05').replace('通知', '公告')],
  ])('%s', (_name, extra) => {
    expect(read(`${extra}${row('2020-09-01')}`).latestDate?.value).toBe('2020-09-01');
  });

  it('a date in the title is not the date of the row', () => {
    const html = `<ul><li><a href="/1.html">4月26日（0-24时）情况通报</a><span>2020-04-27</span></li></ul>`;
    expect(firstDate(html)).toBe('2020-04-27');
  });

  it('the greatest date counts, not that of the first, pinned row', () => {
    const html = `<ul><li><a href="/1.html">[置顶] 关于开展专项整治的公告</a><span>2019-01-02</span></li><li><a href="/2.html">关于召开工作座谈会的通知</a><span>2020-09-07</span></li></ul>`;
    expect(read(html).latestDate?.value).toBe('2020-09-07');
  });

  it('a hidden list that is no pane of a tab is not seen, panes of a tab are', () => {
    const pane = (style: string, date: string): string =>
      `<ul style="${style}"><li><a href="/1.html">关于召开全市工作座谈会的通知</a><span>${date}</span></li></ul>`;
    expect(
      read(`<div>${pane('display:none', '2020-09-09')}</div>${row('2020-09-01')}`).latestDate
        ?.value,
    ).toBe('2020-09-01');
    expect(
      read(`<div>${pane('', '2020-09-01')}${pane('display:none', '2020-09-09')}</div>`).latestDate
        ?.value,
    ).toBe('2020-09-09');
  });
});

describe('lists that are not in the markup (§4)', () => {
  it('an XML island', () => {
    const html = `<div id="227854"><script type="text/xml"><datastore><totalrecord>40</totalrecord><recordset><record><![CDATA[<li><a href="/art/2021/3/2/art_9_1.html" title="关于开展检查的通知">关于开展检查的通知</a><span>2020-03-02</span></li>]]></record></recordset></datastore></script></div>`;
    const page = read(html);
    expect([page.items[0]?.date?.value, page.declaredTotal]).toEqual(['2020-03-02', 40]);
  });

  it('a script array', () => {
    const html = `<script>var i=0;urls[i]='/art/2020/5/9/a.html';headers[i]="关于开展检查的通知";year[i]='2020';month[i]='05';day[i]='09';i++;</script>`;
    expect(read(html).items[0]).toMatchObject({
      title: '关于开展检查的通知',
      url: 'http://www.example.gov.cn/art/2020/5/9/a.html',
      date: { value: '2020-05-09', source: 'script' },
    });
  });

  it.each([
    ['text', '"2020-09-29 10:00:00"', '2020-09-29'],
    ['milliseconds', '1588064103000', '2020-04-28'],
    ['/Date()/', '"/Date(1588064103000)/"', '2020-04-28'],
  ])('embedded JSON with a date as %s', (_name, written, expected) => {
    const html = `<script>window.__DATA__={"list":[{"title":"关于开展检查的通知","url":"/1.html","pubtime":${written}}]}</script>`;
    expect(read(html).items[0]?.date?.value).toBe(expected);
  });

  it('an application that only a browser fills needs rendering', () => {
    expect(read('<div id="app"></div><script src="/app.js"></script>').needsRender).toBe(true);
    expect(read(row('2020-09-01')).needsRender).toBe(false);
  });

  it('a data file beside the page, frames and jumps are told', () => {
    expect(read('<ul id="showData0" data="datasource:8f0c"></ul>').dataUrls).toEqual([
      'http://www.example.gov.cn/zwgk/tzgg/ds_8f0c.json',
    ]);
    expect(read('<iframe src="list.html"></iframe>').frames).toEqual([
      'http://www.example.gov.cn/zwgk/tzgg/list.html',
    ]);
    expect(read('<meta http-equiv="refresh" content="0;url=/zwgk/index.html">').redirect).toBe(
      'http://www.example.gov.cn/zwgk/index.html',
    );
  });

  it.each(['暂无内容', '正在建设中', '信息更新中'])('the notice %s', (notice) => {
    expect(read(`<div class="list"><p>${notice}</p></div>`).emptyNotice).not.toBeNull();
  });

  it('a query page with no hits is a query page', () => {
    expect(read('<p>共查询出 0 条</p>').isQuery).toBe(true);
  });
});

describe('charset (§5)', () => {
  const html = (charset: string): string =>
    `<html><head>${charset}<title>通知公告</title></head><body>关于召开全市工作座谈会的通知</body></html>`;
  const gb = (text: string): Uint8Array => iconv.encode(text, 'gb18030');
  it.each([
    ['UTF-8 declared', Buffer.from(html('<meta charset="utf-8">')), '', 'utf-8'],
    [
      'GBK declared gb2312',
      gb(html('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">')),
      '',
      'gb18030',
    ],
    ['GBK declared utf-8', gb(html('<meta charset="utf-8">')), '', 'gb18030'],
    ['GBK undeclared', gb(html('')), '', 'gb18030'],
    ['UTF-8 declared gb2312', Buffer.from(html('<META charset=gb2312>')), '', 'utf-8'],
    [
      'UTF-8 with a script in gb2312',
      Buffer.from(html('<script src="a.js" charset="gb2312"></script><meta charset="utf-8">')),
      '',
      'utf-8',
    ],
    ['GBK by the header', gb(html('')), 'text/html; charset=GBK', 'gb18030'],
    ['a byte order mark', Buffer.from(`\uFEFF${html('<meta charset="gb2312">')}`), '', 'utf-8'],
    [
      'meta behind 27,000 bytes',
      gb(`<script>${'x'.repeat(27_000)}</script>${html('<meta charset="gbk">')}`),
      '',
      'gb18030',
    ],
  ])('%s', (_name, bytes, contentType, expected) => {
    const decoded = decodePage(bytes, contentType);
    expect(decoded.charset).toBe(expected);
    expect(decoded.text).toContain('关于召开全市工作座谈会的通知');
  });
});

describe('page tags (§7)', () => {
  it.each([
    ['2020年08月02日', '2020-08-02'],
    ['2020-04-26', '2020-04-26'],
    ['2020-04-26 09:30', '2020-04-26'],
    ['2017-04-12-21:37:05', '2017-04-12'],
    ['2017——04——12 21:37', '2017-04-12'],
  ])('PubDate %s', (written, expected) => {
    const html = `<meta content="${written}" name="PubDate" /><div>${'正文内容。'.repeat(60)}</div>`;
    expect(read(html, 'http://www.example.gov.cn/a/article_1.html').publishedOn).toEqual({
      value: expected,
      source: 'meta',
    });
  });

  it('names are compared without case, comments are none', () => {
    const page = read(
      '<meta name="sitedomain" content="www.example.gov.cn"><!--<meta name="ColumnType" content="x">--><meta name="ColumnName" content="null">',
    );
    expect(page.tags).toEqual({ sitedomain: 'www.example.gov.cn', columnname: 'null' });
  });
});

describe('footer (§8)', () => {
  it.each([
    ['网站标识码：4300000041', '4300000041'],
    ['政府网站标识码 1310000050', '1310000050'],
    ['政府网站标识码:<span>bm14000002</span>', 'bm14000002'],
    ['<!--网站标识码：4300000041-->', null],
    ['<script id="_jiucuo_" sitecode="4300000041"></script>', null],
    ['<meta name="SiteIDCode" content="4300000041">', null],
  ])('%s', (html, expected) => {
    expect(read(`<div class="footer">${html}</div>`).footer.siteCode).toBe(expected);
  });

  it.each([
    ['湘公网安备 43010202000001号', 'policeRecord', '湘公网安备 43010202000001号'],
    ['湘<span>ICP</span>备05000001号-1', 'icp', '湘ICP备05000001号-1'],
    ['郑公备：41010029000130', 'policeRecord', '郑公备：41010029000130'],
  ] as const)('%s', (html, field, expected) => {
    expect(
      read(`<div class="footer">${html}</div>`).footer[field]?.replace(/\s+(?=ICP|备)/g, ''),
    ).toBe(expected);
  });

  it.each([
    [
      `<script>document.write(unescape("%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript src='https://dcs.conac.cn/js/1/CA1.js'%3E%3C/script%3E"));</script>`,
      'script',
    ],
    ['<a href="https://bszs.conac.cn/sitename?method=show&id=1"><img src="red.png"></a>', 'link'],
    ['<a href="#"><img src="//dcs.conac.cn/image/red.png"></a>', 'image-only'],
    ['<p>主办</p>', false],
  ])('party and government mark: %s', (html, expected) => {
    expect(read(html).footer.partyGovMark).toBe(expected);
  });

  it.each([
    [
      '<script id="_jiucuo_" sitecode="4300000041" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>',
      'script',
    ],
    [
      '<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=4300000041"><img src="jiucuo.png"></a>',
      'link',
    ],
    [`<a href="javascript:;" onclick="Link('4300000041')"><img src="jiucuo.png"></a>`, 'link'],
    [
      '<a href="http://pucha.kaipuyun.cn/exposure/jiucuo.html"><img src="jiucuo.png"></a>',
      'outdated',
    ],
  ])('find-error entry: %s', (html, expected) => {
    expect(read(html).footer.findError).toBe(expected);
  });

  it('is read out of a same-site script, and told when only a script has it', () => {
    const html = '<script src="/assets/js/footer.js"></script>';
    const assets = new Map([
      ['/assets/js/footer.js', Buffer.from(`document.writeln("<p>网站标识码：4300000041</p>");`)],
    ]);
    const url = 'http://www.example.gov.cn/';
    expect(readPage({ bytes: Buffer.from(html), url, today: TODAY, assets }).footer.siteCode).toBe(
      '4300000041',
    );
    expect(read(html).footer.byScript).toBe(true);
  });
});
