import { describe, expect, test } from 'vitest';
import { A, B, itemsOf, PAGE_URL, read } from './test-pages.ts';

const [D1, D2] = ['2020-09-29', '2020-09-18'];
const BOTH = [`${A}@${D1}`, `${B}@${D2}`];
const rows = (row: (title: string, date: string, n: number) => string): string =>
  `${row(A, D1, 1)}${row(B, D2, 2)}`;

/** Where a date stands (page-patterns §3), one list of two entries each. */
const FORMS: [name: string, html: string][] = [
  ...['span', 'i', 'em', 'b', 'small', 'font', 'label', 'time', 'div', 'p'].map(
    (tag): [string, string] => [
      `a then ${tag}`,
      `<ul>${rows((t, d, n) => `<li><a href="${n}.html">${t}</a><${tag}>${d}</${tag}></li>`)}</ul>`,
    ],
  ),
  [
    'date before the link',
    `<ul>${rows((t, d, n) => `<li><span>${d}</span><a href="${n}.html">${t}</a></li>`)}</ul>`,
  ],
  [
    'bare text behind',
    `<ul>${rows((t, d, n) => `<li>· <a href="${n}.html">${t}</a>　${d}</li>`)}</ul>`,
  ],
  [
    'link around title and date spans',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html"><span class="fl">· ${t}</span><span class="fr">${d}</span></a></li>`)}</ul>`,
  ],
  [
    'link around bare title and date',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html">${t}<span>${d}</span></a></li>`)}</ul>`,
  ],
  [
    'link around date and title',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html"><i>${d}</i>${t}</a></li>`)}</ul>`,
  ],
  [
    'links without rows',
    `<div class="list">${rows((t, d, n) => `<a href="${n}.html"><p>${t}</p><span>${d}</span></a>`)}</div>`,
  ],
  [
    'links and breaks in a cell',
    `<table><tr><td>${rows((t, d, n) => `· <a href="${n}.html">${t}</a> (${d})<br>`)}</td></tr></table>`,
  ],
  [
    'dates in front, breaks',
    `<div>${rows((t, d, n) => `${d} <a href="${n}.html">${t}</a><br>`)}</div>`,
  ],
  ['paragraphs', `<div>${rows((t, d, n) => `<p><a href="${n}.html">${t}</a> ${d}</p>`)}</div>`],
  [
    'heading with a date span',
    `<div>${rows((t, d, n) => `<h4><a href="${n}.html">${t}</a><span class="date">${d}</span></h4>`)}</div>`,
  ],
  [
    'heading, then paragraph',
    `<div>${rows((t, d, n) => `<h3><a href="${n}.html">${t}</a></h3><p class="time">发布时间：${d}</p>`)}</div>`,
  ],
  [
    'fourth child of a div',
    `<div class="l">${rows((t, d, n) => `<div class="r"><div>${n}</div><div><a href="${n}.html">${t}</a></div><div>某局</div><div>${d}</div></div>`)}</div>`,
  ],
  [
    'dl with dt and dd',
    `<dl>${rows((t, d, n) => `<dt><a href="${n}.html">${t}</a></dt><dd>${d}</dd>`)}</dl>`,
  ],
  [
    'a dl for each',
    `<div>${rows((t, d, n) => `<dl><dt><a href="${n}.html">${t}</a></dt><dd>${d}</dd></dl>`)}</div>`,
  ],
  [
    'a table for each',
    `<td>${rows((t, d, n) => `<table width=100%><tr><td>·</td><td><a href="${n}.html">${t}</a></td><td>[${d}]</td></tr></table>`)}</td>`,
  ],
  [
    'a ul of cells for each',
    `<div>${rows((t, d, n) => `<ul class="row"><li>${n}</li><li><a href="${n}.html">${t}</a></li><li>000014348/2020-35428</li><li>${d}</li></ul>`)}</div>`,
  ],
  [
    'two entries in a table row',
    `<table><tr>${rows((t, d, n) => `<td><a href="${n}.html">${t}</a></td><td>${d}</td>`)}</tr></table>`,
  ],
  [
    'day over year-month',
    `<ul>${rows((t, d, n) => `<li><div class="d">${d.slice(8)}</div><div class="ym">${d.slice(0, 7)}</div><a href="${n}.html">${t}</a></li>`)}</ul>`,
  ],
  [
    'year-month over day in the link',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html"><span>${d.slice(0, 7)}</span><b>${d.slice(8)}</b><p>${t}</p></a></li>`)}</ul>`,
  ],
  [
    'day, month and year apart',
    `<ul>${rows((t, d, n) => `<li><b>${d.slice(8)}</b><i>${d.slice(5, 7)}月</i><em>${d.slice(0, 4)}</em><a href="${n}.html">${t}</a></li>`)}</ul>`,
  ],
  [
    'month-day over year',
    `<ul>${rows((t, d, n) => `<li><b>${d.slice(5)}</b><i>${d.slice(0, 4)}</i><a href="${n}.html">${t}</a></li>`)}</ul>`,
  ],
  [
    'hidden year beside',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html">${t}</a><span style="display:none">${d.slice(0, 4)}</span><span>${d.slice(5)}</span></li>`)}</ul>`,
  ],
  [
    'year in the address',
    `<ul>${rows((t, d, n) => `<li><a href="./${d.slice(0, 4)}${d.slice(5, 7)}/t${d.replaceAll('-', '')}_${n}.html">${t}</a><span>${d.slice(5)}</span></li>`)}</ul>`,
  ],
  [
    'year in the folder',
    `<ul>${rows((t, d, n) => `<li><a href="/2020/tz/${n}.html">${t}</a><span>${Number(d.slice(5, 7))}月${d.slice(8)}日</span></li>`)}</ul>`,
  ],
  [
    'year heading above',
    `<h3>2020年</h3><ul>${rows((t, d, n) => `<li><a href="${n}.html">${t}</a><span>${d.slice(5)}</span></li>`)}</ul>`,
  ],
  [
    'year heading inside',
    `<dl><dt>【2020年】</dt>${rows((t, d, n) => `<dd><a href="${n}.html">${t}</a><span>[${d.slice(5)}]</span></dd>`)}</dl>`,
  ],
  [
    'tooltip with a label',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html" title="标题：${t}&#10;发布时间：${d}">${t.slice(0, 8)}…</a></li>`)}</ul>`,
  ],
  [
    'tooltip with a full date, month-day shown',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html">${t}</a><span title="${d} 10:20">${d.slice(5)}</span></li>`)}</ul>`,
  ],
  [
    'machine-readable attribute',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html">${t}</a><time datetime="${d}T08:00:00+08:00">前几天</time></li>`)}</ul>`,
  ],
  [
    'only in the address',
    `<ul>${rows((t, d, n) => `<li><a href="/art/${d.slice(0, 4)}/${Number(d.slice(5, 7))}/${Number(d.slice(8))}/art_1_${n}.html">${t}</a></li>`)}</ul>`,
  ],
  [
    'brackets at the end of the link',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html">${t}（${d}）</a></li>`)}</ul>`,
  ],
  [
    'brackets at the start of the link',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html">[${d}] ${t}</a></li>`)}</ul>`,
  ],
  [
    'date and blank in front, in the link',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html">${d} ${t}</a></li>`)}</ul>`,
  ],
  [
    'words about the entry',
    `<ul>${rows((t, d, n) => `<li><h3><a href="${n}.html">${t}</a></h3><p>来源：某市某局 ${d} 浏览：12</p></li>`)}</ul>`,
  ],
  [
    'summary with other dates',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html">${t}</a><p>2020年5月6日—6月30日，我市开展检查，2020年7月1日完成。</p><span>${d}</span></li>`)}</ul>`,
  ],
  [
    'link around everything',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html"><h3>${t}</h3><p>2020年5月6日，我市开展检查，成效明显。</p><span>发布日期：${d}</span></a></li>`)}</ul>`,
  ],
  [
    'picture, title, details',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html"><img src="x.jpg" alt="${t}"></a><a href="${n}.html">${t}</a><span>${d}</span><a href="${n}.html">查看详情</a></li>`)}</ul>`,
  ],
  [
    'column mark in front',
    `<ul>${rows((t, d, n) => `<li><a href="/zc/">[政策文件]</a> <a href="${n}.html">${t}</a><span>${d}</span></li>`)}</ul>`,
  ],
  [
    'link to the office too',
    `<table>${rows((t, d, n) => `<tr><td><a href="${n}.html">${t}</a></td><td><a href="/bm/">某市发展改革委</a></td><td>${d}</td></tr>`)}</table>`,
  ],
  [
    'title and 查看 in a row',
    `<table>${rows((t, d, n) => `<tr><td>${t}</td><td>${d}</td><td><a href="${n}.html">查看</a></td></tr>`)}</table>`,
  ],
  [
    'clickable rows',
    `<ul>${rows((t, d, n) => `<li onclick="window.open('${n}.html')"><span>${t}</span><span>${d}</span></li>`)}</ul>`,
  ],
  [
    'clickable paragraphs',
    `<ul>${rows((t, d, n) => `<li><p onclick="xq(${n})">${t}</p></a><span>${d}</span></li>`)}</ul>`,
  ],
  ['links without address', `<ul>${rows((t, d) => `<li><a>${t}</a><span>${d}</span></li>`)}</ul>`],
  [
    'unclosed rows',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html">${t}</a><span>${d}</span>`)}</ul>`,
  ],
  [
    'unclosed links',
    `<div>${rows((t, d, n) => `<p><a href="${n}.html">${t} <span>${d}</span></p>`)}</div>`,
  ],
  [
    'broken closing tags',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html"><span>· ${t}</span><span>${d}</span></a\n</li>`)}</ul>`,
  ],
  [
    'date cut by markup',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html">${t}</a><b>${d.slice(0, 4)}</b>-<b>${d.slice(5, 7)}</b>-<b>${d.slice(8)}</b></li>`)}</ul>`,
  ],
  [
    'badges',
    `<ul>${rows((t, d, n) => `<li><font>[置顶]</font><a href="${n}.html">${t}</a><img src="new.gif" alt="NEW"><span>${d}</span></li>`)}</ul>`,
  ],
  [
    'badge in the link',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html"><em>【置顶】</em>${t}<i>NEW</i></a><span>${d}</span></li>`)}</ul>`,
  ],
  [
    'separators between rows',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html">${t}</a><span>${d}</span></li><li class="line"></li>`)}</ul>`,
  ],
  [
    'a ul for each row',
    `${rows((t, d, n) => `<ul class="l"><li><a href="${n}.html">${t}</a><span>${d}</span></li></ul>`)}`,
  ],
  [
    'full-width digits',
    `<ul>${rows((t, d, n) => `<li><a href="${n}.html">${t}</a><span>${d.replace(/\d/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))}</span></li>`)}</ul>`,
  ],
];

