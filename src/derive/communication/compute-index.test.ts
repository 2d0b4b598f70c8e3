import { describe, expect, it } from 'vitest';
import { computeIndex, type MeasuredPeriod } from './compute-index.ts';
import { MEASURES, type Measure } from './index-formula.ts';
import { SHIPPED_FORMULAS } from './shipped-formulas.ts';

const formula = (id: string) => SHIPPED_FORMULAS.find((each) => each.id === id)!;

function period(days: number, values: Partial<Record<Measure, number>>): MeasuredPeriod {
  const measured = Object.entries(values).map(([name, value]) => [name, { value, missing: null }]);
  return { days, ...Object.fromEntries(measured) };
}

const WECHAT = period(30, {
  ...{ posts: 60, reads: 120_000, recommends: 600, likes: 1200, shares: 3000 },
  ...{ headlineReads: 60_000, headlineRecommends: 300, headlineLikes: 600, headlineShares: 1500 },
  ...{ maxReads: 20_000, maxRecommends: 80, maxLikes: 150, maxShares: 400 },
});
const WEIBO = period(30, {
  ...{ posts: 100, originalPosts: 60, shares: 500, comments: 300, likes: 1000 },
  ...{ originalShares: 350, originalComments: 200 },
});
const zeros = (days: number) =>
  period(days, Object.fromEntries(MEASURES.map((measure) => [measure, 0])));

describe('an index', () => {
  // The check values of analytics-methods §1. Of 篇均, the comments per day of the last one are 40, its plays 5000.
  it.each<[string, MeasuredPeriod, number]>([
    ['wechat-shares', WECHAT, 697.7575],
    ['wechat-plain', WECHAT, 736.9356],
    ['weibo-short', WEIBO, 935.0423],
    ['weibo-long', WEIBO, 887.3188],
    [
      'bilibili',
      period(30, {
        ...{ posts: 30, reads: 150_000, comments: 1200 },
        ...{ followers: 20_000, newFollowers: 600 },
      }),
      630.8986,
    ],
    ...SHIPPED_FORMULAS.map(({ id }): [string, MeasuredPeriod, number] => [id, zeros(30), 0]),
  ])('%s is computed as published', (id, measured, expected) => {
    expect(computeIndex(formula(id), measured)).toMatchObject({
      value: expected,
      formulaId: id,
      version: 1,
    });
  });

  it('of no posts but late reads divides by nothing', () => {
    const { groups } = computeIndex(
      formula('wechat-plain'),
      period(7, {
        ...{ posts: 0, reads: 0, recommends: 0, likes: 0, headlineReads: 0, headlineRecommends: 0 },
        ...{ headlineLikes: 0, maxReads: 0, maxRecommends: 0, maxLikes: 0 },
      }),
    );
    expect(groups.find(({ id }) => id === 'average')).toEqual({ id: 'average', value: 0 });
  });

  it('has no number while an input is missing, and says which', () => {
    const { shares: _, ...known } = WEIBO;
    const missing = { ...known, shares: { value: null, missing: '平台没有给出' } };
    const { value, inputs, groups } = computeIndex(formula('weibo-short'), missing);
    expect(value).toBeNull();
    expect(groups).toEqual([
      { id: 'activity', value: expect.closeTo(Math.log(101), 10) },
      { id: 'spread', value: null },
    ]);
    expect(inputs.filter((each) => each.value === null)).toEqual([
      { measure: 'shares', value: null, missing: '平台没有给出' },
    ]);
  });

  it('asks for nothing that its formula does not use', () => {
    const { inputs } = computeIndex(formula('weibo-short'), WECHAT);
    expect(inputs.map(({ measure }) => measure)).toEqual(['posts', 'shares', 'comments', 'likes']);
    expect(inputs.find(({ measure }) => measure === 'comments')).toEqual({
      measure: 'comments',
      value: null,
      missing: '没有这一项数据',
    });
  });
});

it('formulas bear no trade name, and each says how sure it is', () => {
  for (const { title, note } of SHIPPED_FORMULAS) {
    expect(`${title}${note}`).not.toMatch(/WCI|BCI|BVCI|DCI|TGI|清博/);
    expect(title).toContain('参考');
  }
  expect(SHIPPED_FORMULAS.filter(({ confidence }) => confidence === 'low').map(({ id }) => id)) //
    .toEqual(['douyin', 'toutiao']);
});
