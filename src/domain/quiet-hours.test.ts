import { describe, expect, it } from 'vitest';
import { endOfQuiet, minutesOfQuiet, movedSchedule } from './quiet-hours.ts';

describe('quiet hours', () => {
  // 12:00 in Asia/Shanghai.
  const NOON = '2020-09-17T04:00:00.000Z';
  it.each<[string, { from: string; to: string }[], number]>([
    ['no window', [], 0],
    ['office hours', [{ from: '08:30', to: '18:00' }], 360],
    ['over', [{ from: '08:30', to: '12:00' }], 0],
    ['just begun', [{ from: '12:00', to: '12:01' }], 1],
    ['over midnight, not now', [{ from: '22:00', to: '06:00' }], 0],
    ['over midnight, now', [{ from: '11:00', to: '06:00' }], 18 * 60],
    [
      'one after the other',
      [
        { from: '14:00', to: '15:00' },
        { from: '11:00', to: '14:00' },
      ],
      180,
    ],
    [
      'all day in two halves',
      [
        { from: '00:00', to: '12:00' },
        { from: '12:00', to: '00:00' },
      ],
      1440,
    ],
    ['an empty window', [{ from: '12:00', to: '12:00' }], 0],
  ])('%s', (_name, windows, minutes) => {
    expect(minutesOfQuiet(windows, NOON)).toBe(minutes);
  });
});

describe('visits that quiet hours move', () => {
  const OFFICE = [{ from: '08:30', to: '18:00' }];
  // 08:00, 09:12, 10:24, 18:48 in Asia/Shanghai.
  const SCHEDULE = ['00:00', '01:12', '02:24', '10:48'].map((at) => `2020-09-17T${at}:00.000Z`);

  it('wait for the end, one after the other', () => {
    expect(movedSchedule(SCHEDULE, OFFICE)).toEqual(
      ['00:00', '10:00', '10:05', '10:48'].map((at) => `2020-09-17T${at}:00.000Z`),
    );
  });

  it('stand as they are without a window, or when the whole day is one', () => {
    expect(movedSchedule(SCHEDULE, [])).toEqual(SCHEDULE);
    const allDay = [
      { from: '00:00', to: '12:00' },
      { from: '12:00', to: '00:00' },
    ];
    expect(movedSchedule(SCHEDULE, allDay)).toEqual(SCHEDULE);
  });

  it('the end is on the minute', () => {
    expect(endOfQuiet(OFFICE, '2020-09-17T01:12:34.567Z')).toBe('2020-09-17T10:00:00.000Z');
  });
});
