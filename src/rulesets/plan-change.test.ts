import { describe, expect, it } from 'vitest';
import { resolveRuleset } from '../domain/resolve-ruleset.ts';
import { INDICATORS } from '../indicators/index.generated.ts';
import { UserError } from '../lib/pure/errors.ts';
import { testRuleset } from '../testing/test-ruleset.ts';
import { diffRulesets } from './diff-rulesets.ts';
import { asFile } from './load-ruleset.ts';
import { limitsOf } from './parameter-limits.ts';
import { planChange, type RuleChange } from './plan-change.ts';

const base = testRuleset('hunan-2020');
const plan = (changes: readonly RuleChange[]) =>
  planChange(base, { changes, reason: '会议纪要' }, INDICATORS);

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [error.code, ...error.details].join(' ');
  }
}

it('every declared parameter has limits, and its default is within', () => {
  const specs = INDICATORS.flatMap(({ id, parameters }) =>
    Object.entries(parameters).map(([name, spec]) => ({ name: `${id} ${name}`, spec })),
  );
  expect(specs.length).toBeGreaterThan(20);
  for (const { name, spec } of specs) {
    const limits = limitsOf(spec);
    expect(limits, name).not.toBeNull();
    expect(spec.default, name).toBeGreaterThanOrEqual(limits!.min);
    expect(spec.default, name).toBeLessThanOrEqual(limits!.max);
  }
});

it('a ruleset read back from its content has the hash that it had', () => {
  const stored = JSON.parse(JSON.stringify(base)) as typeof base;
  expect(resolveRuleset([asFile(stored)]).hash).toBe(base.hash);
});