describe('where dates stand', () => {
  test.each(FORMS)('%s', (_name, html) => {
    expect(itemsOf(html)).toEqual(BOTH);
  });
});

const li = (inner: string): string =>
  `<ul><li>${inner}</li><li><a href="2.html">${B}</a><span>${D2}</span></li></ul>`;
const firstOf = (inner: string): string => itemsOf(li(inner))[0] ?? '';

describe('how dates are written', () => {
  test.each([
    ['2020-09-29', D1],
    ['2020-09-29 16:41', D1],
    ['2020-09-29 16:41:05', D1],
    ['2020年9月29日', D1],
    ['2020年09月29日 01:59', D1],
    ['2020/9/29', D1],
    ['2020.09.29', D1],
    ['( 2020-09-29)', D1],
    ['[2020-09-29]', D1],
    ['【2020-09-29】', D1],
    ['（2020-09-29 ）', D1],
    ['2020-09-29     14:46', D1],
    ['2020-09-29-21:37:05', D1],
    ['2020 年 9 月 29 日', D1],
    ['2020——09——29 21:37', D1],
    ['发布日期：2020-09-29', D1],
    ['2020-09-28T17:41:05Z', D1],
    ['Tue Sep 29 16:41:05 CST 2020', D1],
    ['2020-13-01', '?'],
    ['2020-02-30', '?'],
    ['09-29', '09-29'],
    ['9月29日', '09-29'],
    ['13-45', '?'],
    ['2020-09', '?'],
    ['2020', '?'],
  ])('%s → %s', (written, date) => {
    expect(firstOf(`<a href="1.html">${A}</a><span>${written}</span>`)).toBe(`${A}@${date}`);
  });
  test('a month and day without a year says so', () => {
    const page = read(
      `<ul><li><a href="1.html">${A}</a><i>09-29</i></li><li><a href="2.html">${B}</a><i>09-18</i></li></ul>`,
    );
    expect(page.latestDate).toEqual({ value: '09-29', source: 'item', yearUnknown: true });
  });
  test('the turn of the year: 01-02 beside an address of December', () => {
    const html = `<ul><li><a href="/202012/t20201231_1.html">${A}</a><span>01-02</span></li><li><a href="2.html">${B}</a><span>${D2}</span></li></ul>`;
    expect(itemsOf(html, { today: '2021-02-01' })[0]).toBe(`${A}@2021-01-02`);
  });
  test('years as a filter are no headings', () => {
    const html = `<div>2020</div><div>2019</div><div>2018</div><ul><li><a href="a">${A}</a><span>09-29</span></li><li><a href="b">${B}</a><span>09-18</span></li></ul>`;
    expect(itemsOf(html)).toEqual([`${A}@09-29`, `${B}@09-18`]);
  });
});

