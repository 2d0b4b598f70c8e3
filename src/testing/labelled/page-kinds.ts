import { type Page, readPage } from '../../derive/page/read-page.ts';
import type { JudgedCase, LabelledSet } from './measure.ts';
import { PAGE_FRAMES } from './page-frames.ts';

type KindPage = readonly [
  name: string,
  kind: Page['kind'],
  path: string,
  title: string,
  body: string,
];

const rows = (count: number, row: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => row(at)).join('');
const dated = (count: number, folder = '/xw/'): string =>
  `<ul class="list">${rows(count, (at) => `<li><a href="${folder}c${100 + at}.html">甲县第${at + 1}次召开重点工作推进会议</a><span>2020-08-${String(28 - at).padStart(2, '0')}</span></li>`)}</ul>`;
const TEXT = '会议要求，要坚持问题导向，压实工作责任，抓好各项任务落实，确保完成全年目标。';
const block = (name: string, path: string): string =>
  `<div class="box"><h3>${name}<a href="${path}">更多&gt;&gt;</a></h3>${dated(5, path)}</div>`;
const labels = (names: readonly string[]): string =>
  `<table>${names.map((name) => `<tr><td>${name}</td><td>按照有关规定执行，详见窗口告知</td></tr>`).join('')}</table>`;

/** What a page is, said by a person who opens it; every page stands in each of the frames. */
const PAGES: readonly KindPage[] = [
  [
    '首页',
    'home',
    '/',
    '甲县人民政府',
    block('新闻动态', '/xwdt/') +
      block('通知公告', '/tzgg/') +
      block('政策文件', '/zcwj/') +
      block('政策解读', '/zcjd/'),
  ],
  [
    '首页（index）',
    'home',
    '/index.html',
    '甲县人民政府门户网站',
    block('要闻', '/yw/') + block('公告', '/gg/') + block('公开', '/gk/'),
  ],
  ['栏目', 'column', '/xwdt/', '新闻动态', dated(15)],
  [
    '栏目（无日期）',
    'column',
    '/xwdt/index.html',
    '新闻动态',
    `<ul class="list">${rows(10, (at) => `<li><a href="/xw/c${at}.html">甲县第${at + 1}次召开重点工作推进会议部署任务</a></li>`)}</ul>`,
  ],
  [
    '栏目（表格）',
    'column',
    '/xxgk/list_3.html',
    '政府文件',
    `<table>${rows(10, (at) => `<tr><td><a href="/f/c${at}.html">关于印发第${at + 1}项管理办法的通知</a></td><td>甲政发〔2020〕${at + 1}号</td><td>2020-08-${10 + at}</td></tr>`)}</table>`,
  ],
  [
    '文章',
    'article',
    '/xwdt/t20200901_1001.html',
    '甲县召开重点工作推进会议',
    `<h1>甲县召开重点工作推进会议</h1><p>发布时间：2020-09-01　来源：政府办</p><div class="TRS_Editor"><p>${TEXT.repeat(12)}</p></div>`,
  ],
  [
    '文章（大汉）',
    'article',
    '/art/2020/9/8/art_1_2.html',
    '甲县召开重点工作推进会议',
    `<div class="article"><p class="info">2020-09-08</p><div id="zoom"><p>${TEXT.repeat(10)}</p></div></div>`,
  ],
  [
    '文章（博达）',
    'article',
    '/info/1044/100065.htm',
    '甲县召开重点工作推进会议',
    `<p>时间：2020年09月08日</p><div class="v_news_content"><p>${TEXT.repeat(10)}</p></div>`,
  ],
  [
    '文章（旁有推荐）',
    'article',
    '/xwdt/content_8812.html',
    '甲县召开重点工作推进会议',
    `<p>发布时间：2020-09-01</p><div class="content"><p>${TEXT.repeat(14)}</p></div><div class="side"><h3>热点推荐</h3>${dated(3)}</div>`,
  ],
  [
    '办事指南',
    'service-guide',
    '/bsfw/bszn_1.html',
    '食品经营许可办事指南',
    labels([
      '事项名称',
      '设定依据',
      '申请条件',
      '办理材料',
      '办理地点',
      '办理时间',
      '联系电话',
      '办理流程',
    ]),
  ],
  [
    '办事指南（短）',
    'service-guide',
    '/bsfw/3.html',
    '婚姻登记服务指南',
    labels(['办理依据', '受理条件', '申请材料', '办理程序', '咨询电话', '收费标准']),
  ],
  [
    '单页',
    'guide',
    '/jggk/jgzn.html',
    '机构职能',
    `<div class="content">${rows(6, () => `<p>${TEXT}</p>`)}</div>`,
  ],
  [
    '公开指南',
    'guide',
    '/xxgk/zn.html',
    '甲县政府信息公开指南',
    `<div class="content">${rows(8, () => `<p>公民、法人和其他组织可以依照条例申请公开政府信息。</p>`)}</div>`,
  ],
  [
    '留言板',
    'board',
    '/hdjl/lyb/',
    '留言选登',
    `<table><tr><th>标题</th><th>留言时间</th><th>状态</th></tr>${rows(8, (at) => `<tr><td><a href="/hdjl/m${at}.html">咨询第${at + 1}小区停车问题如何解决</a></td><td>2020-08-${10 + at}</td><td>已回复</td></tr>`)}</table>`,
  ],
  [
    '信箱',
    'board',
    '/hdjl/xzxx/',
    '县长信箱',
    `<ul>${rows(8, (at) => `<li><a href="/hdjl/x${at}.html">反映第${at + 1}路公交等候时间长的问题</a><i>已办结</i><span>2020-08-${10 + at}</span></li>`)}</ul>`,
  ],
  [
    '查询',
    'search',
    '/search',
    '信息检索',
    '<form><input name="q"></form><p>共查询出 0 条结果</p>',
  ],
  ['出错页', 'error', '/nothing.html', '404', '<p>您访问的页面不存在或已删除</p>'],
];

/** Pages without a frame of their own. */
const BARE: readonly KindPage[] = [
  ['跳转', 'jump', '/', '', '<meta http-equiv="refresh" content="0;url=/zwgk/index.html">'],
  ['脚本跳转', 'jump', '/a/', '', "<script>location.href='/zwgk/index.html'</script>"],
  [
    '框架',
    'frameset',
    '/',
    '甲县',
    '<frameset rows="80,*"><frame src="/top.html"><frame src="/main.html"></frameset>',
  ],
];

const kindOf = (path: string, html: string): string =>
  readPage({
    bytes: new TextEncoder().encode(html),
    contentType: 'text/html; charset=utf-8',
    url: `http://www.jia.gov.cn${path}`,
    today: '2020-09-17',
  }).kind;

export const PAGE_KINDS: LabelledSet = {
  id: 'page-kinds',
  title: '网页种类',
  judge: () => [
    ...PAGE_FRAMES.flatMap(({ style, wrap }) =>
      PAGES.map(([name, kind, path, title, body]): JudgedCase => {
        const found = kindOf(path, wrap(title, body));
        return { of: `${style} ${name}`, expected: kind, found };
      }),
    ),
    ...BARE.map(([name, kind, path, title, body]): JudgedCase => {
      const found = kindOf(path, `<html><head><title>${title}</title>${body}</head></html>`);
      return { of: name, expected: kind, found };
    }),
  ],
};
