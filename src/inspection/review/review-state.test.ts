import { describe, expect, it } from 'vitest';
import type { ReviewDecision } from '../tables.ts';
import {
  confirmationsNeeded,
  decisionOf,
  isEffective,
  type ReviewEntry,
  standingOf,
} from './review-state.ts';

/** `张confirm`, `1reject`: a name or a user's number, and what he decided. */
const entry = (text: string): ReviewEntry => {
  const [, who, decision] = /^(\d+|\p{Script=Han})(\w+)$/u.exec(text)!;
  const userId = /\d/.test(who!) ? Number(who) : null;
  return {
    decision: decision as ReviewDecision,
    reviewer: userId === null ? who! : `用户${userId}`,
    reviewerId: userId,
    note: '',
    reviewedAt: '2020-09-18T00:00:00.000Z',
  };
};
const standing = (words: string, needed = 2) =>
  standingOf(words.split(' ').filter(Boolean).map(entry), needed);

describe('where a veto stands', () => {
  it.each([
    ['', 'open'],
    ['张confirm', 'once'],
    ['张confirm 张confirm', 'once'],
    ['张confirm 李confirm', 'confirmed'],
    ['1confirm 1confirm', 'once'],
    ['1confirm 2confirm', 'confirmed'],
    ['1confirm 张confirm', 'confirmed'],
    ['张confirm 李reject', 'rejected'],
    ['张confirm 李confirm 王reject', 'rejected'],
    ['张reject 李confirm', 'once'],
    ['张reject 李confirm 王confirm', 'confirmed'],
    ['张confirm 李cannotJudge', 'cannotJudge'],
    ['张cannotJudge 李confirm', 'once'],
    ['张confirm 张reject', 'rejected'],
    ['张confirm 张annotate', 'once'],
    ['张annotate', 'open'],
    ['张confirm 张withdraw', 'open'],
    ['张confirm 李confirm 张withdraw', 'once'],
    ['张confirm 李confirm 王reject 王withdraw', 'confirmed'],
    ['张confirm 李confirm 王reject 李withdraw', 'rejected'],
    ['张confirm 李confirm 丁reopen', 'open'],
    ['张confirm 李confirm 丁reopen 张confirm', 'once'],
    ['张confirm 丁reopen 张withdraw', 'open'],
  ])('%s: %s', (words, state) => {
    expect(standing(words).state).toBe(state);
  });

  it('the same user under another name is the same person', () => {
    const renamed = { ...entry('1confirm'), reviewer: '改名' };
    expect(standingOf([entry('1confirm'), renamed], 2).state).toBe('once');
  });
});

it.each([
  ['veto', '张confirm', 'once'],
  ['deduct', '张confirm', 'confirmed'],
  ['bonus', '张confirm', 'confirmed'],
] as const)('a rule of part %s after %s stands %s', (part, words, state) => {
  expect(standing(words, confirmationsNeeded({ part })).state).toBe(state);
  expect(confirmationsNeeded(undefined)).toBe(2);
});

it.each([
  ['张confirm', '张', 'confirm', true],
  ['张confirm 李reject', '张', 'confirm', false],
  ['张confirm 李reject', '李', 'reject', true],
  ['张reject 李confirm', '张', 'reject', false],
  ['张reject 李reject', '张', 'reject', true],
  ['张cannotJudge', '张', 'cannotJudge', true],
  ['张confirm 张withdraw', '张', undefined, false],
])('after %s the decision of %s is %s and effective: %s', (words, name, decision, effective) => {
  const now = standing(words);
  const person = { name, userId: null };
  expect([decisionOf(now, person)?.decision, isEffective(now, person)]).toEqual([
    ...[decision, effective],
  ]);
});