describe('titles whose words are a label elsewhere', () => {
  test.each([
    '某市召开重点项目推进会议',
    '某市举办全民健身活动',
    '某市开展财务人员培训',
    '某市城乡居民基本养老保险办法正式实施',
    '某市实验小学迎来新生报到',
    '某市中医院医疗联合体成立',
    '今日冬至',
  ])('the date beside or under it is its own: %s', (title) => {
    expect(firstOf(`<a href="1.html">${title}</a><span>2020-09-29</span>`)).toBe(`${title}@${D1}`);
    expect(firstOf(`<a href="1.html">${title}</a><p>2020-09-29</p>`)).toBe(`${title}@${D1}`);
  });
  test.each(['前三季度某市经济运行情况', '后勤保障工作有序开展', '周末集市某市开展宣传'])(
    'the date before it is no deadline: %s',
    (title) => {
      const rows = `<ul><li><a href="1.html">${A}</a><span>2020-09-29</span></li><li><a href="2.html">${title}</a><span>${D2}</span></li></ul>`;
      expect(itemsOf(rows)).toEqual([`${A}@${D1}`, `${title}@${D2}`]);
      const before = `<ul><li><span>2020-09-29</span><a href="1.html">${title}</a></li><li><span>${D2}</span><a href="2.html">${B}</a></li></ul>`;
      expect(itemsOf(before)).toEqual([`${title}@${D1}`, `${B}@${D2}`]);
    },
  );
});

