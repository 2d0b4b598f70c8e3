import { parseDocument } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { findHomeSections, readBreadcrumb } from './find-sections.ts';
import { pageLinks } from './page-links.ts';

const HOME = 'http://www.x.gov.cn/';

function sections(body: string): readonly string[] {
  const document = parseDocument(`<html><body>${body}</body></html>`);
  const seeds = findHomeSections(document, pageLinks(document, HOME), {
    pageUrl: HOME,
    homeUrls: [HOME],
    isHome: (url) => url === HOME || url === `${HOME}index.htm`,
  });
  return seeds.map(
    (seed) =>
      `${seed.inMenu ? '' : '~'}${seed.name}@${seed.depth}${seed.headUrl ? `<${new URL(seed.headUrl).pathname}` : ''}`,
  );
}

const NEWS =
  '<ul><li><a href="/a/t20200916_1.html">某市召开某某工作会议安排部署</a><span>2020-09-16</span></li><li><a href="/a/t20200910_2.html">某县开展某某专项行动取得成效</a><span>2020-09-10</span></li></ul>';

const STYLES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'plain ul',
    '<div id="nav"><ul><li><a href="/">首页</a></li><li><a href="/dt/">工作动态</a></li><li><a href="/gg/">通知公告</a></li><li><a href="/xczx/">乡村振兴</a></li></ul></div>',
    ['工作动态@1', '通知公告@1', '乡村振兴@1'],
  ],
  [
    'table cells',
    '<table><tr><td><a href="index.htm">网站首页</a></td><td>|</td><td><a href="dt.htm">工作动态</a></td><td>|</td><td><a href="gg.htm">通知公告</a></td><td><a href="zj.htm">县情概况</a></td></tr></table>',
    ['工作动态@1', '通知公告@1', '县情概况@1'],
  ],
  [
    'div soup without classes',
    '<div><div><div><a href="/">首页</a></div><div><a href="/dt/">政务动态</a></div><div><a href="/gk/">信息公开</a></div><div><a href="/fw/">办事服务</a></div></div></div>',
    ['政务动态@1', '信息公开@1', '办事服务@1'],
  ],
  [
    'onclick cells',
    `<table class="menu"><tr><td onclick="location.href='/'">首页</td><td onclick="window.open('/dt/')">工作动态</td><td onclick="location.href='/gg/'">通知公告</td><td onclick="location.href='/jg/'">机构职能</td></tr></table>`,
    ['工作动态@1', '通知公告@1', '机构职能@1'],
  ],
  [
    'pictures with alt',
    '<div><a href="/"><img src="1.png" alt="首页"></a><a href="/dt/"><img src="2.png" alt="工作动态"></a><a href="/gg/" title="通知公告"><img src="3.png"></a><map><area href="/hd/" alt="互动交流"></map></div>',
    ['工作动态@1', '通知公告@1', '互动交流@1'],
  ],
  [
    'drop-down with nested ul',
    '<nav><ul><li><a href="/">首页</a></li><li><a href="/gk/">政务公开</a><ul><li><a href="/gk/wj/">政策文件</a></li><li><a href="/gk/cz/">财政信息</a></li></ul></li><li><a href="/dt/">新闻动态</a></li></ul></nav>',
    ['政务公开@1', '政策文件@2</gk/', '财政信息@2</gk/', '新闻动态@1'],
  ],
  [
    'drop-down with div',
    '<div class="menu"><div class="item"><a href="/">首页</a></div><div class="item"><a href="/gk/">政务公开</a><div class="sub"><a href="/gk/wj/">政策文件</a><a href="/gk/cz/">财政信息</a></div></div><div class="item"><a href="/dt/">新闻动态</a></div></div>',
    ['政务公开@1', '政策文件@2</gk/', '财政信息@2</gk/', '新闻动态@1'],
  ],
  [
    'drop-down with dl',
    '<div class="nav"><a href="/">首页</a><dl><dt><a href="/gk/">政务公开</a></dt><dd><a href="/gk/wj/">政策文件</a></dd><dd><a href="/gk/cz/">财政信息</a></dd></dl><dl><dt><a href="/dt/">新闻动态</a></dt></dl></div>',
    ['政务公开@1', '政策文件@2</gk/', '财政信息@2</gk/', '新闻动态@1'],
  ],
  [
    'head without page',
    '<ul class="nav"><li><a href="/">首页</a></li><li><a href="javascript:;">政务公开</a><ul><li><a href="/wj/">政策文件</a></li><li><a href="/cz/">财政信息</a></li></ul></li><li><span>动态</span><ul><li><a href="/yw/">要闻</a></li></ul></li></ul>',
    ['政策文件@2', '财政信息@2', '要闻@2'],
  ],
  [
    'blocks with 更多',
    `<div class="box"><div class="hd"><span>通知公告</span><a class="more" href="/gg/">更多&gt;&gt;</a></div>${NEWS}</div><div class="box"><h2>乡村振兴<a href="/xc/">MORE</a></h2>${NEWS}</div>`,
    ['~通知公告@1', '~乡村振兴@1'],
  ],
  [
    'linked headings and tabs',
    `<div class="tab"><a href="/yw/">今日要闻</a><a href="/bm/">部门动态</a></div>${NEWS}<h3><a href="/zc/">政策解读</a></h3>${NEWS}`,
    ['今日要闻@1', '部门动态@1', '~政策解读@1'],
  ],
  [
    'friend links and footer are none',
    `<div class="nav"><a href="/">首页</a><a href="/dt/">工作动态</a><a href="/gg/">通知公告</a></div>${NEWS}<div class="links"><a href="http://www.gov.cn/">中国政府网</a><a href="http://www.y.gov.cn/">某市政府</a></div><div class="foot"><a href="/about/">关于我们</a><a href="/map/">网站地图</a></div>`,
    ['工作动态@1', '通知公告@1'],
  ],
  [
    'English class names and absolute addresses',
    '<header><div class="topbar"><a href="/login">登录</a><a href="/reg">注册</a></div><div class="main-nav"><a href="http://www.x.gov.cn/">首页</a><a href="http://www.x.gov.cn/col/col1/index.html">概况信息</a><a href="http://www.x.gov.cn/col/col2/index.html">政策文件</a><a href="http://zwfw.y.gov.cn/">政务服务</a></div></header>',
    ['概况信息@1', '政策文件@1', '政务服务@1'],
  ],
];

describe('sections of a home page', () => {
  test.each(STYLES)('%s', (_name, body, expected) => {
    expect(sections(body)).toEqual(expected);
  });
});

test.each([
  [
    'class',
    '<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/gk/">政务公开</a> &gt; 通知公告</div>',
    ['政务公开'],
  ],
  [
    'words',
    '<td>您现在的位置：<a href="/">首页</a>&gt;<a href="/gk/">政务公开</a>&gt;<a href="/gk/wj/">政策文件</a></td>',
    ['政务公开', '政策文件'],
  ],
])('breadcrumb by %s', (_name, body, expected) => {
  expect(readBreadcrumb(parseDocument(body))?.map(({ name }) => name)).toEqual(expected);
});
