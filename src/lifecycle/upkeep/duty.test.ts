import { describe, expect, it } from 'vitest';
import { addDays } from '../../lib/pure/dates.ts';
import { CAUGHT_UP_MAX, chaserOn, chaserWords, dueOn, monthsToOpen } from './duty.ts';

describe('which months are to be opened', () => {
  it.each<[string, string | null, string, string[], number]>([
    ['the first one ever', null, '2026-11-30', ['2026-11'], 0],
    ['the next', '2026-10', '2026-11-01', ['2026-11'], 0],
    ['none twice', '2026-11', '2026-11-30', [], 0],
    ['those that were missed', '2026-08', '2026-11-02', ['2026-09', '2026-10', '2026-11'], 0],
    ['over a new year', '2025-12', '2026-02-28', ['2026-01', '2026-02'], 0],
    ['none backwards', '2026-12', '2026-11-02', [], 0],
  ])('%s', (_name, last, today, months, leftOut) => {
    expect(monthsToOpen(last, today)).toEqual({ months, leftOut });
  });

  it('only the newest twelve after years', () => {
    const { months, leftOut } = monthsToOpen('2020-01', '2026-11-02');
    expect([months.length, months.at(-1), leftOut]).toEqual([CAUGHT_UP_MAX, '2026-11', 70]);
  });
});

it.each([
  ['made on the first', '2026-11', '2026-11-01', '2026-11-15'],
  ['made early in the month', '2026-11', '2026-11-03', '2026-11-15'],
  ['made late: five working days', '2026-11', '2026-11-20', '2026-11-27'],
  ['made up for: five working days as well', '2026-09', '2026-11-20', '2026-11-27'],
  ['over the holiday, its worked Saturday included', '2026-09', '2026-09-28', '2026-10-10'],
])('a duty %s is due', (_name, month, madeOn, due) => {
  expect(dueOn(month, madeOn, { dueDay: 15 })).toBe(due);
});

const POLICY = { chaseDaysBefore: 3, chaseEveryDays: 3 };

describe('reminders', () => {
  it.each([
    [-14, 'opened'],
    [-4, 'opened'],
    [-3, 'before'],
    [-1, 'before'],
    [0, 'due'],
    [1, 'overdue-1'],
    [3, 'overdue-1'],
    [4, 'overdue-2'],
    [30, 'overdue-10'],
    [400, 'overdue-10'],
  ])('%i days from the due day: %s', (days, name) => {
    const due = '2026-11-15';
    expect(chaserOn({ dueOn: due }, addDays(due, days), POLICY).name).toBe(name);
  });

  it('managers hear of what is overdue only', () => {
    const told = (today: string) => chaserOn({ dueOn: '2026-11-15' }, today, POLICY).audiences;
    expect([told('2026-11-15'), told('2026-11-16')]).toEqual([['sponsor'], ['sponsor', 'manager']]);
  });

  it.each([
    ['opened', '2026年11月的每月维护确认已开始，请在 2026-11-15 前核对并确认。'],
    ['overdue-2', '2026年11月的每月维护确认已于 2026-11-15 到期，仍没有确认（第 2 次催办）。'],
  ])('%s in words', (name, words) => {
    expect(chaserWords(name, { month: '2026-11', dueOn: '2026-11-15' })).toBe(words);
  });
});