describe('what is no date of an entry', () => {
  test.each([
    [
      'a date in the title',
      `<a href="1.html">4月26日（0-24时）通报疫情情况</a><span>2020-04-27</span>`,
      '4月26日（0-24时）通报疫情情况@2020-04-27',
    ],
    [
      'a full date in the title, no other',
      `<a href="1.html">2020年5月6日新闻发布会实录</a>`,
      '2020年5月6日新闻发布会实录@?',
    ],
    ['a file number', `<a href="1.html">${A}</a><span>000014348/2020-35428</span>`, `${A}@?`],
    [
      'a document number',
      `<a href="1.html">某政发〔2020〕12号文件的通知</a>`,
      '某政发〔2020〕12号文件的通知@?',
    ],
    ['a deadline', `<a href="1.html">${A}</a><span>截止日期：2020-10-10</span>`, `${A}@?`],
    ['a deadline behind', `<a href="1.html">${A}</a><span>请于2020-10-10前反馈</span>`, `${A}@?`],
    ['a label of its own', `<a href="1.html">${A}</a><b>会议时间：</b><i>2020-09-29</i>`, `${A}@?`],
    ['a label without a colon', `<a href="1.html">${A}</a><span>报名 2020-09-29</span>`, `${A}@?`],
    ['a period', `<a href="1.html">${A}</a><span>2020-09-01至2020-09-30</span>`, `${A}@?`],
    [
      'a summary',
      `<a href="1.html">${A}</a><p>2020年5月6日，我市召开会议，研究部署工作。</p>`,
      `${A}@?`,
    ],
    [
      'a month and day in a summary',
      `<a href="1.html">${A}</a><p>5月6日，我市召开会议。</p>`,
      `${A}@?`,
    ],
    ['the future', `<a href="1.html">${A}</a><span>2021-01-01</span>`, `${A}@?`],
    ['the future in the address', `<a href="/202101/t20210101_1.html">${A}</a>`, `${A}@?`],
    [
      '成文日期 beside 发布日期',
      `<a href="1.html">${A}</a><span>成文日期：2020-07-01</span><span>发布日期：2020-08-05</span>`,
      `${A}@2020-08-05`,
    ],
    ['working days', `<a href="1.html">${A}</a><span>3-5个工作日</span>`, `${A}@?`],
  ])('%s', (_name, inner, expected) => {
    expect(firstOf(inner)).toBe(expected);
  });
  test('future dates are noted', () => {
    expect(read(li(`<a href="1.html">${A}</a><span>2021-01-01</span>`)).futureDates).toBe(1);
  });
  test.each([
    [
      'in the head of the table',
      '<table><thead><tr><th>名称</th><th>索引号</th><th>成文日期</th><th>生效日期</th><th>发布日期</th></tr></thead><tbody>ROWS</tbody></table>',
    ],
    [
      'in the first row',
      '<table><tr><td>名称</td><td>索引号</td><td>成文日期</td><td>生效日期</td><td>发布日期</td></tr>ROWS</table>',
    ],
    [
      'in a table of its own',
      '<div><table><tr><td>名称</td><td>索引号</td><td>成文日期</td><td>生效日期</td><td>发布日期</td></tr></table><table>ROWS</table></div>',
    ],
  ])('the column of 发布日期 counts, named %s', (_name, frame) => {
    const row = (t: string, n: number): string =>
      `<tr><td><a href="${n}.html">${t}</a></td><td>1/2020-00${n}</td><td>2020-06-0${n}</td><td>2020-10-01</td><td>2020-07-0${n}</td></tr>`;
    expect(itemsOf(frame.replace('ROWS', row(A, 1) + row(B, 2)))).toEqual([
      `${A}@2020-07-01`,
      `${B}@2020-07-02`,
    ]);
  });
});

