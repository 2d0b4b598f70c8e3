import { describe, expect, it } from 'vitest';
import type { RuleView } from '../rulesets/ruleset-types.ts';
import { groupRules } from './group-rules.ts';

const rule = (id: string, more: Partial<RuleView>): RuleView => ({
  ...{
    id,
    clause: '',
    title: id,
    printedLabel: id,
    class: 'veto',
    object: 'site',
    judgedBy: 'machine',
    reason: '',
  },
  ...{ isOn: true, isUnverified: false, parameters: [] },
  ...{ entryId: id, group: null, points: null, cap: null },
  ...more,
});
const rules = [
  rule('a', { class: 'bonus' }),
  rule('b', {}),
  rule('c', { isOn: false, isUnverified: true }),
];

describe('groupRules', () => {
  it.each([
    {
      view: 'all',
      gives: [
        ['veto', 'b', 'c'],
        ['bonus', 'a'],
      ],
    },
    {
      view: 'on',
      gives: [
        ['veto', 'b'],
        ['bonus', 'a'],
      ],
    },
    { view: 'off', gives: [['veto', 'c']] },
    { view: 'unverified', gives: [['veto', 'c']] },
  ] as const)('$view, vetoes first, no empty class', ({ view, gives }) => {
    expect(
      groupRules(rules, view).map((group) => [group.ruleClass, ...group.rules.map(({ id }) => id)]),
    ).toEqual(gives);
  });
});
