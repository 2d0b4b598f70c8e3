import { describe, expect, test } from 'vitest';
import { readPage } from './read-page.ts';
import { PAGE_URL, read, TODAY } from './test-pages.ts';

const footer = (html: string) => read(`<body><p>正文</p>${html}</body>`).footer;

describe('网站标识码', () => {
  test.each([
    ['<p>网站标识码：4300000041</p>', '4300000041'],
    ['<p>政府网站标识码 1310000050</p>', '1310000050'],
    ['<p>网站标识码 1304000009</p>', '1304000009'],
    ['<p>网站标识码:4300000041</p>', '4300000041'],
    ['<p>网站标识码4300000041</p>', '4300000041'],
    ['<p>网站标识码（4300000041）</p>', '4300000041'],
    ['<p>政府网站标识码:<span>bm14000002</span></p>', 'bm14000002'],
    ['<p>网站标识码：<a href="#">BM14000002</a></p>', 'bm14000002'],
    ['<p>网站标识码&nbsp;：&nbsp; 43000<b>00041</b></p>', '4300000041'],
    ['<td>网站标识码：</td><td>4300000041</td>', '4300000041'],
    ['<span>网站标识码：4300000041</span><span>0731-88888888</span>', '4300000041'],
    ['<!-- 网站标识码：4300000041 -->', null],
    ['<!--统计--!><p>网站标识码：4300000041鄂ICP备05011090号-1</p><!--统计--!>', '4300000041'],
    ['<meta name="SiteIDCode" content="4300000041">', null],
    [
      '<script id="_jiucuo_" sitecode="4300000041" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>',
      null,
    ],
    [
      '<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=4300000041">找错</a>',
      null,
    ],
    ['<p style="display:none">网站标识码：4300000041</p>', null],
    ['<p>网站标识码：43000000411</p>', null],
  ])('%s', (html, code) => {
    expect(footer(html).siteCode).toBe(code);
  });
  test.each([
    ['网站标识码:1304000000', true],
    ['网站标识码:4300000041', undefined],
    ['冀ICP备:10000000号', true],
    ['冀公网备案号:1300000000000', true],
    ['湘ICP备05000001号-1 湘公网安备 43010202000001号', undefined],
  ])('placeholder: %s', (text, placeholder) => {
    expect(footer(`<p>${text}</p>`).placeholder).toBe(placeholder);
  });
});

describe('备案', () => {
  test.each([
    ['<a href="https://beian.miit.gov.cn">湘ICP备05000001号-1</a>', '湘ICP备05000001号-1'],
    ['<p>备案号：湘ICP备05000001号</p>', '湘ICP备05000001号'],
    ...['滇', '黔', '蜀', '陇'].map((place): [string, string] => [
      `<p>电话：0000-5550002　${place}ICP备05009999号</p>`,
      `${place}ICP备05009999号`,
    ]),
    ['<p>湘<span>ICP</span>备0500<span>0001</span>号-12</p>', '湘ICP备05000001号-12'],
    ['<p>京ICP证030173号</p>', '京ICP证030173号'],
    [
      '<p>ICP备案编号: <a href="https://beian.miit.gov.cn">京ICP备05009132号</a></p>',
      '京ICP备05009132号',
    ],
    ['<p>冀ICP备:10000000号</p>', '冀ICP备:10000000号'],
    ['<!-- 湘ICP备05000001号 -->', null],
  ])('%s', (html, icp) => {
    expect(footer(html).icp).toBe(icp);
  });
  test.each([
    ['<a><img src="gh.png"><p>湘公网安备 43010202000001号</p></a>', '湘公网安备 43010202000001号'],
    ['<p>湘公网安备43010202000001号</p>', '湘公网安备43010202000001号'],
    ['<p>湘公网安备4301<span>0202000001</span>号</p>', '湘公网安备43010202000001号'],
    ['<p>郑公备：41010029000130</p>', '郑公备：41010029000130'],
    ['<p>冀公网备案号:1300000000000</p>', '冀公网备案号:1300000000000'],
    ['<p>公安备案号：43010202000001</p>', '43010202000001'],
    ['<p>津ICP备05010518号  津公网安备 ：12010302000991号</p>', '津公网安备 ：12010302000991号'],
    ['<div>沪公安备：31010102045442号</div>', '沪公安备：31010102045442号'],
    ['<p>公安机关备案号：湘公网安备 43010202000001号</p>', '湘公网安备 43010202000001号'],
    [
      '<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=43010202000001">公安备案</a>',
      null,
    ],
  ])('%s', (html, record) => {
    expect(footer(html).policeRecord).toBe(record);
  });
});

