import { describe, expect, it } from 'vitest';
import type { RuleView } from '../rulesets/ruleset-types.ts';
import { changesOf, changeWords, whyNotSave, withParameter, withSwitch } from './change-set.ts';
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
const rules = [stale, guide];

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
    expect(whyNotSave(given, reason)).toBe(says);
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
