import { describe, expect, it } from 'vitest';
import type { ReviewState, Verdict } from '../domain/finding.ts';
import type { Rule, Ruleset } from '../domain/ruleset.ts';
import type { Score } from '../domain/score.ts';
import { testRuleset } from '../testing/test-ruleset.ts';
import { type StandingFinding, type StandingJudgement, verdictOf } from './index.ts';

const PORTAL = { hasService: true, siteCode: '4306000001' };
const MINISTRY = { hasService: false, siteCode: 'bm55000001' };

/** One entry a rule unless `entryId` says otherwise; points and caps in 分. */
function rule(id: string, points: number, cap: number, more: Partial<Rule> = {}): Rule {
  const part = id.startsWith('bonus') ? 'bonus' : 'deduct';
  const { rules } = testRuleset('national-2019');
  const like = rules.find((each) => each.part === part);
  if (!like) throw new Error('no such part');
  return {
    ...like,
    ...{ id, entryId: id, enabled: true, judgedBy: 'machine', group: '发布解读' },
    ...{ points: points * 100, cap: cap * 100 },
    ...more,
  };
}

const RULES: readonly Rule[] = [
  rule('news', 5, 10),
  rule('policy', 5, 20),
  rule('other', 2, 10, { residual: true }),
  rule('open.fields', 3, 8, { entryId: 'open' }),
  rule('open.stats', 3, 8, { entryId: 'open' }),
  rule('guide', 5, 25, { group: '办事服务' }),
  rule('links', 0.5, 30),
  rule('unknown', 5, 5, { enabled: false, points: null, cap: null }),
  rule('bonus.surveys', 3, 3),
  rule('bonus.more', 20, 29),
];
const rulesetOf = (rules: readonly Rule[]): Ruleset => ({
  ...testRuleset('national-2019'),
  rules,
});
const RULESET = rulesetOf(RULES);

const finding = (
  ruleId: string,
  judgement: StandingJudgement,
  review: ReviewState = 'open',
): StandingFinding => ({ ruleId, judgement, review });
const breach = (ruleId: string, occurrences = 1, more: Partial<StandingJudgement> = {}) =>
  finding(ruleId, { status: 'breached', occurrences, ...more });
const open = (ruleId: string, atMost?: number) =>
  finding(ruleId, { status: 'undetermined', ...(atMost === undefined ? {} : { atMost }) });

function scoreOf(verdict: Verdict): Score {
  if (!('score' in verdict) || verdict.score === undefined) throw new Error(verdict.kind);
  return verdict.score;
}
const judge = (findings: readonly StandingFinding[], portal = PORTAL, ruleset = RULESET) =>
  verdictOf(ruleset, findings, portal);
const deduction = (findings: readonly StandingFinding[], portal = PORTAL) => {
  const { lowest, highest } = scoreOf(judge(findings, portal)).deduction;
  return [lowest, highest];
};

