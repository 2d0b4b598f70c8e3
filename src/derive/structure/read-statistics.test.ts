import { describe, expect, it } from 'vitest';
import { readStatistics } from './read-statistics.ts';
import { runsOf } from './test-runs.ts';

const TODAY = '2020-09-17';
const read = (body: string, title = '') =>
  readStatistics(runsOf(body), title, TODAY).map(({ about, period, latestOn, figures }) => [
    about,
    period,
    latestOn,
    figures.length,
  ]);

describe('blocks of figures', () => {
  it.each<[string, string, ReturnType<typeof read>]>([
    [
      'a month of services',
      '<h2>2020年8月办件统计</h2><p>受理总数：1203件　办结总数：1198件　按时办结率：99.6%</p>',
      [['service', '2020-08', '2020-08-31', 3]],
    ],
    [
      'a quarter of letters',
      '<h3>2020年第二季度留言统计</h3><table><tr><td>收到留言</td><td>120</td></tr><tr><td>已答复留言</td><td>118</td></tr></table>',
      [['messages', '2020Q2', '2020-06-30', 2]],
    ],
    [
      'letters up to a day',
      '<h3>信件统计</h3><p>截至2020年9月10日</p><p>来信总数：35件</p><p>回复总数：34件</p>',
      [['messages', null, '2020-09-10', 2]],
    ],
    [
      'a period after the monitoring date counts for nothing',
      '<h3>办件统计</h3><p>2021年1月</p><p>受理总数 5件</p><p>办结总数 5件</p>',
      [['service', null, null, 2]],
    ],
    [
      'a month at the end of its line, figures in boxes',
      '<h2>信件统计</h2><p>统计时间：2020-07</p><ul><li>收到留言<em>90</em></li><li>已回复<em>88</em></li></ul>',
      [['messages', '2020-07', '2020-07-31', 2]],
    ],
    ['a head without figures', '<h3>办件统计</h3><p>栏目建设中</p>', []],
    ['counters are no statistics', '<p>访问总数：1203</p><p>在线人数：12</p>', []],
    [
      'figures of the economy',
      '<h3>统计公报</h3><p>生产总值 120 亿元</p><p>人口总数 12 万人</p>',
      [],
    ],
  ])('%s', (_name, body, expected) => {
    expect(read(body)).toEqual(expected);
  });
});
