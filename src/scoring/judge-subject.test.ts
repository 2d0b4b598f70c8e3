import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FactSet } from '../domain/fact.ts';
import type { Evidence, Finding, Judgement, ReviewState } from '../domain/finding.ts';
import type { Indicator } from '../domain/indicator.ts';
import { resolveRuleset } from '../domain/resolve-ruleset.ts';
import type { Rule, Ruleset } from '../domain/ruleset.ts';
import { INDICATORS } from '../indicators/index.generated.ts';
import { Defect } from '../lib/pure/errors.ts';
import { factSet } from '../testing/facts/build-facts.ts';
import { home, newest, visits } from '../testing/facts/site-views.ts';
import { judgeNotices, judgeSubject, ruleByLabel, verdictOf } from './index.ts';
import { kindOf } from './judge-subject.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../rulesets/${name}.json`, import.meta.url), 'utf8'));
const HUNAN = resolveRuleset([read('national-2019'), read('hunan-2020')]);

const rule = (id: string, more: Partial<Rule> = {}): Rule => ({
  id,
  entryId: id,
  part: 'veto',
  object: 'site',
  shortName: '名',
  label: null,
  printedLabel: '名',
  confidence: 'verified-1',
  enabled: true,
  reason: '',
  judgedBy: 'machine',
  parameters: {},
  ...more,
});
const rulesetOf = (...rules: Rule[]): Ruleset => ({ ...HUNAN, rules });
const MET: Judgement = { status: 'met' };
const LEFT = { status: 'undetermined', reason: '请人看', missing: [] } as const;
const EVIDENCE: Evidence = {
  ...{ factId: '7:site.text', snapshot: null, locator: 'http://a/1', excerpt: '原文' },
  capturedAt: '2020-09-17T00:00:00.000Z',
};

/** An indicator that tells what it was given. */
function spy(
  id: string,
  seen: { facts: FactSet; parameters: Record<string, number> }[] = [],
): Indicator {
  return {
    id,
    clause: '',
    title: { met: '', breached: '' },
    kind: 'veto',
    appliesTo: 'site',
    needs: ['site.home'],
    parameters: {
      days: { unit: '天', default: 14, why: '' },
      count: { unit: '个', default: 5, why: '' },
    },
    judge: (facts, parameters) => {
      seen.push({ facts, parameters });
      return MET;
    },
  };
}

describe('judging a subject', () => {
  it.each<[string, Judgement, boolean]>([
    ['all in order', MET, true],
    ['something to show', { ...LEFT, evidence: [EVIDENCE] }, true],
    ['nothing to show', LEFT, false],
  ])('of a rule that people judge an indicator may advise: %s', (_name, judgement, isKept) => {
    const advising: Indicator = { ...spy('person'), advises: true, judge: () => judgement };
    const rules = rulesetOf(rule('person', { judgedBy: 'person' }));
    expect(judgeSubject(rules, [advising], factSet({}), 'site')).toEqual(
      isKept ? [{ ruleId: 'person', judgement }] : [],
    );
    const off = rulesetOf(rule('person', { judgedBy: 'person', enabled: false }));
    expect(judgeSubject(off, [advising], factSet({}), 'site')).toEqual([]);
  });

  it('an adviser that accuses is our own defect', () => {
    const judgement: Judgement = { status: 'breached', occurrences: 1, evidence: [EVIDENCE] };
    const advising: Indicator = { ...spy('person'), advises: true, judge: () => judgement };
    const rules = rulesetOf(rule('person', { judgedBy: 'person' }));
    expect(() => judgeSubject(rules, [advising], factSet({}), 'site')).toThrow(Defect);
  });

  it('asks enabled machine rules of its kind, in the order of the ruleset', () => {
    const rules = [
      rule('b'),
      rule('a'),
      rule('off', { enabled: false }),
      rule('person', { judgedBy: 'person' }),
      rule('media', { object: 'new-media' }),
      rule('portal', { object: 'portal' }),
    ];
    const indicators = ['a', 'b', 'off', 'person', 'media', 'portal'].map((id) => spy(id));
    const register = { status: 'running', hasService: true, platform: '' } as const;
    const judged = (kind: 'site' | 'account', isPortal = false) =>
      judgeSubject(
        rulesetOf(...rules),
        indicators,
        factSet({ 'subject.register': { ...register, isPortal } }),
        kind,
      ).map((each) => each.ruleId);
    expect(judged('site')).toEqual(['b', 'a']);
    expect(judged('site', true)).toEqual(['b', 'a', 'portal']);
    expect(judged('account')).toEqual(['media']);
  });

  it('notices stand apart: no finding, so no verdict, review or bulletin', () => {
    const rules = rulesetOf(
      rule('a'),
      rule('n', { part: 'notice' }),
      rule('off', { part: 'notice', enabled: false }),
    );
    const indicators = ['a', 'n', 'off'].map((id) => spy(id));
    expect(judgeSubject(rules, indicators, {}, 'site').map(({ ruleId }) => ruleId)).toEqual(['a']);
    expect(judgeNotices(rules, indicators, {}, 'site').map(({ ruleId }) => ruleId)).toEqual(['n']);
  });

  it('gives parameters of the ruleset, else the defaults, and only declared facts', () => {
    const seen: { facts: FactSet; parameters: Record<string, number> }[] = [];
    const facts = factSet({ 'site.home': home(), 'site.visits': visits() });
    judgeSubject(
      rulesetOf(rule('a', { parameters: { days: 30, unknown: 1 } })),
      [spy('a', seen)],
      facts,
      'site',
    );
    expect(seen[0]?.parameters).toEqual({ days: 30, count: 5 });
    expect(Object.keys(seen[0]?.facts ?? {})).toEqual(['site.home']);
  });

  it('a number shared with another rule is that rule’s in the ruleset', () => {
    const seen: { facts: FactSet; parameters: Record<string, number> }[] = [];
    const base = spy('a', seen);
    const sharing: Indicator = {
      ...base,
      parameters: { ...base.parameters, days: { unit: '天', default: 14, why: '', of: 'b' } },
    };
    const own = rule('a', { parameters: { count: 7 } });
    judgeSubject(
      rulesetOf(own, rule('b', { parameters: { days: 30 } })),
      [sharing, spy('b')],
      {},
      'site',
    );
    expect(seen[0]?.parameters).toEqual({ days: 30, count: 7 });
    judgeSubject(rulesetOf(own), [sharing], {}, 'site');
    expect(seen[1]?.parameters).toEqual({ days: 14, count: 7 });
  });

  it('the site rules see a site as there or not by the numbers of 站点无法访问', () => {
    const rules = HUNAN.rules.map((each) =>
      each.id === 'site.veto.unreachable'
        ? { ...each, parameters: { ...each.parameters, failPercent: 10 } }
        : each,
    );
    const facts = factSet({
      'site.visits': visits(8),
      'site.home': home({ newest: newest('2020-01-01') }),
    });
    const statusOf = (ruleset: Ruleset, id: string): string | undefined =>
      judgeSubject(ruleset, INDICATORS, facts, 'site').find(({ ruleId }) => ruleId === id)
        ?.judgement.status;
    expect(statusOf(HUNAN, 'site.veto.unreachable')).toBe('breached');
    expect(statusOf(HUNAN, 'site.veto.home-stale')).toBe('notApplicable');
    const lenient = { ...HUNAN, rules };
    expect(statusOf(lenient, 'site.veto.unreachable')).toBe('met');
    expect(statusOf(lenient, 'site.veto.home-stale')).toBe('breached');
  });

  it('a rule that nobody can judge is our fault', () => {
    expect(() => judgeSubject(rulesetOf(rule('a')), [], {}, 'site')).toThrow('没有这个指标');
  });

  it('portal rules are about sites', () => {
    expect(kindOf(rule('a', { object: 'portal' }))).toBe('site');
  });
});