describe('党政机关网站标识', () => {
  test.each([
    [
      `<script>document.write(unescape("%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript src='https://dcs.conac.cn/js/18/296/CA1.js' type='text/javascript'%3E%3C/script%3E"));</script>`,
      'script',
    ],
    [
      `<script>document.write(unescape("%3Cscript src='"+"ht"+"tp://"+"dcs.conac.cn/js/1/CA.js'%3E%3C/script%3E"))</script>`,
      'script',
    ],
    [
      '<a href="https://bszs.conac.cn/sitename?method=show&id=1"><img src="//dcs.conac.cn/image/red.png"></a>',
      'link',
    ],
    ['<a href="#"><img src="images/footer_dzjg.jpg"></a>', 'image-only'],
    ['<img src="/images/red.png" alt="党政机关">', 'image-only'],
    ['<!-- <script src="https://dcs.conac.cn/js/1/CA.js"></script> -->', false],
    ['<p>党政机关</p>', false],
  ])('%s', (html, mark) => {
    expect(footer(html).partyGovMark).toBe(mark);
  });
});

describe('我为政府网站找错', () => {
  test.each([
    [
      '<script id="_jiucuo_" sitecode="4300000041" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>',
      'script',
    ],
    [
      '<script id="_jiucuo_" sitecode="4300000041" src="./x_files/jiucuo.js.下载"></script>',
      'script',
    ],
    [
      '<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=4300000041&url="><img src="jiucuo.png"></a>',
      'link',
    ],
    [`<a href="javascript:;" onclick="Link('4300000041')"><img src="jiucuo.png"></a>`, 'link'],
    [
      '<a href="http://pucha.kaipuyun.cn/exposure/jiucuo.html?site_code=1"><img src="jiucuo.png"></a>',
      'outdated',
    ],
    ['<script id="_jiucuo_" src="http://121.43.68.40/exposure/jiucuo.js"></script>', 'outdated'],
    ['<a href="#"><img src="images/footer_zhaocuo.jpg"></a>', 'image-only'],
    [
      '<!-- <script id="_jiucuo_" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script> -->',
      false,
    ],
    ['<p>纠错</p>', false],
  ])('%s', (html, entry) => {
    expect(footer(html).findError).toBe(entry);
  });
});

const FOOT = `<div>网站标识码：4300000041 湘ICP备05000001号 <script id=\\"_jiucuo_\\" src=\\"https://zfwzgl.www.gov.cn/exposure/jiucuo.js\\"><\\/script></div>`;

describe('a foot that scripts write', () => {
  test('inline', () => {
    const read = footer(`<script>document.writeln("${FOOT}");</script>`);
    expect(read).toMatchObject({
      siteCode: '4300000041',
      icp: '湘ICP备05000001号',
      findError: 'script',
      byScript: false,
    });
  });
  test.each([
    [
      'document.write',
      `var a=1;\ndocument.write('<p>网站标识码：' + "4300000041" + '</p>');document.write("<p>湘公网安备 43010202000001号</p>")`,
    ],
    [
      'innerHTML',
      'document.getElementById("foot").innerHTML = "<p>网站标识码：4300000041</p><p>湘公网安备 43010202000001号</p>";',
    ],
    [
      'jQuery',
      '$("#footer").html("<p>网站标识码：4300000041</p>" + "<p>湘公网安备 43010202000001号</p>");',
    ],
    [
      'escaped words',
      'document.write("\\u7f51\\u7ad9\\u6807\\u8bc6\\u7801：4300000041 湘公网安备 43010202000001号")',
    ],
    [
      'innerText',
      'var a=document.getElementById("a"); a. innerText="网站标识码:4300000041 "; a.innerText = " 湘公网安备 43010202000001号 ";',
    ],
    [
      'template text',
      '$(".f").append(`<p>网站标识码：4300000041</p>\n<p>湘公网安备 43010202000001号</p>`)',
    ],
  ])('in a script of the same site: %s', (_name, script) => {
    const html = '<body><p>正文</p><script src="/assets/js/footer.js"></script></body>';
    const bytes = new TextEncoder().encode(html);
    const without = readPage({ bytes, url: PAGE_URL, today: TODAY });
    expect(without.footer).toMatchObject({ siteCode: null, byScript: true });
    const assets = new Map([
      ['http://www.example.gov.cn/assets/js/footer.js', new TextEncoder().encode(script)],
    ]);
    const footer = readPage({ bytes, url: PAGE_URL, today: TODAY, assets }).footer;
    expect(footer).toMatchObject({
      siteCode: '4300000041',
      policeRecord: '湘公网安备 43010202000001号',
      byScript: false,
    });
  });
  test.each([
    ['an include', '<!--#include virtual="/footer.html"-->', true],
    ['a frame', '<iframe src="/public/footer.html"></iframe>', true],
    ['loaded by a script', '<script>$("#f").load("/footer.html")</script>', true],
    ['an empty holder', '<div class="footer"></div>', true],
    ['nothing at all', '<p>版权所有</p>', false],
  ])('may be written: %s', (_name, html, byScript) => {
    expect(footer(html).byScript).toBe(byScript);
  });
});
