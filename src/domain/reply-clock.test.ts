import { describe, expect, it } from 'vitest';
import { replyClock } from './reply-clock.ts';

const at = (day: string, hour = '10'): string => `${day}T${hour}:00:00+08:00`;
const instant = (text: string): string => new Date(text).toISOString();
const clock = (sent: string, now: string, replied: string | null = null, workdays = 5) =>
  replyClock(instant(at(sent)), replied && instant(at(replied)), instant(at(now)), workdays);

describe('the working-day clock of a test question', () => {
  it.each([
    ['sent on a Monday', clock('2020-09-07', '2020-09-07'), '2020-09-14', 'waiting', 5],
    ['on its last day', clock('2020-09-07', '2020-09-14'), '2020-09-14', 'waiting', 0],
    ['the day after', clock('2020-09-07', '2020-09-15'), '2020-09-14', 'overdue', 0],
    ['sent on a Saturday', clock('2020-09-05', '2020-09-05'), '2020-09-11', 'waiting', 5],
    // 09-27 is worked for 10-01 to 10-08.
    ['over the long holiday', clock('2020-09-25', '2020-10-08'), '2020-10-09', 'waiting', 1],
    ['answered', clock('2020-09-07', '2020-09-30', '2020-09-08'), '2020-09-14', 'answered', 0],
    [
      'answered late',
      clock('2020-09-07', '2020-09-30', '2020-09-16'),
      '2020-09-14',
      'answeredLate',
      0,
    ],
    ['a limit of one day', clock('2020-09-11', '2020-09-14', null, 1), '2020-09-14', 'waiting', 0],
    // The notice for 2027 is not known: nothing is held against anybody.
    ['beyond the known holidays', clock('2026-12-29', '2027-03-01'), null, 'waiting', 0],
  ])('%s', (_name, shown, dueOn, state, workdaysLeft) => {
    expect(shown).toEqual({ dueOn, state, workdaysLeft });
  });

  it('the days are those of Shanghai', () => {
    const sent = '2020-09-07T15:59:00.000Z';
    expect(replyClock(sent, null, '2020-09-14T15:59:59.000Z').state).toBe('waiting');
    expect(replyClock(sent, null, '2020-09-14T16:00:00.000Z').state).toBe('overdue');
  });
});