describe('a change', () => {
  it('gives what the same change in a file would give', () => {
    const changed = plan([{ ruleId: 'site.veto.home-stale', parameters: { days: 30 } }]);
    const file = { changes: [{ id: 'site.veto.home-stale', parameters: { days: 30 } }] };
    const head = { id: 'hunan-2020', title: 'x', source: 'x' };
    expect(changed.hash).toBe(resolveRuleset([asFile(base), { ...head, ...file }]).hash);
    expect(diffRulesets(base, changed)).toEqual({
      isPercentChanged: false,
      isScaleChanged: false,
      rules: [
        {
          ruleId: 'site.veto.home-stale',
          printedLabel: '首页不更新',
          isOn: null,
          label: null,
          parameters: [{ name: 'days', from: 14, to: 30 }],
          ...{ reason: null, points: null, cap: null },
        },
      ],
    });
  });

  it('switches with its reason, and back again', () => {
    const off = plan([{ ruleId: 'site.veto.home-stale', isOn: false }]);
    const rule = off.rules.find(({ id }) => id === 'site.veto.home-stale');
    expect(rule).toMatchObject({ enabled: false, reason: '会议纪要' });
    const on = planChange(
      off,
      { changes: [{ ruleId: 'site.veto.home-stale', isOn: true }], reason: '恢复' },
      INDICATORS,
    );
    expect(diffRulesets(base, on).rules.map(({ isOn, reason }) => [isOn, reason])).toEqual([
      [null, { from: '', to: '恢复' }],
    ]);
  });

  it.each<[string, RuleChange[], RegExp]>([
    ['an unknown rule', [{ ruleId: 'site.veto.x' }], /^ruleset.no-such-rule/],
    [
      'a rule twice',
      [{ ruleId: 'site.veto.home-stale' }, { ruleId: 'site.veto.home-stale' }],
      /^ruleset.change$/,
    ],
    ['nothing new', [{ ruleId: 'site.veto.home-stale', isOn: true }], /^ruleset.unchanged/],
    [
      'the same number',
      [{ ruleId: 'site.veto.home-stale', parameters: { days: 14 } }],
      /^ruleset.unchanged/,
    ],
    [
      'an unknown parameter',
      [{ ruleId: 'site.veto.home-stale', parameters: { weeks: 2 } }],
      /^ruleset.parameter .*没有 weeks/,
    ],
    [
      "another rule's parameter",
      [{ ruleId: 'site.veto.home-stale', parameters: { failPercent: 6 } }],
      /^ruleset.parameter .*site\.veto\.unreachable/,
    ],
    [
      'a broken number',
      [{ ruleId: 'site.veto.home-stale', parameters: { days: 1.5 } }],
      /^ruleset.parameter .*1 到 3660 的整数/,
    ],
    [
      'a number that condemns everybody',
      [{ ruleId: 'site.veto.column-stale.blank', parameters: { count: 0 } }],
      /^ruleset.parameter/,
    ],
    [
      'more than a hundred percent',
      [{ ruleId: 'site.veto.unreachable', parameters: { failPercent: 101 } }],
      /^ruleset.parameter/,
    ],
    [
      'an unverified rule without the word',
      [{ ruleId: 'media.veto.interaction.fake', isOn: true }],
      /^ruleset.unverified/,
    ],
    [
      'a deduction without points',
      [{ ruleId: 'portal.deduct.submit', isOn: true, confirmsUnverified: true }],
      /^ruleset.points/,
    ],
    [
      'a deduction without a cap',
      [{ ruleId: 'portal.deduct.submit', isOn: true, confirmsUnverified: true, points: 200 }],
      /^ruleset.points/,
    ],
    [
      'a deduction whose office does not say that it knows',
      [{ ruleId: 'portal.deduct.submit', isOn: true, points: 200, cap: 400 }],
      /^ruleset.unverified/,
    ],
    ['half a centipoint', [{ ruleId: 'portal.deduct.submit', points: 0.5 }], /^ruleset.points/],
    ['more than the whole', [{ ruleId: 'portal.deduct.submit', cap: 10_001 }], /^ruleset.points/],
    ['a veto with points', [{ ruleId: 'site.veto.home-stale', points: 100 }], /^ruleset.points/],
    [
      'two caps for one entry',
      [
        { ruleId: 'portal.deduct.messages-open', cap: 500 },
        { ruleId: 'portal.deduct.messages-open.stats', cap: 600 },
      ],
      /^ruleset.points/,
    ],
    [
      'an inherited name',
      [
        {
          ruleId: 'site.veto.home-stale',
          parameters: JSON.parse('{"__proto__": 5}') as Record<string, number>,
        },
      ],
      /^ruleset\.(parameter|unchanged)/,
    ],
  ])('of %s is refused', (_, changes, code) => {
    expect(codeOf(() => plan(changes))).toMatch(code);
  });

  it('switches an unverified rule on when the office says that it knows', () => {
    const changed = plan([
      { ruleId: 'media.veto.interaction.fake', isOn: true, confirmsUnverified: true },
    ]);
    expect(changed.rules.find(({ id }) => id === 'media.veto.interaction.fake')).toMatchObject({
      enabled: true,
      reason: '会议纪要',
      confidence: 'recall-unverified',
    });
  });

  it('switches a deduction on with its points and its cap, which is the cap of its whole entry', () => {
    const on = { isOn: true, confirmsUnverified: true } as const;
    const changed = plan([
      { ruleId: 'portal.deduct.submit', ...on, points: 250, cap: 500 },
      { ruleId: 'portal.deduct.messages-open', cap: 800 },
    ]);
    const rule = (id: string) => changed.rules.find((each) => each.id === id);
    expect(rule('portal.deduct.submit')).toMatchObject({
      ...{ enabled: true, reason: '会议纪要', points: 250, cap: 500 },
    });
    for (const id of ['', '.fields', '.stats'])
      expect(rule(`portal.deduct.messages-open${id}`)).toMatchObject({ enabled: false, cap: 800 });
    const [first] = diffRulesets(base, changed).rules;
    expect(first).toMatchObject({
      ruleId: 'portal.deduct.submit',
      isOn: { from: false, to: true },
      points: { from: null, to: 250 },
      cap: { from: null, to: 500 },
    });
    expect(
      codeOf(() =>
        planChange(
          changed,
          { changes: [{ ruleId: 'portal.deduct.submit', points: null }], reason: 'x' },
          INDICATORS,
        ),
      ),
    ).toBe('ruleset.points');
    expect(resolveRuleset([asFile(changed)]).hash).toBe(changed.hash);
  });

  it('of a rule that a machine judges and no indicator knows is refused', () => {
    const rules = base.rules.map((rule) =>
      rule.id === 'site.veto.home-stale' ? { ...rule, enabled: false } : rule,
    );
    const change = { changes: [{ ruleId: 'site.veto.home-stale', isOn: true }], reason: 'x' };
    expect(codeOf(() => planChange({ ...base, rules }, change, []))).toBe('ruleset.no-indicator');
  });
});

it('two rulesets differ in labels and switched rules', () => {
  const diff = diffRulesets(testRuleset('national-2019'), base);
  expect(
    diff.rules.map(({ ruleId, isOn, label }) => [ruleId, isOn?.to ?? null, label?.to ?? null]),
  ).toEqual([
    ['site.veto.service.guide5', true, null],
    ['site.veto.service.guide-all', true, null],
    ['media.veto.interaction.none', null, '互动回应差'],
  ]);
});
