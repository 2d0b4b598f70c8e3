import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { shanghaiText } from '../../lib/pure/dates.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { claimTurn, readClock } from './clock.repository.ts';
import type { Clock } from './clock.ts';
import { dueDay, momentOf, nextMoment } from './clock-times.ts';
import { type ClockIo, turnClock } from './keep-clock.ts';

const TIME = { minuteOfDay: 4 * 60, windowMinutes: 60 };
/** A time of Shanghai. */
const at = (text: string): string => new Date(`${text.replace(' ', 'T')}:00+08:00`).toISOString();

describe('the moment of a day', () => {
  it('lies within the window, is the same whoever asks, and not the same every day or everywhere', () => {
    const days = Array.from({ length: 28 }, (_, n) => `2026-02-${String(n + 1).padStart(2, '0')}`);
    const moments = days.map((day) => shanghaiText(momentOf(day, TIME, 'a')));
    expect(moments.filter((text, n) => !text.startsWith(`${days[n]} 04:`))).toEqual([]);
    expect(new Set(moments.map((text) => text.slice(11))).size).toBeGreaterThan(14);
    expect(momentOf('2026-02-01', TIME, 'a')).toBe(momentOf('2026-02-01', TIME, 'a'));
    expect(momentOf('2026-02-01', TIME, 'a')).not.toBe(momentOf('2026-02-01', TIME, 'b'));
  });

  const late = { minuteOfDay: 23 * 60 + 30, windowMinutes: 0 };
  it.each([
    ['before it', '2026-02-10 23:29', '2026-02-09', '2026-02-10 23:30'],
    ['on it', '2026-02-10 23:30', '2026-02-10', '2026-02-11 23:30'],
    ['the next day', '2026-02-11 00:00', '2026-02-10', '2026-02-11 23:30'],
  ])('%s', (_name, now, due, next) => {
    expect(dueDay(at(now), late, 'a')).toBe(due);
    expect(shanghaiText(nextMoment(at(now), due, { time: late, seed: 'a' }))).toBe(next);
  });

  it('that was missed is now', () => {
    const now = at('2026-02-11 00:00');
    for (const doneFor of [null, '2026-02-09', '2026-01-01'])
      expect(nextMoment(now, doneFor, { time: late, seed: 'a' })).toBe(now);
  });

  it('of a window that ends after midnight belongs to the day on which it begins', () => {
    const over = { minuteOfDay: 23 * 60, windowMinutes: 360 };
    const moments = ['2026-02-10', '2026-02-11'].map((day) => momentOf(day, over, 'late'));
    for (const [n, day] of ['2026-02-10', '2026-02-11'].entries())
      expect(dueDay(moments[n]!, over, 'late')).toBe(day);
    expect(dueDay(new Date(Date.parse(moments[1]!) - 1).toISOString(), over, 'late')).toBe(
      '2026-02-10',
    );
  });
});

describe('a clock', () => {
  let opened: TemporaryStore;
  let now = '';
  let done: string[] = [];
  let fails = false;
  const errors: unknown[] = [];
  beforeAll(async () => {
    opened = await temporaryStore();
  });
  afterAll(() => opened.remove());
  beforeEach(async () => {
    await sql`delete from clock`.execute(opened.store.db);
    [done, fails] = [[], false];
    errors.length = 0;
  });

  const clock = (work?: Clock['work']): Clock => ({
    ...{ name: 'test', words: '试验', time: { minuteOfDay: 240, windowMinutes: 0 } },
    work:
      work ??
      (async () => {
        if (fails) throw new Error('外面不通');
        done.push(now);
      }),
  });
  const turn = (text: string, more: Partial<ClockIo> = {}, work?: Clock['work']): Promise<void> => {
    now = at(text);
    return turnClock(opened.store, clock(work), {
      ...{ now: () => now, signal: new AbortController().signal },
      onError: (error) => void errors.push(error),
      ...more,
    });
  };
  const standing = () => readClock(opened.store, clock(), now);

  it('does a day’s work once, and missed days together as soon as it runs again', async () => {
    for (const time of ['2026-02-10 03:59', '2026-02-10 04:00', '2026-02-10 23:00'])
      await turn(time);
    await turn('2026-02-11 03:59');
    await turn('2026-02-14 10:00');
    await turn('2026-02-15 03:00');
    await turn('2026-02-15 04:01');
    // The first one catches up with the day before the installation's first.
    expect(done.map(shanghaiText)).toEqual([
      ...['2026-02-10 03:59', '2026-02-10 04:00', '2026-02-14 10:00', '2026-02-15 04:01'],
    ]);
    expect(await standing()).toMatchObject({
      ...{ doneFor: '2026-02-15', isRunning: false, problem: '', nextAt: at('2026-02-16 04:00') },
    });
  });

  it('of many processes one does the work', async () => {
    now = at('2026-02-10 05:00');
    const claimed = await Promise.all(
      Array.from({ length: 5 }, () => claimTurn(opened.store, clock(), now)),
    );
    expect(claimed.filter((each) => each !== null)).toHaveLength(1);
    await turn('2026-02-10 05:01');
    expect([done, (await standing()).isRunning]).toEqual([[], true]);
  });

  it('whose process died is taken over when it has been silent for two minutes, and the dead one ends nothing', async () => {
    const begun = Promise.withResolvers<void>();
    const awake = Promise.withResolvers<void>();
    const hanging = turn('2026-02-10 05:00', {}, () => {
      begun.resolve();
      return awake.promise;
    });
    await begun.promise;
    await turn('2026-02-10 05:01');
    expect(done).toEqual([]);
    expect((await standing()).isRunning).toBe(true);
    await turn('2026-02-10 05:03');
    expect(done).toHaveLength(1);
    await sql`update clock set done_for = null`.execute(opened.store.db);
    awake.resolve();
    await hanging;
    expect((await standing()).doneFor).toBeNull();
  });

  it('that is asked to stop lets go, and the next process goes on at once', async () => {
    const stop = new AbortController();
    const work = async () => stop.abort();
    await turn('2026-02-10 05:00', { signal: stop.signal }, work);
    await turn('2026-02-10 05:00', { signal: stop.signal }, work);
    expect(await standing()).toMatchObject({ doneFor: null, isRunning: false });
    await turn('2026-02-10 05:00');
    expect(done).toHaveLength(1);
  });

  it('that fails says why and is tried again, later and later', async () => {
    fails = true;
    await turn('2026-02-10 05:00');
    expect(await standing()).toMatchObject({ problem: '外面不通', nextAt: at('2026-02-10 05:10') });
    await turn('2026-02-10 05:09');
    await turn('2026-02-10 05:10');
    expect([errors.length, (await standing()).nextAt]).toEqual([2, at('2026-02-10 05:30')]);
    fails = false;
    await turn('2026-02-10 05:30');
    expect(await standing()).toMatchObject({ problem: '', doneFor: '2026-02-10' });
  });
});
