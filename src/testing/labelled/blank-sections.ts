import { crawl, factValue } from '../../derive/site/test-sites.ts';
import type { JudgedCase, LabelledSet } from './measure.ts';
import { PAGE_FRAMES, type PageFrame } from './page-frames.ts';

type Body = readonly [name: string, body: string];

const rows = (count: number, row: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => row(at)).join('');
const LIST = `<ul class="list">${rows(6, (at) => `<li><a href="/zdxm/t2020090${at + 1}_${at}.html">甲县第${at + 1}批重点项目建设进展情况</a><span>2020-09-0${at + 1}</span></li>`)}</ul>`;
const LONG = `<p>${'项目法人应当按照批准的规模和内容组织建设，主管部门按职责监督检查。'.repeat(14)}</p>`;

/** A section (重点项目) with nothing in it: somebody who opens the page sees that. */
const BLANK: readonly Body[] = [
  ['空的列表', '<ul class="list"></ul>'],
  ['空的列表框', '<div class="list-box"></div>'],
  ['暂无内容', '<div class="list"><p>暂无内容</p></div>'],
  ['暂无数据', '<ul class="newslist"><li>暂无数据</li></ul>'],
  ['暂无相关信息', '<div class="con">暂无相关信息！</div>'],
  ['建设中', '<div class="content"><p>栏目正在建设中，敬请期待……</p></div>'],
  ['更新中', '<div class="content">信息更新中</div>'],
  ['没有信息', '<div class="news_list">本栏目暂无信息，请稍后访问</div>'],
  ['空列表和页码', '<ul class="list"></ul><div class="page">共 0 条　第 1 页</div>'],
  [
    '空的 XML 岛',
    '<div id="227854" class="list"><script type="text/xml"><datastore><totalrecord>0</totalrecord><totalpage>0</totalpage><recordset></recordset></datastore></script></div>',
  ],
  [
    '空的 XML 岛带翻页',
    '<div id="2278"><script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1"></a>]]></nextgroup><recordset></recordset><totalrecord>0</totalrecord></datastore></script></div>',
  ],
  [
    '空列表，旁有热点',
    `<ul class="list"></ul><div class="hot side"><h3>热点推荐</h3><ul><li><a href="/xwdt/t20200901_8.html">全县召开安全生产工作会议</a><span>2020-09-01</span></li></ul></div>`,
  ],
  ['只有空格', '<ul class="list"> &nbsp; </ul>'],
  ['只有表头', '<table class="list"><tr><th>标题</th><th>发布日期</th></tr></table>'],
];

/** Not blank, or nothing that a static page could show to be so. */
const NOT_BLANK: readonly Body[] = [
  ['有列表', LIST],
  [
    '没有日期的列表',
    `<ul class="list">${rows(6, (at) => `<li><a href="/zdxm/c${at}.html">甲县第${at + 1}批重点项目建设进展情况通报</a></li>`)}</ul>`,
  ],
  [
    '表格列表',
    `<table class="list">${rows(5, (at) => `<tr><td><a href="/zdxm/x${at}.html">甲县重点项目第${at + 1}号公告</a></td><td>2020-08-1${at}</td></tr>`)}</table>`,
  ],
  [
    '只有一条',
    '<ul class="list"><li><a href="/zdxm/t20190101_1.html">甲县重点项目管理情况的报告</a><span>2019-01-01</span></li></ul>',
  ],
  ['单页', `<div class="content">${LONG}</div>`],
  ['单页里提到暂无', `<div class="content">${LONG}<p>本年度暂无数据变动。</p></div>`],
  ['查询页', '<form><input name="k"><input type="submit" value="查询"></form><p>共查询出 0 条</p>'],
  [
    '写信',
    '<form><input name="title"><textarea name="content"></textarea><input type="submit" value="提交"></form>',
  ],
  [
    'XML 岛里有条目',
    '<div id="1"><script type="text/xml"><datastore><totalrecord>40</totalrecord><recordset><record><![CDATA[<li><a href="/art/2020/8/2/art_9_1.html" title="项目公告">项目公告</a><span>2020-08-02</span></li>]]></record></recordset></datastore></script></div>',
  ],
  [
    '总数大于零的空列表',
    '<ul class="list"></ul><script>var countnum=6348; var countPage=56;</script>',
  ],
  [
    '脚本数组',
    `<ul class="list" id="l"></ul><script>var i=0;urls[i]='/art/2020/8/9/a.html';headers[i]="项目通知";year[i]='2020';month[i]='08';day[i]='09';i++;</script>`,
  ],
  [
    '脚本里的 JSON',
    '<div id="list"></div><script>window.__DATA__={"list":[{"title":"重点项目通知","pubtime":"2020-08-29 10:00:00","url":"/a/1.html"}]}</script>',
  ],
  [
    '接口填充',
    '<ul class="list" id="l"></ul><script>$.ajax({url:"/api/list?channelid=3",success:function(d){render(d)}})</script>',
  ],
  ['单页应用', '<div id="app"></div><script src="/js/app.js"></script>'],
  ['模板', '<ul class="list"><li v-for="item in list">{{item.title}}</li></ul>'],
  ['数据文件', '<ul id="showData0" class="list" data="datasource:8f0c"></ul>'],
  ['框架', '<iframe src="/zdxm/list_frame.html" width="800" height="600"></iframe>'],
  [
    '全部指向公众号',
    `<ul class="list">${rows(5, (at) => `<li><a href="https://mp.weixin.qq.com/s/a${at}">甲县重点项目巡礼之${at + 1}</a><span>2020-09-0${at + 1}</span></li>`)}</ul>`,
  ],
  [
    '标题里有暂无',
    `<ul class="list">${rows(5, (at) => `<li><a href="/zdxm/z${at}.html">关于甲县暂无内容可公开事项的说明第${at + 1}号</a><span>2020-07-0${at + 1}</span></li>`)}</ul>`,
  ],
  ['热点区暂无', `${LIST}<div class="hot"><h3>热点</h3><p>暂无数据</p></div>`],
  [
    '流程图',
    '<div class="content"><img src="/images/flow.jpg" width="800" height="1200" alt="重点项目审批流程图"></div>',
  ],
  [
    '内嵌文件',
    '<div class="content"><embed src="/files/plan.pdf" width="800" height="1000"></div>',
  ],
  ['视频', '<div class="content"><video src="/v/1.mp4" controls></video><p>重点项目巡礼</p></div>'],
];

function judge({ style, wrap }: PageFrame, [name, body]: Body, expected: string): JudgedCase {
  const crawled = crawl({
    '/': wrap('首页', LIST),
    '/xwdt/': wrap('新闻动态', LIST),
    '/zdxm/': wrap('重点项目', body),
  });
  const section = factValue(crawled.tree).sections.find(({ url }) => url.endsWith('/zdxm/'));
  return { of: `${style} ${name}`, expected, found: section?.content === 'blank' ? '空白' : '' };
}

/** Every body in every frame. */
export const BLANK_SECTIONS: LabelledSet = {
  id: 'blank-sections',
  title: '空白栏目',
  judge: () =>
    PAGE_FRAMES.flatMap((frame) => [
      ...BLANK.map((body) => judge(frame, body, '空白')),
      ...NOT_BLANK.map((body) => judge(frame, body, '')),
    ]),
};