describe('titles and addresses', () => {
  test.each([
    [
      'cut, whole in the tooltip',
      `<a href="1.html" title="${A}">${A.slice(0, 8)}...</a><span>${D1}</span>`,
      A,
    ],
    [
      'cut with an ellipsis',
      `<a href="1.html" title="${A}">${A.slice(0, 8)}…</a><span>${D1}</span>`,
      A,
    ],
    [
      'cut, nothing else known',
      `<a href="1.html">${A.slice(0, 8)}...</a><span>${D1}</span>`,
      `${A.slice(0, 8)}...`,
    ],
    [
      'words joined over markup',
      `<a href="1.html">${A.slice(0, 4)}<font color="red">${A.slice(4)}</font></a><span>${D1}</span>`,
      A,
    ],
    ['only a picture', `<a href="1.html"><img src="a.jpg" alt="${A}"></a><span>${D1}</span>`, A],
    ['two characters', `<a href="1.html">公示</a><span>${D1}</span>`, '公示'],
  ])('%s', (_name, inner, title) => {
    expect(read(li(inner)).items[0]?.title).toBe(title);
  });
  test.each([
    ['./202009/t20200929_1.html', 'http://www.example.gov.cn/xxgk/tzgg/202009/t20200929_1.html'],
    ['../../art/1.html', 'http://www.example.gov.cn/art/1.html'],
    ['//zwfw.example.gov.cn/1.html', 'http://zwfw.example.gov.cn/1.html'],
    ['http://mp.weixin.qq.com/s/abc', 'http://mp.weixin.qq.com/s/abc'],
    ['/a.html?id=1&amp;b=2', 'http://www.example.gov.cn/a.html?id=1&b=2'],
    ["javascript:window.open('/b/2.html')", 'http://www.example.gov.cn/b/2.html'],
    ['javascript:void(0)', null],
    ['#', null],
    ['mailto:a@b.cn', null],
  ])('%s', (href, url) => {
    expect(read(li(`<a href="${href}">${A}</a><span>${D1}</span>`)).items[0]?.url).toBe(url);
  });
  test('base href', () => {
    const html = `<head><base href="http://other.gov.cn/x/"></head>${li(`<a href="1.html">${A}</a><span>${D1}</span>`)}`;
    expect(read(html).items[0]?.url).toBe('http://other.gov.cn/x/1.html');
  });
});

