import { describe, expect, it } from 'vitest';
import { UserError } from '../../lib/pure/errors.ts';
import { readCase } from './read-case.ts';
import { CASE_NAMES, caseOf, caseText } from './test-cases.ts';

interface Editable {
  sitesByUnit: { unit: string; running: number; checked: number; failing: number }[];
  accountsByUnit: { unit: string; running: number; checked: number; failing: number }[];
  sitesTotal: { running: number };
  accountsTotal: object;
  failingSites: { unit: string; name: string; problems: string[]; siteCode: string }[];
  failingAccounts: {
    unit: string;
    name: string;
    problems: string[];
    platform: string;
    lastUpdated: string | null;
  }[];
  repeatOffenders: { unit: string; name: string }[];
  samplingWindow: [string, string];
}

/** Everything that a changed seed case is refused with. */
function refusalOf(change: (value: Editable) => void): string {
  const value = JSON.parse(caseText('seed')) as Editable;
  change(value);
  try {
    readCase(JSON.stringify(value));
  } catch (error) {
    if (error instanceof UserError) return [error.message, ...error.details].join('\n');
    throw error;
  }
  return '';
}

describe('cases that hold', () => {
  it.each(CASE_NAMES)('%s', (name) => {
    const source = caseOf(name);
    expect(source.rows).toEqual([
      ...new Set([...source.sitesByUnit, ...source.accountsByUnit].map((row) => row.unit)),
    ]);
  });

  it('takes a long name in a failing list for its row', () => {
    const source = caseOf('seed');
    expect(source.failingAccounts.filter((account) => account.row === '湘西自治州')).toHaveLength(
      2,
    );
    expect(source.aliases.get('湘西自治州')).toEqual(['湘西土家族苗族自治州']);
  });

  it('takes a long name in one of the tables for the row of the other', () => {
    const value = JSON.parse(caseText('seed')) as Editable;
    value.accountsByUnit.at(-1)!.unit = '湘西土家族苗族自治州';
    expect(readCase(JSON.stringify(value)).rows).toEqual(caseOf('seed').rows);
  });

  it('puts a row that only accounts have where their table has it', () => {
    const value = JSON.parse(caseText('seed')) as Editable;
    value.accountsByUnit.splice(3, 0, { unit: '湘江新区', running: 2, checked: 2, failing: 0 });
    value.accountsTotal = {};
    expect(readCase(JSON.stringify(value)).rows.slice(1, 4)).toEqual([
      '长沙市',
      '衡阳市',
      '湘江新区',
    ]);
  });

  it.each([
    ['栏目不更新', 'site.veto.column-stale.key'],
    ['互动回应差', 'site.veto.interaction.no-channel'],
    ['服务不实用', 'site.veto.service.none'],
    ['站点无法访问', 'site.veto.unreachable'],
    ['空白栏目数量超过（含）5个', 'site.veto.column-stale.blank'],
    ['site.veto.service.guide5', 'site.veto.service.guide5'],
  ])('reads the site problem %s as %s', (problem, rule) => {
    const value = JSON.parse(caseText('seed')) as Editable;
    value.failingSites[0]!.problems = [problem];
    expect(readCase(JSON.stringify(value)).failingSites[0]!.rules).toEqual([rule]);
  });

  it.each([
    ['内容不更新', 'media.veto.stale.two-weeks'],
    ['互动回应差', 'media.veto.interaction.none'],
    ['未提供有效互动功能', 'media.veto.interaction.none'],
  ])('reads the account problem %s as %s', (problem, rule) => {
    const value = JSON.parse(caseText('seed')) as Editable;
    value.failingAccounts[0]!.problems = [problem];
    if (rule.includes('interaction')) value.failingAccounts[0]!.lastUpdated = '2020-09-10';
    expect(readCase(JSON.stringify(value)).failingAccounts[0]!.rules).toEqual([rule]);
  });
});

describe('cases that do not hold', () => {
  const cases: readonly [string, (value: Editable) => void, RegExp][] = [
    [
      'a total that is no sum',
      (v) => (v.sitesTotal.running += 1),
      /网站合计 running 写 595，各单位相加是 594/,
    ],
    [
      'more checked than running',
      (v) => (v.sitesByUnit[1]!.checked = 58),
      /“长沙市”：应有 问题数 ≤ 检查数 ≤ 运行数/,
    ],
    [
      'more failing than listed',
      (v) => (v.accountsByUnit[1]!.failing = 1),
      /“长沙市”：表里有问题 1 家，名单里有 0 家/,
    ],
    ['one unit twice', (v) => (v.sitesByUnit[1]!.unit = '衡阳市'), /网站表里“衡阳市”出现两次/],
    [
      'a site code twice',
      (v) => (v.failingSites[1]!.siteCode = '4304000025'),
      /网站标识码 4304000025 出现两次/,
    ],
    [
      'a site code that is none',
      (v) => (v.failingSites[1]!.siteCode = '43'),
      /failingSites\.1\.siteCode/,
    ],
    ['an unknown unit', (v) => (v.failingSites[1]!.unit = '赣州市'), /单位“赣州市”不在网站表里/],
    [
      'an unknown problem',
      (v) => (v.failingSites[0]!.problems = ['页面太丑']),
      /不认识的问题“页面太丑”/,
    ],
    [
      'a problem that persons enter',
      (v) => (v.failingSites[0]!.problems = ['泄露国家秘密']),
      /“湖南扶贫网”：“泄露国家秘密”要由人认定/,
    ],
    [
      'a dead site with more problems',
      (v) => v.failingSites[0]!.problems.push('站点无法访问'),
      /站点无法访问的，其他问题看不到/,
    ],
    [
      'an update in time called stale',
      (v) => (v.failingAccounts[0]!.lastUpdated = '2020-09-03'),
      /“健康祁东”：最后更新 2020-09-03 在 2020-09-17 前 14 天之内/,
    ],
    [
      'an update after the window',
      (v) => (v.failingAccounts[0]!.lastUpdated = '2020-09-18'),
      /晚于采样时间/,
    ],
    [
      'a late update not called stale',
      (v) => (v.failingAccounts[0]!.problems = ['互动回应差']),
      /却没有写“无更新”/,
    ],
    [
      'a mobile app called stale',
      (v) => (v.failingAccounts[0]!.platform = '移动客户端'),
      /移动客户端不按“2周内无更新”判/,
    ],
    [
      'a repeat offender that is not listed',
      (v) => (v.repeatOffenders[0]!.name = '无此号'),
      /“岳阳市”“无此号”不在本次名单里/,
    ],
    [
      'a window that ends before it begins',
      (v) => v.samplingWindow.reverse(),
      /采样时间 2020-09-17 晚于 2020-07-07/,
    ],
    ['no number', (v) => (v.sitesByUnit[0]!.running = -1), /sitesByUnit\.0\.running/],
  ];
  it.each(cases)('%s', (_name, change, message) => {
    expect(refusalOf(change)).toMatch(message);
  });

  it('no JSON', () => {
    expect(() => readCase('{')).toThrow('案例文件不是有效的 JSON。');
  });
});
