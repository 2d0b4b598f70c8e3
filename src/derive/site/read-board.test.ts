import { parseDocument } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { readBoard, readMessagePage, readStatus } from './read-board.ts';

const URL_ = 'http://www.x.gov.cn/hd/';
const rows = (body: string) =>
  readBoard(parseDocument(`<html><body>${body}</body></html>`), URL_, '2020-09-17').map((row) => [
    row.title,
    row.askedOn,
    row.repliedOn,
    row.answered,
  ]);

const BOARDS: readonly (readonly [string, string, readonly unknown[]])[] = [
  [
    'table with status',
    '<table><tr><th>序号</th><th>信件标题</th><th>写信时间</th><th>办理状态</th></tr><tr><td>1</td><td><a href="1.html">关于路灯不亮的问题</a></td><td>2020-05-01</td><td>待办理</td></tr><tr><td>2</td><td><a href="2.html">咨询社保转移</a></td><td>2020-06-01</td><td>已办结</td></tr></table>',
    [
      ['关于路灯不亮的问题', '2020-05-01', null, false],
      ['咨询社保转移', '2020-06-01', null, true],
    ],
  ],
  [
    'table with reply date',
    '<table><tr><td>留言主题</td><td>留言时间</td><td>回复时间</td></tr><tr><td>路灯不亮</td><td>2020/5/1</td><td>2020/5/3</td></tr><tr><td>道路积水</td><td>2020/5/2</td><td></td></tr></table>',
    [
      ['路灯不亮', '2020-05-01', '2020-05-03', true],
      ['道路积水', '2020-05-02', null, false],
    ],
  ],
  [
    'list with status words',
    '<ul><li><a href="1.html">关于路灯不亮的问题</a><span class="s">[未回复]</span><span>2020-05-01</span></li><li><a href="2.html">咨询社保转移</a><em>已回复</em><span>2020-06-01</span></li></ul>',
    [
      ['关于路灯不亮的问题', '2020-05-01', null, false],
      ['咨询社保转移', '2020-06-01', null, true],
    ],
  ],
  [
    'divs with labels',
    '<div class="item"><div class="t"><a href="1.html">关于路灯不亮的问题</a></div><p>来信时间：2020-05-01 10:20 办理情况：处理中</p></div><div class="item"><div class="t"><a href="2.html">咨询社保转移</a></div><p>来信时间：2020-06-01　答复时间：2020-06-03</p></div>',
    [
      ['关于路灯不亮的问题', '2020-05-01', null, false],
      ['咨询社保转移', '2020-06-01', '2020-06-03', true],
    ],
  ],
  [
    'dl with question and answer',
    '<dl><dt>问：医保怎么办理转移</dt><dd>提问时间：2020年5月1日</dd><dd>回复时间：2020年5月6日</dd><dd>回复内容：请携带身份证</dd></dl>',
    [['问：医保怎么办理转移', '2020-05-01', '2020-05-06', true]],
  ],
  [
    'dl of several messages',
    '<dl><dt>留言标题：补贴咨询　留言时间：2020-05-01</dt><dd>回复时间：2020-05-03　回复内容：请到镇农办办理</dd><dt>留言标题：土地流转　留言时间：2020-05-02</dt><dd>暂未回复</dd></dl>',
    [
      ['补贴咨询', '2020-05-01', '2020-05-03', true],
      ['土地流转', '2020-05-02', null, false],
    ],
  ],
  [
    'dl of a table of labels is one message',
    '<dl><dt>留言标题</dt><dd>关于医保转移的问题</dd><dt>留言时间</dt><dd>2020-05-01</dd><dt>回复时间</dt><dd>2020-05-06</dd></dl>',
    [['关于医保转移的问题', '2020-05-01', '2020-05-06', true]],
  ],
  [
    'news is no board',
    '<ul><li><a href="1.html">某市召开会议</a><span>2020-05-01</span></li></ul>',
    [],
  ],
];

describe('readBoard', () => {
  test.each(BOARDS)('%s', (_name, body, expected) => {
    expect(rows(body)).toEqual(expected);
  });
});

test.each([
  [
    'answered',
    '<h1>路灯不亮</h1><table><tr><td>留言时间</td><td>2020-05-01</td></tr><tr><td>回复时间</td><td>2020-05-04</td></tr><tr><td>回复内容</td><td>已修复。</td></tr></table>',
    ['2020-05-01', '2020-05-04', true],
  ],
  [
    'no reply yet',
    '<p>来信时间：2020-05-01 10:00:00</p><p>来信内容：路灯不亮</p><p>答复内容：</p><p>暂无回复</p>',
    ['2020-05-01', null, false],
  ],
  [
    'status in the head',
    '<div><span>写信日期：2020-05-01</span><span>状态：处理中</span></div><p>路灯不亮了很久</p>',
    ['2020-05-01', null, false],
  ],
  [
    'reply without date',
    '<p>咨询时间：2020-05-01</p><p>答复意见：您好，请到窗口办理。</p>',
    ['2020-05-01', null, true],
  ],
  [
    'says nothing of a reply',
    '<p>咨询时间：2020-05-01</p><p>路灯不亮</p>',
    ['2020-05-01', null, null],
  ],
])('message page: %s', (_name, body, expected) => {
  const page = readMessagePage(parseDocument(`<html><body>${body}</body></html>`));
  expect([page.askedOn, page.repliedOn, page.answered]).toEqual(expected);
});

test.each([
  ['已回复', true],
  ['【已办结】', true],
  ['不予受理', true],
  ['已答复', true],
  ['未回复', false],
  ['待办理', false],
  ['处理中', false],
  ['正在办理', false],
  ['已受理', false],
  ['回复', null],
  ['咨询', null],
  ['2020-05-01', null],
] as const)('status %s', (word, expected) => {
  expect(readStatus(word)).toBe(expected);
});
