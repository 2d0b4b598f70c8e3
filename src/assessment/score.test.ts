import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../tools/source-files.ts';
import { parseScheme, readScheme, rulesInForce, type Scheme } from './scheme.ts';
import { rankOutcomes, scoreUnit, type Value } from './score.ts';

const shipped = await readScheme(join(ROOT, 'assessments', 'national-2019.json'));
const rule = (part: 'veto' | 'deduct' | 'bonus', name: string, rest: object) => ({
  ...{ id: `assess.${part}.${name}`, part, title: name, measure: null, enabled: true },
  ...{ confidence: 'oneSource', note: '', ...rest },
});
const scheme: Scheme = parseScheme({
  ...{ id: 't', version: 1, name: '考核', source: '', passAt: 60, bonusAbove: 80 },
  ...{ deductMax: 100, bonusMax: 20 },
  rules: [
    rule('veto', 'many', { form: { kind: 'atLeast', count: 2 } }),
    rule('deduct', 'late', { form: { kind: 'each', points: 0.5, free: 1 }, max: 5 }),
    rule('deduct', 'open', { form: { kind: 'each', points: 3, free: 0 }, max: 100 }),
    rule('bonus', 'one', { form: { kind: 'points' }, max: 15 }),
    rule('bonus', 'two', { form: { kind: 'points' }, max: 15 }),
  ],
});
const score = (many: Value, late: Value, open: Value, one: Value = 0, two: Value = 0) =>
  scoreUnit(
    scheme,
    new Map([
      ...[['assess.veto.many', many] as const, ['assess.deduct.late', late] as const],
      ...[['assess.deduct.open', open] as const, ['assess.bonus.one', one] as const],
      ['assess.bonus.two', two] as const,
    ]),
  ).outcome;

describe('scoring a unit', () => {
  it.each([
    ['nothing happened', [0, 0, 0], { passes: true, deduct: 10_000, bonus: 0, total: 10_000 }],
    ['one is free, half a point each', [1, 4, 0], { deduct: 9_850, total: 9_850 }],
    ['a rule takes no more than its maximum', [0, 400, 0], { deduct: 9_500 }],
    ['the sum does not fall below nothing', [0, 400, 50], { deduct: 0, passes: false }],
    ['exactly 60 passes', [0, 3, 13], { deduct: 6_000, passes: true, bonusCounts: false }],
    ['below 60 fails', [0, 4, 13], { deduct: 5_950, passes: false, total: 5_950 }],
    ['exactly 80 opens no bonus', [0, 5, 6, 900], { deduct: 8_000, bonus: 0, bonusCounts: false }],
    ['above 80 does', [0, 4, 6, 900], { deduct: 8_050, bonus: 900, total: 8_950 }],
    ['the bonus has its limit', [0, 0, 0, 1_500, 1_400], { bonus: 2_000, total: 12_000 }],
    ['so has each of its rules', [0, 0, 0, 9_900], { bonus: 1_500 }],
  ])('%s', (_name, values, expected) => {
    expect(score(...(values as [Value, Value, Value, Value?, Value?]))).toMatchObject({
      kind: 'scored',
      ...expected,
    });
  });

  it('a veto decides alone, whatever is open', () => {
    expect(score(2, null, null, null)).toEqual({ kind: 'vetoed', vetoes: ['assess.veto.many'] });
  });

  it('what is open is named, and never counted as nothing', () => {
    expect(score(0, null, 0, null)).toEqual({
      kind: 'undetermined',
      missing: ['assess.deduct.late', 'assess.bonus.one'],
    });
    expect(score(null, 0, 0)).toMatchObject({ kind: 'undetermined' });
    expect(score(0, 0, 0, null)).toEqual({ kind: 'undetermined', missing: ['assess.bonus.one'] });
  });

  it('a bonus that cannot count is not waited for', () => {
    expect(score(0, 0, 10, null)).toMatchObject({ kind: 'scored', deduct: 7_000, total: 7_000 });
  });

  it('the same total has the same place; no total has none', () => {
    const places = [score(0, 0, 1), score(2, 0, 0), score(0, 0, 0), score(0, 0, 1), score(0, 0, 9)];
    expect(rankOutcomes(places)).toEqual([2, null, 1, 2, 4]);
  });
});

describe('a scheme', () => {
  it('the shipped one has on only what somebody read', () => {
    expect(rulesInForce(shipped).map(({ id }) => id)).toEqual([
      ...['assess.deduct.finderror.unfinished', 'assess.deduct.finderror.over-1m'],
      'assess.bonus.intensive',
    ]);
    expect(rulesInForce(shipped).every(({ confidence }) => confidence !== 'memory')).toBe(true);
  });

  it.each([
    ['nothing is on', { rules: shipped.rules.map((each) => ({ ...each, enabled: false })) }],
    ['one twice', { rules: [...shipped.rules, shipped.rules[0]] }],
    ['a veto with points', { rules: [{ ...shipped.rules[0], form: { kind: 'points' } }] }],
    ['a deduction without a maximum', { rules: [{ ...shipped.rules[3], max: undefined }] }],
    ['three decimals', { passAt: 60.005 }],
    ['an unknown figure', { rules: [{ ...shipped.rules[3], measure: 'wishes' }] }],
    ['an unknown word', { limit: 3 }],
  ])('%s is refused', (_name, change) => {
    expect(() => parseScheme({ ...shipped, ...change })).toThrowError(
      expect.objectContaining({ code: 'assessment.scheme' }),
    );
  });
});
