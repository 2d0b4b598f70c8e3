import { describe, expect, it } from 'vitest';
import { agoText, dateText, durationText, instantText, todayOn } from './dates.ts';

describe('times in Asia/Shanghai', () => {
  it.each([
    ['2020-09-17T02:30:05.000Z', '2020-09-17 10:30'],
    ['2020-09-16T16:00:00.000Z', '2020-09-17 00:00'],
    ['2020-12-31T18:00:00Z', '2021-01-01 02:00'],
    // China had summer time in 1991.
    ['1991-07-01T00:00:00Z', '1991-07-01 09:00'],
    ['不是时间', '不是时间'],
  ])('%s is %s', (at, text) => {
    expect(instantText(at)).toBe(text);
  });

  it('seconds when asked, and dates as they are', () => {
    expect(instantText('2020-09-17T02:30:05.000Z', true)).toBe('2020-09-17 10:30:05');
    expect([dateText('2020-09-17'), dateText('2020-09-16T16:00:00Z')]).toEqual([
      '2020-09-17',
      '2020-09-17',
    ]);
    expect(todayOn(new Date('2020-09-16T16:00:00Z'))).toBe('2020-09-17');
  });

  const now = new Date('2020-09-17T12:00:00Z');
  it.each([
    ['2020-09-17T11:59:40Z', '刚刚'],
    ['2020-09-17T11:30:00Z', '30 分钟前'],
    ['2020-09-17T01:00:00Z', '11 小时前'],
    ['2020-09-10T12:00:00Z', '7 天前'],
    ['2020-01-01T00:00:00Z', '2020-01-01'],
    ['2020-09-17T12:05:00Z', '2020-09-17 20:05'],
    ['不是时间', '不是时间'],
  ])('%s, seen from noon, is %s', (at, text) => {
    expect(agoText(at, now)).toBe(text);
  });

  it.each([
    [0, '0 秒'],
    [59.4, '59 秒'],
    [61, '1 分'],
    [3600, '1 小时 0 分'],
    [11_100, '3 小时 5 分'],
    [-5, '0 秒'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});
