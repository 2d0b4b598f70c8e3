import { describe, expect, it } from 'vitest';
import type { RuleView } from '../rulesets/ruleset-types.ts';
import {
  changesOf,
  changeWords,
  whyNotSave,
  withConfirmation,
  withParameter,
  withPoints,
  withSwitch,
} from './change-set.ts';
import { compareVersions } from './compare-versions.ts';

const stale: RuleView = {
  id: 'media.veto.stale.two-weeks',
  clause: '第一部分 内容不更新',
  title: '监测时间点前2周内无更新',
  printedLabel: '监测时间点前2周内无更新',
  class: 'veto',
  isOn: true,
  isUnverified: false,
  object: 'account',
  judgedBy: 'machine',
  reason: '',
  entryId: 'media.veto.stale',
  ...{ group: null, points: null, cap: null },
  parameters: [
    {
      name: 'days',
      value: 14,
      default: 14,
      unit: '天',
      why: '监测时间点前2周',
      min: 1,
      max: 365,
      of: null,
    },
    {
      name: 'observationDays',
      value: 2,
      default: 2,
      unit: '天',
      why: '人工观察',
      min: 0,
      max: 30,
      of: null,
    },
  ],
};
const guide: RuleView = {
  ...stale,
  id: 'site.veto.service.guide5',
  printedLabel: '办事指南要素不全',
  isOn: false,
  isUnverified: true,
  parameters: [],
};
const news: RuleView = {
  ...guide,
  id: 'portal.deduct.news',
  printedLabel: '动态要闻',
  class: 'deduction',
};
const rules = [stale, guide, news];

describe('edits', () => {
  it('a switch that goes back to the base leaves nothing', () => {
    const off = withSwitch({}, stale, false);
    expect(off).toEqual({ [stale.id]: { isOn: false } });
    expect(withSwitch(off, stale, true)).toEqual({});
  });

  it('a parameter keeps the switch beside it, and goes away alone', () => {
    const both = withParameter(withSwitch({}, stale, false), stale, 'days', 21);
    expect(both).toEqual({ [stale.id]: { isOn: false, parameters: { days: 21 } } });
    expect(withParameter(both, stale, 'days', 14)).toEqual({ [stale.id]: { isOn: false } });
    expect(withParameter(both, stale, 'days', null)).toEqual({ [stale.id]: { isOn: false } });
  });
});

describe('points', () => {
  it('are sent in centipoints, said in points, and taken back', () => {
    const edits = withPoints(withPoints({}, news, 'points', 250), news, 'cap', 1_000);
    expect(changesOf(rules, edits)).toEqual([{ ruleId: news.id, points: 250, cap: 1_000 }]);
    expect(changeWords(rules, edits)).toEqual([
      '“动态要闻”每处：待核 → 2.5 分',
      '“动态要闻”该项总分：待核 → 10 分',
    ]);
    expect(withPoints(withPoints(edits, news, 'points', null), news, 'cap', null)).toEqual({});
  });

  it('differ between versions', () => {
    const known = { ...news, points: 500, cap: 1_000 };
    expect(compareVersions([news], [known])[0]?.differences).toEqual([
      '每处：待核 → 5 分',
      '该项总分：待核 → 10 分',
    ]);
  });
});

describe('changesOf and changeWords', () => {
  const edits = withSwitch(withParameter({}, stale, 'days', 21), guide, true);

  it('sends the rules in the ruleset’s order, only what differs', () => {
    expect(changesOf(rules, edits)).toEqual([
      { ruleId: stale.id, parameters: { days: 21 } },
      { ruleId: guide.id, isOn: true },
    ]);
  });

  it('says every change in words, and that a clause is unverified', () => {
    expect(changeWords(rules, edits)).toEqual([
      '“监测时间点前2周内无更新”的期限：14天 → 21天',
      '启用“办事指南要素不全”（待核条文）',
    ]);
  });

  it('leaves out rules that the version does not have', () => {
    expect(changesOf([stale], edits)).toHaveLength(1);
  });
});

describe('whyNotSave', () => {
  const edits = withSwitch({}, stale, false);
  it.each([
    { name: 'nothing changed', given: {}, reason: '按省里要求调整', says: '还没有改动任何规则' },
    { name: 'no reason', given: edits, reason: '  ', says: '请写明修改理由（至少 4 个字）' },
    { name: 'ready', given: edits, reason: '按省里要求调整', says: null },
  ])('$name', ({ given, reason, says }) => {
    expect(whyNotSave(rules, given, reason)).toBe(says);
  });

  it('an unverified clause is not switched on before somebody says that it was checked', () => {
    const on = withSwitch({}, guide, true);
    const reason = '按会议纪要启用';
    expect(whyNotSave(rules, on, reason)).toBe('“办事指南要素不全”待核，请勾选已核对原文');
    const checked = withConfirmation(on, guide, true);
    expect(whyNotSave(rules, checked, reason)).toBeNull();
    expect(changesOf(rules, checked)).toEqual([
      { ruleId: guide.id, isOn: true, confirmsUnverified: true },
    ]);
    expect(withConfirmation(checked, guide, false)).toEqual(on);
    expect(withSwitch(checked, guide, false)).toEqual({});
  });
});

describe('compareVersions', () => {
  it('shows new, removed, switched, renamed and changed rules, and says nothing of equal ones', () => {
    const changed: RuleView = {
      ...stale,
      isOn: false,
      printedLabel: '长期不更新',
      parameters: [{ ...stale.parameters[0]!, value: 21 }],
    };
    const fresh: RuleView = { ...guide, id: 'fresh' };
    expect(compareVersions([stale, guide], [changed, fresh])).toMatchObject([
      {
        id: stale.id,
        differences: [
          '启用 → 停用',
          '印法：监测时间点前2周内无更新 → 长期不更新',
          '期限：14天 → 21天',
          '人工观察的前后期限：2天 → （无）',
        ],
      },
      { id: 'fresh', differences: ['新增规则'], left: null },
      { id: guide.id, differences: ['删去规则'], right: null },
    ]);
    expect(compareVersions([stale], [stale])[0]?.differences).toEqual([]);
  });
});