describe('part two', () => {
  it.each<[string, StandingFinding[], [number, number]]>([
    ['nothing found', [], [10_000, 10_000]],
    ['occurrences × points', [breach('policy', 2)], [9_000, 9_000]],
    ['at most the cap', [breach('policy', 9)], [8_000, 8_000]],
    ['half points stay whole centipoints', [breach('links', 3)], [9_850, 9_850]],
    [
      'one cap for all rules of an entry',
      [breach('open.fields', 2), breach('open.stats')],
      [9_200, 9_200],
    ],
    [
      'rejected',
      [finding('policy', { status: 'breached', occurrences: 4 }, 'rejected')],
      [10_000, 10_000],
    ],
    ['what is off takes nothing', [breach('unknown')], [10_000, 10_000]],
    ['undetermined: up to the cap', [open('policy')], [8_000, 10_000]],
    ['undetermined: no more than there can be', [open('policy', 1)], [9_500, 10_000]],
    ['undetermined twice in an entry', [open('open.fields'), open('open.stats')], [9_200, 10_000]],
    ['undetermined and rejected', [{ ...open('policy'), review: 'rejected' }], [10_000, 10_000]],
    [
      'undetermined, settled by a person',
      [
        { ...open('policy'), review: 'confirmed' },
        { ...breach('policy'), source: '张三' },
      ],
      [9_500, 9_500],
    ],
    ['a breach with more unseen', [breach('policy', 1, { unseen: 1 })], [9_000, 9_500]],
    [
      'a person could not judge it',
      [finding('policy', { status: 'breached', occurrences: 2 }, 'cannotJudge')],
      [9_000, 10_000],
    ],
    [
      'a machine and a person: both count',
      [breach('policy'), { ...breach('policy'), source: '张三' }],
      [9_000, 9_000],
    ],
    [
      'a machine and a person at the same place: once',
      [
        breach('policy', 1, { places: ['http://a/1'] }),
        { ...breach('policy', 1, { places: ['http://a/1'] }), source: '张三' },
      ],
      [9_500, 9_500],
    ],
    ['not applicable', [finding('guide', { status: 'notApplicable' })], [10_000, 10_000]],
  ])('%s', (_name, findings, range) => {
    expect(deduction(findings)).toEqual(range);
  });

  it('a section that another entry counted is not charged again under 其他栏目', () => {
    const findings = [
      breach('other', 3, { places: ['http://a/yw/', 'http://a/zt/', 'http://a/x/'] }),
      breach('news', 1, { places: ['http://a/yw/'] }),
    ];
    const { entries } = scoreOf(judge(findings));
    expect(entries.find(({ entryId }) => entryId === 'other')).toMatchObject({
      counted: { lowest: 400, highest: 400 },
      lines: [{ state: 'counted', occurrences: 2, countedElsewhere: 1 }],
    });
    const rejected = [findings[0]!, { ...findings[1]!, review: 'rejected' as const }];
    expect(deduction(rejected)).toEqual([9_400, 9_400]);
  });

  it('never falls below nothing', () => {
    const rules = ['a', 'b', 'c'].map((id) => rule(id, 50, 50));
    const findings = ['a', 'b', 'c'].map((id) => breach(id));
    expect(judge(findings, PORTAL, rulesetOf(rules))).toMatchObject({
      kind: 'scored',
      centipoints: 0,
      passes: false,
    });
  });
});

describe('75 × 4/3', () => {
  it.each<[string, StandingFinding[], [number, number]]>([
    ['nothing found', [], [10_000, 10_000]],
    ['the services are not asked', [breach('guide', 5)], [10_000, 10_000]],
    ['70 of 75', [breach('policy')], [9_333, 9_333]],
    ['half up', [breach('links', 1)], [9_933, 9_933]],
    ['60 of 75 is just 80', [breach('policy', 3)], [8_000, 8_000]],
  ])('%s', (_name, findings, range) => {
    expect(deduction(findings, MINISTRY)).toEqual(range);
  });

  it('only for a State Council department, and only without outward service', () => {
    for (const portal of [
      { ...MINISTRY, hasService: true },
      { hasService: false, siteCode: '4306000001' },
    ]) {
      const { isScaled, highest } = scoreOf(judge([breach('policy')], portal)).deduction;
      expect([isScaled, highest]).toEqual([false, 9_500]);
    }
    expect(scoreOf(judge([], MINISTRY)).deduction.isScaled).toBe(true);
  });
});

