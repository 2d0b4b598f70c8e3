import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { INDICATORS } from '../indicators/index.generated.ts';
import { canonicalJson, type RulesetFile, resolveRuleset } from './resolve-ruleset.ts';
import { isScored } from './ruleset.ts';

const FOLDER = new URL('../../rulesets/', import.meta.url);
const read = (name: string): RulesetFile => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
const NATIONAL = read('national-2019.json');
const HUNAN = read('hunan-2020.json');
const extending = (change: object): unknown => ({
  id: 'x',
  title: '试',
  source: '试',
  extends: 'national-2019',
  changes: [change],
});

describe('the committed rulesets', () => {
  it('resolve, each on its base', () => {
    for (const name of readdirSync(FOLDER)) {
      const file = read(name);
      const files = file.extends === undefined ? [file] : [read(`${file.extends}.json`), file];
      const resolved = resolveRuleset(files);
      expect(`${resolved.id}.json`).toBe(name);
      expect(resolved.hash).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('hold each of the 41 entries of the standard beside the notices, and no rule twice', () => {
    const { rules } = resolveRuleset([NATIONAL]);
    const standard = rules.filter(({ part }) => part !== 'notice');
    expect(new Set(standard.map((rule) => rule.entryId)).size).toBe(41);
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
  });

  it('what is off says why, what is only remembered is off', () => {
    const { rules } = resolveRuleset([NATIONAL]);
    expect(rules.filter((rule) => !rule.enabled && rule.reason === '')).toEqual([]);
    expect(rules.filter((rule) => rule.enabled && rule.confidence === 'recall-unverified')).toEqual(
      [],
    );
  });

  it('no deduction and no bonus is on: their points are not verified', () => {
    for (const { rules } of [resolveRuleset([NATIONAL]), resolveRuleset([NATIONAL, HUNAN])]) {
      const scored = rules.filter(isScored);
      expect(scored.length).toBe(34);
      for (const rule of scored)
        expect(rule).toMatchObject({ enabled: false, cap: null, group: expect.any(String) });
      expect(
        scored.filter(({ points }) => points !== null).map(({ id, points }) => [id, points]),
      ).toEqual([
        ['portal.deduct.policy-files', 500],
        ['portal.deduct.stats', 200],
        ['portal.deduct.messages-open', 300],
      ]);
    }
  });

  it('every machine rule that is on has its indicator, with the same parameters', () => {
    for (const { rules } of [resolveRuleset([NATIONAL]), resolveRuleset([NATIONAL, HUNAN])]) {
      for (const rule of rules.filter((each) => each.enabled && each.judgedBy === 'machine')) {
        const indicator = INDICATORS.find((each) => each.id === rule.id);
        expect(indicator, rule.id).toBeDefined();
        const own = Object.entries(indicator?.parameters ?? {}).filter(
          ([, spec]) => spec.of === undefined,
        );
        expect(own.map(([name]) => name)).toEqual(
          expect.arrayContaining(Object.keys(rule.parameters)),
        );
      }
    }
  });

  it('a number that rules share is the one of an indicator that has it', () => {
    for (const { parameters } of INDICATORS) {
      for (const [name, { of, default: value }] of Object.entries(parameters)) {
        if (of === undefined) continue;
        const owner = INDICATORS.find((each) => each.id === of);
        expect(owner?.parameters[name]).toMatchObject({ default: value });
      }
    }
  });

  it('Hunan prints as its founding document does', () => {
    const ruleset = resolveRuleset([NATIONAL, HUNAN]);
    const rule = (id: string) => ruleset.rules.find((each) => each.id === id);
    expect(ruleset.percent).toEqual({
      decimals: 2,
      rounding: 'half-up',
      zero: '0',
      hundred: '100%',
      nothingChecked: '—',
    });
    expect(rule('media.veto.interaction.none')?.printedLabel).toBe('互动回应差');
    expect(rule('site.veto.home-stale')?.printedLabel).toBe('首页不更新');
    expect(rule('site.veto.unreachable')?.printedLabel).toBe('站点无法访问');
    for (const id of ['site.veto.service.guide5', 'site.veto.service.guide-all']) {
      expect(rule(id)).toMatchObject({
        enabled: true,
        reason: expect.stringContaining('本省确认启用'),
      });
      expect(resolveRuleset([NATIONAL]).rules.find((each) => each.id === id)?.enabled).toBe(false);
    }
  });
});

describe('resolving', () => {
  it('a change moves what it names and nothing else', () => {
    const change = {
      id: 'site.veto.home-stale',
      parameters: { days: 21 },
      printedLabel: '首页长期不更新',
    };
    const before = resolveRuleset([NATIONAL]);
    const after = resolveRuleset([NATIONAL, extending(change)]);
    expect(after.id).toBe('x');
    expect(after.hash).not.toBe(before.hash);
    const changed = after.rules.filter(
      (rule, index) => canonicalJson(rule) !== canonicalJson(before.rules[index]),
    );
    expect(changed).toMatchObject([
      { id: 'site.veto.home-stale', parameters: { days: 21 }, printedLabel: '首页长期不更新' },
    ]);
  });

  it.each([
    [
      'switching on without a reason',
      [NATIONAL, extending({ id: 'site.veto.service.guide5', enabled: true })],
      '要写明理由',
    ],
    [
      'a rule that does not exist',
      [NATIONAL, extending({ id: 'site.veto.nothing', enabled: false })],
      'site.veto.nothing',
    ],
    ['no base', [HUNAN], 'hunan-2020'],
    ['no files', [], '规则集是空的'],
    [
      'a word for a number',
      [NATIONAL, extending({ id: 'site.veto.home-stale', parameters: { days: '14' } })],
      '写法不对',
    ],
    ['a field that nobody knows', [{ ...NATIONAL, extra: 1 }], '写法不对'],
    [
      'three decimals',
      [{ ...NATIONAL, percent: { ...NATIONAL.percent, decimals: 3 } }],
      '写法不对',
    ],
    ['no object', ['national-2019'], '写法不对'],
    [
      'a deduction that is on without points',
      [NATIONAL, extending({ id: 'portal.deduct.submit', enabled: true, reason: '试' })],
      '没有写每处分值和该项总分值',
    ],
    [
      'points of a veto',
      [NATIONAL, extending({ id: 'site.veto.home-stale', points: 100 })],
      '给不计分的',
    ],
    [
      'half a centipoint',
      [NATIONAL, extending({ id: 'portal.deduct.submit', points: 0.5 })],
      '写法不对',
    ],
    [
      'two caps of one entry',
      [
        NATIONAL,
        {
          ...(extending({ id: 'portal.deduct.messages-open', cap: 500 }) as object),
          changes: [
            { id: 'portal.deduct.messages-open', cap: 500 },
            { id: 'portal.deduct.messages-open.stats', cap: 600 },
          ],
        },
      ],
      '两个不同的总分值',
    ],
    [
      'lines that do not follow one another',
      [{ ...NATIONAL, scale: { ...NATIONAL.scale, bonusAbove: 5_000 } }],
      '一个不小于一个',
    ],
  ])('refuses %s', (_name, files, words) => {
    expect(() => resolveRuleset(files)).toThrow(words);
  });

  it('switching off needs no reason, what is on may be named on again', () => {
    const off = resolveRuleset([
      NATIONAL,
      extending({ id: 'site.veto.home-stale', enabled: false }),
    ]);
    expect(off.rules.find((rule) => rule.id === 'site.veto.home-stale')?.enabled).toBe(false);
    expect(() =>
      resolveRuleset([NATIONAL, extending({ id: 'site.veto.home-stale', enabled: true })]),
    ).not.toThrow();
  });

  it('the hash does not depend on the order of keys', () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, each]) => [key, turned(each)]),
      );
    };
    expect(resolveRuleset([turned(NATIONAL), turned(HUNAN)]).hash).toBe(
      resolveRuleset([NATIONAL, HUNAN]).hash,
    );
  });
});