const MENU =
  '<div class="nav"><ul><li><a href="/">网站首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/zwfw/">政务服务</a></li><li><a href="/hdjl/">互动交流</a></li></ul></div>';
const LIST = `<ul class="list">${rows((t, d, n) => `<li><a href="${n}.html">${t}</a><span>${d}</span></li>`)}</ul>`;

describe('what is no list of entries', () => {
  test.each([
    ['a menu', MENU],
    ['a clock', '<div id="time">2026年7月7日 星期二</div>'],
    [
      'a clock in a row of links',
      '<ul class="top"><li><a href="/">设为首页</a></li><li><a href="/m">手机版本网站</a> 2020年10月15日 星期四</li></ul>',
    ],
    [
      'a clock beside the home link',
      '<div class="top"><a href="/">网站首页</a> 2020-10-15 10:20:30</div>',
    ],
    [
      'a breadcrumb',
      '<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/xxgk/">政府信息公开目录</a> &gt; <a href="./">通知公告</a></div>',
    ],
    [
      'hot words',
      '<div class="hot">热门搜索：<a href="/s?1">公积金</a> <a href="/s?2">社会保障卡</a> <a href="/s?3">新冠疫苗接种</a></div>',
    ],
    [
      'a pager',
      '<div class="page"><a href="index_1.html">1</a><a href="index_2.html">2</a><a href="index_1.html">下一页</a><a href="#">共10页</a></div>',
    ],
    [
      'friend links',
      '<div class="yqlj"><p>友情链接</p><a href="http://www.gov.cn">中国政府网</a><a href="http://a.gov.cn">中华人民共和国教育部政府门户网站</a><a href="http://b.gov.cn">中华人民共和国住房和城乡建设部</a></div>',
    ],
    [
      'offices',
      '<ul><li><a href="http://a.x.gov.cn">某市发展和改革委员会</a></li><li><a href="http://b.x.gov.cn">某市人力资源和社会保障局</a></li><li><a href="http://c.x.gov.cn">某市住房和城乡建设局</a></li></ul>',
    ],
    [
      'neighbours with long names',
      '<ul><li><a href="http://www.a.gov.cn/" title="安徽合肥公共资源交易中心">安徽合肥公共资源交易中心（政府采购中心）</a></li><li><a href="http://www.b.cn">《生物多样性公约》缔约方大会东道国网站</a></li><li><a href="http://www.c.org.cn/">中国生态文明研究与促进会信息服务平台</a></li></ul>',
    ],
    [
      'a floating toolbar',
      '<div class="float"><a href="/wx">官方微信公众号</a><a href="/app">移动客户端下载</a><a href="#top">返回顶部</a></div>',
    ],
    [
      'the foot',
      '<div class="footer"><p>版权所有 © 2010-2020</p><a href="/map">网站地图</a><a href="http://beian.miit.gov.cn">湘ICP备05000001号-1</a></div>',
    ],
    [
      'a hidden list',
      `<ul style="display:none"><li><a href="9.html">${A}</a><span>2020-10-01</span></li></ul>`,
    ],
    [
      'a list in a comment',
      `<!-- <ul><li><a href="9.html">${A}</a><span>2020-10-01</span></li></ul> -->`,
    ],
    [
      'a list in a template',
      `<template><li><a href="9.html">${A}</a><span>2020-10-01</span></li></template>`,
    ],
  ])('%s', (_name, other) => {
    expect(itemsOf(`<html><body>${other}${LIST}</body></html>`)).toEqual(BOTH);
    expect(itemsOf(`<html><body>${LIST}${other}</body></html>`)).toEqual(BOTH);
  });
  test.each([
    [
      'by its name',
      `<div class="sidebar"><h3>热点</h3><ul><li><a href="9.html">${A}</a><span>2020-10-09</span></li></ul></div>`,
    ],
    [
      'by its heading',
      `<div class="r"><h3>最新信息</h3><ul><li><a href="9.html">${A}</a><span>2020-10-09</span></li></ul></div>`,
    ],
  ])('entries beside a column, known %s', (_name, other) => {
    expect(read(`${LIST}${other}`).latestDate?.value).toBe(D1);
  });
});

