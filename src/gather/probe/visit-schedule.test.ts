import { describe, expect, it } from 'vitest';
import { endOfDay, shanghaiDate, shanghaiText } from '../../lib/pure/dates.ts';
import { visitSchedule } from './visit-schedule.ts';

describe('visit schedule', () => {
  const schedule = visitSchedule(endOfDay('2020-09-17'));

  it('has 140 different instants in order, 20 on each of seven days', () => {
    expect(new Set(schedule).size).toBe(140);
    expect([...schedule].sort()).toEqual(schedule);
    const days = Map.groupBy(schedule, (instant) => shanghaiDate(instant));
    expect([...days.keys()].at(0)).toBe('2020-09-11');
    expect([...days.keys()].at(-1)).toBe('2020-09-17');
    expect([...days.values()].map((visits) => visits.length)).toEqual(Array(7).fill(20));
  });

  it('spreads a day from after midnight to before the next', () => {
    const today = schedule.slice(-20).map(shanghaiText);
    expect(today[0]).toBe('2020-09-17 00:36');
    expect(today[19]).toBe('2020-09-17 23:24');
  });

  it.each([
    ['a time in the middle of a day', '2020-09-17T04:00:00.000Z', '2020-09-16'],
    ['two minutes before midnight', '2020-09-17T15:58:00.000Z', '2020-09-16'],
    ['the last minute', '2020-09-17T15:59:00.000Z', '2020-09-17'],
    ['midnight itself', '2020-09-17T16:00:00.000Z', '2020-09-17'],
  ])('%s: whole days only, none after it', (_name, monitoredAt, lastDay) => {
    const own = visitSchedule(monitoredAt);
    expect(own).toHaveLength(140);
    expect(shanghaiDate(own.at(-1)!)).toBe(lastDay);
    expect(own.at(-1)! < monitoredAt).toBe(true);
  });
});
