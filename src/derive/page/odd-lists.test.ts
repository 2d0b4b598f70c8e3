import { describe, expect, test } from 'vitest';
import { A, B, itemsOf, read } from './test-pages.ts';

const [D1, D2] = ['2020-09-29', '2020-09-18'];
const BOTH = [`${A}@${D1}`, `${B}@${D2}`];

describe('lists built in odd ways', () => {
  test.each([
    [
      'rows of columns',
      `<div><div class="row"><div class="col-10"><a href="1">${A}</a></div><div class="col-2">${D1}</div></div><div class="row"><div class="col-10"><a href="2">${B}</a></div><div class="col-2">${D2}</div></div></div>`,
    ],
    [
      'cut titles, dates with slashes in front',
      `<ul><li><span>2020/09/29</span><a href="../info/1044/65.htm" title="${A}">${A.slice(0, 9)}...</a></li><li><span>2020/09/18</span><a href="../info/1044/61.htm" title="${B}">${B}</a></li></ul><span class="p_pages"><a href="tzgg/11.htm">2</a></span>`,
    ],
    [
      'month and day in cells, year in the address',
      `<table><tr><td><img src="dot.gif"></td><td><a href="/art/2020/9/29/art_1_1.html">${A}</a></td><td>[09-29]</td></tr><tr><td><img src="dot.gif"></td><td><a href="/art/2020/9/18/art_1_2.html">${B}</a></td><td>[09-18]</td></tr></table>`,
    ],
    [
      'days under a month',
      `<h4>2020年9月</h4><ul><li><a href="1">${A}</a><span>29日</span></li><li><a href="2">${B}</a><span>18日</span></li></ul>`,
    ],
    [
      'marks, blanks and fonts in one cell',
      `<table><tr><td>&nbsp;<font color=red>·</font>&nbsp;<a href=1><font size=2>${A}</font></a>&nbsp;&nbsp;<font color="#999">(2020.9.29)</font></td></tr><tr><td>&nbsp;·&nbsp;<a href=2>${B}</a>&nbsp;(2020.9.18)</td></tr></table>`,
    ],
    [
      'cards that a script opens',
      `<div><div class="card" data-url="/a/1.html"><h3>${A}</h3><p>摘要</p><span>${D1}</span></div><div class="card" data-url="/a/2.html"><h3>${B}</h3><p>摘要</p><span>${D2}</span></div></div>`,
    ],
    [
      'rows without links',
      `<ul><li><span>${A}</span><span>${D1}</span></li><li><span>${B}</span><span>${D2}</span></li></ul>`,
    ],
    [
      'a heading link and one entry each',
      `<dl><dt><a href="/a/">工作动态</a></dt><dd><a href=1>${A}</a>${D1}</dd></dl><dl><dt><a href="/b/">政策文件</a></dt><dd><a href=2>${B}</a>${D2}</dd></dl>`,
    ],
    [
      'a calendar above',
      `<table class="cal"><tr><td><a href="?d=2020-10-01">1</a></td><td><a href="?d=2020-10-02">2</a></td></tr></table><ul><li><a href=1>${A}</a> ${D1}</li><li><a href=2>${B}</a> ${D2}</li></ul>`,
    ],
    [
      'the number of views',
      `<ul><li><a href=1>${A}</a><p><i class="icon"></i>${D1} <i></i>浏览 320</p></li><li><a href=2>${B}</a><p>${D2} 阅读：2020</p></li></ul>`,
    ],
    [
      'a period besides',
      `<ul><li><a href=1>${A}</a><p>征集时间：2020-10-01至2020-10-10</p><p>发布时间：${D1}</p></li><li><a href=2>${B}</a><p>征集时间：2020-08-01 — 2020-08-30</p><p>发布时间：${D2}</p></li></ul>`,
    ],
    [
      'after the last update of the site',
      `<div>本站最后更新：2020-10-14</div><ul><li><a href=1>${A}</a><span>${D1}</span></li><li><a href=2>${B}</a><span>${D2}</span></li></ul>`,
    ],
    [
      'under a menu of menus',
      `<ul class="menu"><li><a href="/a/">政务公开信息目录</a><ul><li><a href="/a/1/">机构设置与职能介绍</a></li><li><a href="/a/2/">领导分工与简历信息</a></li></ul></li></ul><ul><li><a href=1>${A}</a><span>${D1}</span></li><li><a href=2>${B}</a><span>${D2}</span></li></ul>`,
    ],
    [
      'behind the end of the page',
      `<html><body><p>头</p></body></html><ul><li><a href=1>${A}</a><span>${D1}</span></li><li><a href=2>${B}</a><span>${D2}</span></li></ul>`,
    ],
  ])('%s', (_name, html) => {
    expect(itemsOf(html)).toEqual(BOTH);
  });
  test('a day that belongs to the title stays in it', () => {
    const html = `<ul><li><a href=1>疫情情况通报（9月28日）</a><span>${D1}</span></li><li><a href=2>空气质量日报 2020年9月17日</a><span>${D2}</span></li></ul>`;
    expect(itemsOf(html)).toEqual([
      `疫情情况通报（9月28日）@${D1}`,
      `空气质量日报 2020年9月17日@${D2}`,
    ]);
  });
  test('one entry alone, a clock around it', () => {
    const html = `<body><div class="top"><a href="/">首页</a> 2020-10-15</div><div class="main"><div>通知公告</div><div class="it"><a href=1>${A}</a><em>${D1}</em></div></div></body>`;
    expect(read(html).latestDate?.value).toBe(D1);
  });
  test('attachments and the next article are no entries', () => {
    const words = `<p>${'正文内容很长，请认真执行。'.repeat(60)}</p>`;
    const page = read(
      `<h1>${A}</h1><p>发布时间：2020-09-01</p><div>${words}<p>附件：<a href="P1.doc">1.某市2020年度考核报名表（样式）.doc</a></p><p><a href="P2.doc">2.某市2020年度考核岗位一览表.xls</a></p></div><p>上一篇：<a href="0.html">${B}</a> 2020-09-20</p>`,
    );
    expect([page.kind, page.latestDate?.value, page.items]).toEqual(['article', '2020-09-01', []]);
  });
  test('facts of a document are no entries', () => {
    const html = `<table><tr><td>成文日期</td><td>2020-07-30</td></tr><tr><td>发布日期</td><td>2020-08-05</td></tr></table><div><p>${'本办法自发布之日起施行。'.repeat(40)}</p></div>`;
    const page = read(html, { url: 'http://www.example.gov.cn/a/b.html' });
    expect([page.items, page.publishedOn?.value]).toEqual([[], '2020-08-05']);
  });
});