describe('which date is the latest', () => {
  test.each([
    [
      'a pinned old entry first',
      `<ul><li><a href="0.html">${A}</a><span>2018-01-01</span></li><li><a href="1.html">${B}</a><span>${D1}</span></li></ul>`,
      D1,
    ],
    [
      'panes of a tab',
      `<div class="tab"><ul class="p" style="display:block"><li><a href="1.html">${A}</a><span>${D2}</span></li></ul><ul class="p" style="display:none"><li><a href="2.html">${B}</a><span>${D1}</span></li></ul></div>`,
      D1,
    ],
    [
      'full and month-day mixed',
      `<ul><li><a href="1.html">${A}</a><span>${D2}</span></li><li><a href="2.html">${B}</a><span>10-01</span></li></ul>`,
      D2,
    ],
    [
      'announced for later',
      `<ul><li><a href="1.html">${A}</a><span>2020-12-01</span></li><li><a href="2.html">${B}</a><span>${D2}</span></li></ul>`,
      D2,
    ],
    [
      'today itself',
      `<ul><li><a href="1.html">${A}</a><span>2020-10-15</span></li><li><a href="2.html">${B}</a><span>${D2}</span></li></ul>`,
      '2020-10-15',
    ],
    [
      'no date anywhere',
      `<ul><li><a href="a.html">${A}</a></li><li><a href="b.html">${B}</a></li></ul>`,
      undefined,
    ],
  ])('%s', (_name, html, date) => {
    expect(read(html).latestDate?.value).toBe(date);
  });
  test('undated entries are entries', () => {
    expect(
      itemsOf(
        `<div class="page">${MENU}<ul><li><a href="a.html">${A}</a></li><li><a href="b.html">${B}</a></li></ul></div>`,
      ),
    ).toEqual([`${A}@?`, `${B}@?`]);
  });
  test('the address of the page stays out of it', () => {
    expect(read(LIST, { url: `${PAGE_URL}?d=20201010` }).latestDate).toEqual({
      value: D1,
      source: 'item',
    });
  });
  const NAMED = `6月3日${A}`;
  test.each([
    [
      'cells of a table',
      `<table><tr><th>名称</th><th>成文日期</th><th>发布日期</th></tr><tr><td><a href="1.html">${NAMED}</a></td><td>2020-01-06</td><td>${D1}</td></tr><tr><td><a href="2.html">${B}</a></td><td>2020-01-04</td><td>${D2}</td></tr></table>`,
    ],
    [
      'a heading and a line below it',
      `<ul><li><h4><a href="1.html">${NAMED}</a></h4><p>发布时间：${D1}</p></li><li><h4><a href="2.html">${B}</a></h4><p>发布时间：${D2}</p></li></ul>`,
    ],
  ])('a title that names a day keeps the date beside it: %s', (_name, html) => {
    expect(itemsOf(html)).toEqual([`${NAMED}@${D1}`, `${B}@${D2}`]);
  });
  test('a heading over a list is no entry with the list’s date', () => {
    const block = (name: string, n: number) =>
      `<div class="block"><h3><a href="/zt/${n}/">${name}</a></h3><ul><li><a href="${n}.html">${A}</a><span>${D2}</span></li></ul></div>`;
    const seen = itemsOf(`${block('优化营商环境建设专栏', 1)}${block('法治政府建设工作专栏', 2)}`);
    expect(seen.filter((item) => item.includes('专栏') && !item.endsWith('@?'))).toEqual([]);
  });
});
