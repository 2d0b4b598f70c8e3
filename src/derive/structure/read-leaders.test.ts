import { describe, expect, it } from 'vitest';
import { personName, readLeaders } from './read-leaders.ts';
import { runsOf } from './test-runs.ts';

describe('a personal name', () => {
  it.each([
    ['张三', '张三'],
    ['张　三', '张三'],
    ['欧阳修远', '欧阳修远'],
    ['买买提·吐尔逊', '买买提·吐尔逊'],
    ['李四（女）', '李四'],
    ['王小明同志', '王小明'],
    ['市长', ''],
    ['安全生产', ''],
    ['时间', ''],
    ['常务会议', ''],
    ['关于我们', ''],
    ['马上办', ''],
    ['岳阳市', ''],
    ['湘潭县', ''],
    ['于都县', ''],
    ['李县', '李县'],
    ['领导信息', ''],
    ['我们', ''],
  ])('%s', (text, expected) => {
    expect(personName(text)).toBe(expected);
  });
});

type Row = readonly [name: string, post: string, resume: boolean, duties: boolean];

describe('leaders of a page', () => {
  it.each<[string, string, readonly Row[]]>([
    [
      'a table',
      '<table><tr><th>姓名</th><th>职务</th><th>分工</th></tr><tr><td>张三</td><td>局长</td><td>主持全面工作</td></tr><tr><td>李四</td><td>副局长</td><td>负责办公室、人事工作</td></tr></table>',
      [
        ['张三', '局长', false, true],
        ['李四', '副局长', false, true],
      ],
    ],
    [
      'cards with the post above the name',
      '<div><p>市长</p><a href="1.html">张三</a></div><div><p>副市长</p><a href="2.html">李四光</a></div>',
      [
        ['张三', '市长', false, false],
        ['李四光', '副市长', false, false],
      ],
    ],
    [
      'lines with a colon',
      '<p>党组书记、局长：王五</p><p>王五，男，汉族，1970年1月出生，大学学历。</p><p>分管办公室。</p><p>副局长：赵六</p>',
      [
        ['王五', '党组书记、局长', true, true],
        ['赵六', '副局长', false, false],
      ],
    ],
    [
      'labels',
      '<p>姓　名：周七</p><p>职　务：县委常委、副县长</p><p>个人简历</p><p>工作分工：协助县长负责财政工作</p>',
      [['周七', '县委常委、副县长', true, true]],
    ],
    ['news is nobody', '<p>召开会议</p><ul><li>王书记调研</li><li>局长信箱</li></ul>', []],
  ])('%s', (_name, body, expected) => {
    const found = readLeaders(runsOf(body));
    expect(
      found.map(({ name, post, hasResume, hasDuties }) => [name, post, hasResume, hasDuties]),
    ).toEqual(expected);
  });
});
