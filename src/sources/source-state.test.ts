import { describe, expect, it } from 'vitest';
import type { SourceStanding } from '../gather/accounts/source-gathered.ts';
import { statusAfter } from './source-state.ts';

const AT = '2020-09-17T04:00:00.000Z';
const alarm = (errcode: number, audience: 'owner' | 'operations' = 'owner') => ({
  ...{ errcode, audience, message: '原因' },
});
const standing = (more: Partial<SourceStanding>): SourceStanding => ({
  ...{ state: 'working', parkUntil: null, alarm: null },
  ...more,
});

describe('how a source stands', () => {
  it.each<[string, Partial<SourceStanding>, string, object]>([
    ['it answered', {}, '', { state: 'ok', failures: 0, parkUntil: null, nextStep: '' }],
    [
      'it answered nothing',
      {},
      '空的',
      { state: 'failing', failures: 3, parkUntil: '2020-09-17T08:00:00.000Z' },
    ],
    [
      'over a limit',
      { state: 'waiting', parkUntil: '2020-09-17T16:00:00.000Z' },
      '额度用完',
      {
        state: 'parked',
        parkUntil: '2020-09-17T16:00:00.000Z',
        nextStep: '系统 2020-09-18 00:00 以后再看',
      },
    ],
    [
      'its login expired',
      { state: 'expired', alarm: alarm(21327) },
      'x',
      { state: 'expired', reason: '原因' },
    ],
    ['the account is closed', { state: 'stopped', alarm: alarm(20003) }, 'x', { state: 'banned' }],
    [
      'the interface is banned',
      { state: 'stopped', alarm: alarm(48004) },
      'x',
      { state: 'banned' },
    ],
    ['its secret is wrong', { state: 'stopped', alarm: alarm(40125) }, 'x', { state: 'failing' }],
    [
      'not granted',
      { state: 'lacking', alarm: alarm(48001, 'operations') },
      'x',
      { state: 'failing' },
    ],
  ])('%s', (_name, more, reason, expected) => {
    expect(statusAfter({ failures: 2 }, standing(more), reason, AT)).toMatchObject(expected);
  });

  it('who fails again and again is asked ever less, at least once a day', () => {
    const hours = [0, 1, 2, 3, 4, 5, 50].map((failures) => {
      const { parkUntil } = statusAfter({ failures }, standing({}), '打不开', AT);
      return (Date.parse(parkUntil ?? AT) - Date.parse(AT)) / 3_600_000;
    });
    expect(hours).toEqual([1, 2, 4, 8, 16, 24, 24]);
  });
});
