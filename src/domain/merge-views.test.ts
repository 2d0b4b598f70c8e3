import { expect, it } from 'vitest';
import { sourceView } from '../testing/facts/account-views.ts';
import { observed, unobserved } from './fact.ts';
import { mergeViews } from './merge-views.ts';

const open = { completeFrom: null, completeTo: null };

it('several sources of one kind show the newest of all, and one that shows everything proves silence for all', () => {
  const merged = mergeViews([
    observed(sourceView('2020-09-10', open)),
    observed(sourceView('2020-08-01')),
    observed(sourceView(null, open)),
  ]);
  expect(merged).toMatchObject({
    state: 'observed',
    value: {
      newest: { publishedOn: '2020-09-10' },
      completeFrom: sourceView('2020-08-01').completeFrom,
      completeTo: sourceView('2020-08-01').completeTo,
    },
  });
});

it('one that could not be read is named beside the others, and alone it is what is known', () => {
  expect(
    mergeViews([unobserved('登录过期'), observed(sourceView('2020-09-10', open))]),
  ).toMatchObject({
    value: { newest: { publishedOn: '2020-09-10' }, refused: [{ message: '登录过期' }] },
  });
  expect(mergeViews([unobserved('甲'), unobserved('乙')])).toEqual(unobserved('甲；乙'));
  expect(mergeViews([])).toBeNull();
});
