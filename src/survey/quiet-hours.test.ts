import { describe, expect, it } from 'vitest';
import { minutesOfQuiet } from './quiet-hours.ts';

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
