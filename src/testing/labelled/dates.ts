import { readPage } from '../../derive/page/read-page.ts';
import type { JudgedCase, LabelledSet } from './measure.ts';

/** Name, address, markup, and the latest update that a person reads there ('' = none; MM-DD = the year is not told). */
type DatedPage = readonly [name: string, path: string, body: string, truth: string];

const TODAY = '2020-09-17';
const TITLE = '甲县召开重点工作推进会议部署下半年任务';
const li = (date: string, tail = ''): string =>
  `<li><a href="/xw/c1001.html">${TITLE}</a>${date}${tail}</li>`;
const list = (rows: string): string => `<ul class="list">${rows}</ul>`;
const article = (head: string): string =>
  `<h1>${TITLE}</h1><div class="info">${head}</div><div class="TRS_Editor"><p>${'会议要求压实责任，抓好各项任务落实。'.repeat(20)}</p></div>`;
const ART = '/xw/content_1001.html';

/** Ways in which pages write dates (page-patterns §2, §3), and what looks like one and is none. */
const PAGES: readonly DatedPage[] = [
  ['横线', '/xw/', list(li('<span>2020-09-10</span>')), '2020-09-10'],
  ['方括号', '/xw/', list(li('<span>[2020-09-10]</span>')), '2020-09-10'],
  ['全角括号', '/xw/', list(li('<em>【2020-09-10】</em>')), '2020-09-10'],
  ['圆括号带空格', '/xw/', list(li('<i>( 2020-09-10)</i>')), '2020-09-10'],
  ['斜线', '/xw/', list(li('<span>2020/9/10</span>')), '2020-09-10'],
  ['点', '/xw/', list(li('<font>2020.09.10</font>')), '2020-09-10'],
  ['年月日', '/xw/', list(li('<b>2020年9月10日</b>')), '2020-09-10'],
  ['带时分秒', '/xw/', list(li('<span>2020-09-10 16:41:05</span>')), '2020-09-10'],
  ['多个空格', '/xw/', list(li('<span>2020-09-10     14:46</span>')), '2020-09-10'],
  [
    '日在前',
    '/xw/',
    list('<li><span>2020-09-10</span><a href="/xw/c1.html">甲县召开重点工作推进会议</a></li>'),
    '2020-09-10',
  ],
  [
    '日期在链接里',
    '/xw/',
    list(
      '<li><a href="/xw/c1.html"><span class="t">甲县召开重点工作推进会议</span><span class="d">2020-09-10</span></a></li>',
    ),
    '2020-09-10',
  ],
  [
    '大号日与年月',
    '/xw/',
    list(
      `<li><div class="d">10</div><div class="ym">2020-09</div><a href="/xw/c1.html">${TITLE}</a></li>`,
    ),
    '2020-09-10',
  ],
  [
    '只有月日，网址有年',
    '/xw/',
    list(
      '<li><a href="/xw/202009/t20200910_1.html">甲县召开重点工作推进会议</a><span>09-10</span></li>',
    ),
    '2020-09-10',
  ],
  [
    '没有日期，网址有',
    '/xw/',
    list(
      '<li><a href="/xw/202009/t20200910_1.html">甲县召开重点工作推进会议部署任务</a></li><li><a href="/xw/202009/t20200902_2.html">乡镇扎实开展人居环境整治提升行动</a></li>',
    ),
    '2020-09-10',
  ],
  [
    '大汉网址',
    '/xw/',
    list(
      '<li><a href="/art/2020/9/8/art_1_2.html">甲县召开重点工作推进会议部署任务</a></li><li><a href="/art/2020/9/1/art_1_1.html">乡镇扎实开展人居环境整治提升行动</a></li>',
    ),
    '2020-09-08',
  ],
  [
    '取最大，不取第一',
    '/xw/',
    list(
      `${li('<span>2019-01-05</span>', '<b>置顶</b>')}<li><a href="/xw/c2.html">乡镇扎实开展人居环境整治行动</a><span>2020-08-30</span></li>`,
    ),
    '2020-08-30',
  ],
  [
    '将来的不算',
    '/xw/',
    list(
      `${li('<span>2020-12-01</span>')}<li><a href="/xw/c2.html">乡镇扎实开展人居环境整治行动</a><span>2020-08-30</span></li>`,
    ),
    '2020-08-30',
  ],
  [
    '表格中的发布日期',
    '/xw/',
    '<table><tr><th>名称</th><th>索引号</th><th>发布机构</th><th>发布日期</th></tr><tr><td><a href="a.html">关于印发管理办法的通知</a></td><td>000000000/2019-00311</td><td>某局</td><td>2020-08-05</td></tr></table>',
    '2020-08-05',
  ],
  [
    '成文与发布并存',
    '/xw/',
    '<table><tr><th>标题</th><th>成文日期</th><th>生效日期</th><th>发布日期</th></tr><tr><td><a href="a.html">关于印发管理办法的通知</a></td><td>2020-07-30</td><td>2020-09-01</td><td>2020-08-05</td></tr></table>',
    '2020-08-05',
  ],
  [
    '脚本数组',
    '/xw/',
    `<div id="l"></div><script>var i=0;urls[i]='/art/2020/5/9/a.html';headers[i]="关于开展检查的通知";year[i]='2020';month[i]='05';day[i]='09';i++;</script>`,
    '2020-05-09',
  ],
  [
    '内嵌 JSON',
    '/xw/',
    '<div id="l"></div><script>window.__DATA__={"list":[{"title":"关于开展检查的通知","pubtime":"2020-08-29 10:00:00","url":"/a/1.html"}]}</script>',
    '2020-08-29',
  ],
  [
    '毫秒',
    '/xw/',
    '<div id="l"></div><script>var data={"list":[{"title":"关于开展检查的通知","publishTime":1588064103000,"url":"/a/1.html"}]}</script>',
    '2020-04-28',
  ],
  [
    'XML 岛',
    '/xw/',
    '<div id="1"><script type="text/xml"><datastore><totalrecord>1</totalrecord><recordset><record><![CDATA[<li><a href="/art/2020/3/2/art_9_1.html" title="关于开展检查的通知">关于开展检查的通知</a><span>2020-03-02</span></li>]]></record></recordset></datastore></script></div>',
    '2020-03-02',
  ],
  [
    '页头时钟',
    '/xw/',
    `<div id="time">2020年9月17日 星期四</div>${list(li('<span>2020-08-01</span>'))}`,
    '2020-08-01',
  ],
  [
    '版权年份',
    '/xw/',
    `${list(li('<span>2020-08-01</span>'))}<p>版权所有 © 2010-2020</p>`,
    '2020-08-01',
  ],
  [
    '标题里的日期',
    '/xw/',
    list(
      '<li><a href="/xw/c1.html">9月16日（0-24时）全县疫情通报</a><span>2020-08-02</span></li><li><a href="/xw/c2.html">乡镇扎实开展人居环境整治行动</a><span>2020-08-01</span></li>',
    ),
    '2020-08-02',
  ],
  [
    '摘要里的期间',
    '/xw/',
    list(
      '<li><a href="/xw/c1.html">甲县召开重点工作推进会议</a><p>2020年9月1日—9月10日，我县开展专项行动。</p><span>2020-08-11</span></li><li><a href="/xw/c2.html">乡镇扎实开展人居环境整治行动</a><p>近日，各乡镇行动起来。</p><span>2020-08-01</span></li>',
    ),
    '2020-08-11',
  ],
  [
    '完全没有日期',
    '/xw/',
    list(
      '<li><a href="/xw/c1.html">甲县召开重点工作推进会议部署任务</a></li><li><a href="/xw/c2.html">乡镇扎实开展人居环境整治提升行动</a></li>',
    ),
    '',
  ],
  [
    '不存在的日期',
    '/xw/',
    list(
      `${li('<span>2020-13-45</span>')}<li><a href="/xw/c2.html">乡镇扎实开展人居环境整治行动</a><span>2020-08-30</span></li>`,
    ),
    '2020-08-30',
  ],
  ['文章：发布时间', ART, article('发布时间：2020-09-10 10:20　来源：甲县政府办'), '2020-09-10'],
  ['文章：年月日', ART, article('日期：2020年09月08日 01:59　浏览：25'), '2020-09-08'],
  [
    '文章：标签',
    ART,
    `<meta name="PubDate" content="2020-09-03 09:00">${article('来源：甲县政府办')}`,
    '2020-09-03',
  ],
  [
    '文章：标签写成汉字',
    ART,
    `<meta name="PubDate" content="2020年08月02日">${article('来源：甲县政府办')}`,
    '2020-08-02',
  ],
  [
    '文章：标签倒序',
    ART,
    `<meta content="2020-03-02 09:00" name="PubDate" />${article('')}`,
    '2020-03-02',
  ],
  ['文章：只有网址', '/xw/202009/t20200901_1.html', article('来源：甲县政府办'), '2020-09-01'],
  [
    '文章：正文里的期限',
    ART,
    article('来源：甲县政府办').replace('会议要求', '请于2020年9月11日前报送材料。会议要求'),
    '',
  ],
  [
    '文章：发布与转办',
    ART,
    article('发布时间：2020-08-20').replace('会议要求', '转办时间：2020-09-04。会议要求'),
    '2020-08-20',
  ],
];

/** Date of a page's newest information. */
export const DATES: LabelledSet = {
  id: 'dates',
  title: '更新日期',
  judge: () =>
    PAGES.map(([name, path, body, truth]): JudgedCase => {
      const { latestDate } = readPage({
        bytes: new TextEncoder().encode(
          `<html><head><meta charset="utf-8"><title>新闻动态</title></head><body>${body}</body></html>`,
        ),
        url: `http://www.jia.gov.cn${path}`,
        today: TODAY,
      });
      return { of: name, line: '最近更新的日期', expected: truth, found: latestDate?.value ?? '' };
    }),
};
