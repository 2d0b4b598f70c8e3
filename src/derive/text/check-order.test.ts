import { describe, expect, it } from 'vitest';
import { createOrderChecker } from './check-order.ts';
import type { Role } from './lexicon.ts';

const role = (person: string, rank: number | undefined, more: Partial<Role> = {}): Role => ({
  ...{ person, post: '副市长', organ: '', from: '2018-01-01', to: null },
  ...(rank === undefined ? {} : { rank }),
  ...more,
});
const ROLES: readonly Role[] = [
  role('林知远', 1, { post: '市长' }),
  role('周明德', 2),
  role('欧阳文韬', 3),
  role('何其正', undefined),
  role('前任者', 1, { to: '2017-12-31', from: '2013-01-01' }),
];
const check = createOrderChecker(ROLES);
const found = (text: string, at: string | null = '2020-09-01') =>
  check(text, at).map(({ start, end, suggestion }) => [text.slice(start, end), suggestion]);

describe('the order of leaders in a list', () => {
  it.each([
    ['市领导周明德、林知远出席会议。', [['周明德、林知远', '林知远、周明德']]],
    [
      '林知远、欧阳文韬和周明德参加调研',
      [['林知远、欧阳文韬和周明德', '林知远、周明德和欧阳文韬']],
    ],
    ['林知远、周明德、欧阳文韬出席。', []],
    // Each with his own sentence: no list.
    ['周明德主持会议，林知远讲话。', []],
    ['出席会议的是周明德，林知远讲话。', []],
    ['周明德 林知远', []],
    // Somebody among them is not ranked.
    ['周明德、何其正、林知远出席', []],
    ['周明德、林知远、王某某出席', []],
    ['王某某、周明德、林知远出席', []],
    // Another order is meant.
    ['出席（按姓氏笔画为序）：周明德、林知远。', []],
    ['周明德、林知远（排名不分先后）出席', []],
    ['周明德、周明德', []],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('is the order of the day of the article', () => {
    expect(found('周明德、林知远出席', null)).toEqual([]);
    expect(found('周明德、林知远出席', '2017-06-01')).toEqual([]);
    expect(found('周明德、前任者出席')).toEqual([]);
  });

  it('is no matter of a table without ranks, and never a veto', () => {
    const silent = createOrderChecker(ROLES.map(({ rank: _rank, ...rest }) => rest));
    expect(silent('周明德、林知远出席', '2020-09-01')).toEqual([]);
    expect(check('周明德、林知远出席', '2020-09-01')).toMatchObject([
      { class: 'order', severity: 'serious' },
    ]);
  });
});