describe('the lines', () => {
  /** Four entries of 10 分, to reach any number. */
  const wide = rulesetOf([rule('a', 1, 60), rule('bonus.b', 5, 30), rule('bonus.c', 20, 30)]);
  const at = (lost: number, ...more: StandingFinding[]) =>
    judge([...(lost === 0 ? [] : [breach('a', lost)]), ...more], PORTAL, wide);

  it.each<[string, Verdict, object]>([
    ['60 passes', at(40), { kind: 'scored', centipoints: 6_000, passes: true }],
    ['59 fails', at(41), { kind: 'scored', centipoints: 5_900, passes: false }],
    ['80 opens no bonus', at(20, breach('bonus.b')), { kind: 'scored', centipoints: 8_000 }],
    ['81 opens it', at(19, breach('bonus.b')), { kind: 'scored', centipoints: 8_600 }],
    [
      'the bonus ends at 30',
      at(0, breach('bonus.b', 6), breach('bonus.c', 2)),
      { kind: 'scored', centipoints: 13_000 },
    ],
    [
      'an unsettled bonus is not granted and leaves nothing open',
      at(0, open('bonus.b')),
      {
        kind: 'scored',
        centipoints: 10_000,
        score: { total: { lowest: 10_000, highest: 13_000 } },
      },
    ],
    [
      'a bonus that nobody asks for',
      at(30, breach('bonus.b')),
      { centipoints: 7_000, score: { bonus: { isOpen: 'no' } } },
    ],
  ])('%s', (_name, verdict, wanted) => {
    expect(verdict).toMatchObject(wanted);
  });

  it.each<[string, number, number, string]>([
    ['over neither line', 25, 5, 'scored'],
    ['from 62 down to 58', 38, 4, 'inconclusive'],
    ['from 62 down to 60', 38, 2, 'scored'],
    ['from 81 down to 80', 19, 1, 'inconclusive'],
    ['from 82 down to 81', 18, 1, 'scored'],
    ['from 59 down', 41, 9, 'scored'],
  ])('%s', (_name, lost, unseen, kind) => {
    const verdict = judge([breach('a', lost, { unseen })], PORTAL, wide);
    expect(verdict.kind).toBe(kind);
    if (verdict.kind === 'inconclusive') expect(verdict.rules).toEqual(['a']);
    expect(scoreOf(verdict).deduction).toMatchObject({
      highest: 10_000 - lost * 100,
      lowest: 10_000 - (lost + unseen) * 100,
    });
  });

  it('80 is no line where no bonus is switched on', () => {
    const ruleset = rulesetOf([rule('a', 1, 60), rule('bonus.b', 5, 30, { enabled: false })]);
    expect(judge([breach('a', 19, { unseen: 1 })], PORTAL, ruleset).kind).toBe('scored');
  });
});

describe('beside the vetoes', () => {
  const veto: Rule = { ...rule('veto', 1, 1), part: 'veto', points: null, cap: null };
  const both = rulesetOf([veto, rule('a', 1, 60)]);
  const judgeBoth = (...findings: StandingFinding[]) => verdictOf(both, findings, PORTAL);

  it.each<[string, Verdict, object]>([
    [
      'a veto ends it',
      judgeBoth(breach('veto'), breach('a', 3)),
      { kind: 'vetoed', rules: ['veto'] },
    ],
    [
      'an open veto leaves it open',
      judgeBoth(open('veto')),
      { kind: 'inconclusive', rules: ['veto'] },
    ],
    [
      'below 60 fails with an open veto too',
      judgeBoth(open('veto'), breach('a', 45)),
      { kind: 'scored', centipoints: 5_500, passes: false },
    ],
    [
      'a doubted veto',
      judgeBoth({ ...breach('veto'), review: 'cannotJudge' }),
      { kind: 'inconclusive' },
    ],
  ])('%s', (_name, verdict, wanted) => {
    expect(verdict).toMatchObject(wanted);
  });

  it('what is no portal, or a ruleset without deductions, is only vetoed or passed', () => {
    expect(verdictOf(both, [breach('a', 50)], null)).toEqual({ kind: 'passed' });
    const vetoOnly = rulesetOf([veto, rule('a', 1, 60, { enabled: false })]);
    expect(verdictOf(vetoOnly, [], PORTAL)).toEqual({ kind: 'passed' });
    expect(verdictOf(testRuleset('hunan-2020'), [], PORTAL)).toEqual({ kind: 'passed' });
  });

  it('says what was off', () => {
    const { entries } = scoreOf(judge([]));
    expect(entries.map(({ entryId }) => entryId)).toEqual([
      ...['news', 'policy', 'other', 'open', 'guide', 'links', 'unknown'],
      ...['bonus.surveys', 'bonus.more'],
    ]);
    expect(entries.find(({ entryId }) => entryId === 'unknown')).toMatchObject({
      cap: null,
      counted: { lowest: 0, highest: 0 },
      lines: [{ state: 'off', points: null }],
    });
  });
});