describe('verdict', () => {
  const BREACHED: Judgement = {
    status: 'breached',
    occurrences: 1,
    evidence: [
      {
        factId: '1',
        snapshot: null,
        locator: 'x',
        excerpt: 'x',
        capturedAt: '2020-09-17T00:00:00.000Z',
      },
    ],
  };
  const OPEN: Judgement = { status: 'undetermined', reason: '没看到', missing: [] };
  const finding = (
    ruleId: string,
    judgement: Judgement,
    review: ReviewState = 'open',
  ): Finding => ({ subjectId: 1, ruleId, judgement, source: 'machine', review });

  it.each([
    ['nothing found', [], { kind: 'passed' }],
    [
      'all met',
      [finding('a', MET), finding('b', { status: 'notApplicable', reason: '' })],
      { kind: 'passed' },
    ],
    ['one breach', [finding('a', MET), finding('b', BREACHED)], { kind: 'vetoed', rules: ['b'] }],
    [
      'a breach outweighs what is open',
      [finding('a', OPEN), finding('b', BREACHED, 'confirmed')],
      { kind: 'vetoed', rules: ['b'] },
    ],
    [
      'two breaches',
      [finding('a', BREACHED), finding('b', BREACHED)],
      { kind: 'vetoed', rules: ['a', 'b'] },
    ],
    ['rejected by a person', [finding('a', BREACHED, 'rejected')], { kind: 'passed' }],
    ['open', [finding('a', OPEN)], { kind: 'inconclusive', rules: ['a'] }],
    ['open, but rejected', [finding('a', OPEN, 'rejected')], { kind: 'passed' }],
    ['waived', [finding('a', BREACHED, 'waived')], { kind: 'vetoed', rules: ['a'] }],
  ])('%s', (_name, findings, verdict) => {
    expect(verdictOf(HUNAN, findings, null)).toEqual(verdict);
    expect(verdictOf(HUNAN, findings, { hasService: true, siteCode: '4300000001' })).toEqual(
      verdict,
    );
  });
});

describe('the rule that words name', () => {
  it.each([
    ['site', '栏目不更新', 'site.veto.column-stale.key'],
    ['site', '互动回应差', 'site.veto.interaction.no-channel'],
    ['site', '服务不实用', 'site.veto.service.none'],
    ['site', '站点无法访问', 'site.veto.unreachable'],
    ['site', '首页不更新', 'site.veto.home-stale'],
    ['site', '空白栏目数量超过（含）5个', 'site.veto.column-stale.blank'],
    ['site', 'site.veto.service.guide5', 'site.veto.service.guide5'],
    ['account', '内容不更新', 'media.veto.stale.two-weeks'],
    ['account', '互动回应差', 'media.veto.interaction.none'],
    ['account', ' 互动 回应差 ', 'media.veto.interaction.none'],
    ['site', '空白栏目数量超过(含)5个', 'site.veto.column-stale.blank'],
    ['site', '空白栏目数量超过（含）５个', 'site.veto.column-stale.blank'],
    [
      'site',
      '未提供网上有效咨询建言渠道 (网上信访、纪检举报等专门渠道除外)',
      'site.veto.interaction.no-channel',
    ],
    ['account', '首页不更新', null],
    ['site', '没有这个词', null],
    ['site', '', null],
  ] as const)('%s: %s', (kind, words, id) => {
    expect(ruleByLabel(HUNAN, kind, words)).toBe(id);
  });
});
