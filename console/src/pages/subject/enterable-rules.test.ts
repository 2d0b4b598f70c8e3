import { expect, it } from 'vitest';
import type { RuleView } from '../rulesets/ruleset-types.ts';
import { enterableRules } from './enterable-rules.ts';

const rule = (id: string, more: Partial<RuleView>): RuleView => ({
  ...{ id, clause: '', title: id, printedLabel: id, reason: '', entryId: id, parameters: [] },
  ...{ class: 'veto', object: 'site', judgedBy: 'person', isOn: true, isUnverified: false },
  ...{ group: null, points: null, cap: null },
  ...more,
});
const RULES = [
  rule('security', {}),
  rule('off', { isOn: false }),
  rule('home-stale', { judgedBy: 'machine' }),
  rule('no-channel', { judgedBy: 'machine' }),
  rule('app', { object: 'account' }),
  rule('news', { class: 'deduction', object: 'portal', judgedBy: 'machine' }),
];
const findings = [
  {
    status: 'undetermined' as const,
    rule: { id: 'no-channel', label: '', class: 'veto' as const, unverified: false },
  },
];

it.each([
  ['a site', { kind: 'site', isPortal: false, findings: [] }, ['security']],
  [
    'a site with an open veto',
    { kind: 'site', isPortal: false, findings },
    ['security', 'no-channel'],
  ],
  ['a portal', { kind: 'site', isPortal: true, findings: [] }, ['security', 'news']],
  ['an account', { kind: 'account', isPortal: false, findings: [] }, ['app']],
] as const)('%s', (_name, subject, wanted) => {
  expect(enterableRules(RULES, subject).map(({ id }) => id)).toEqual(wanted);
});
