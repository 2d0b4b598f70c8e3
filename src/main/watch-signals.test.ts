import { describe, expect, it } from 'vitest';
import { type SignalHost, STOP_LIMIT_MS, watchSignals } from './watch-signals.ts';

function fakeHost() {
  const listeners = new Map<string, (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => void>();
  const exits: number[] = [];
  const alarms: { at: number; act: () => void }[] = [];
  let now = 0;
  const host: SignalHost = {
    on: (signal, listener) => listeners.set(signal, listener),
    exit: (code) => exits.push(code),
    warn: () => undefined,
    clock: () => now,
    after: (milliseconds, act) => alarms.push({ at: now + milliseconds, act }),
  };
  const send = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => listeners.get(signal)?.(signal);
  const pass = (milliseconds: number): void => {
    now += milliseconds;
    for (const { at, act } of alarms.splice(0)) if (at <= now) act();
  };
  return { host, exits, send, pass };
}

describe('the wish to stop', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s aborts, and exits nothing yet', (name) => {
    const { host, exits, send } = fakeHost();
    const signal = watchSignals(host);
    expect(signal.aborted).toBe(false);
    send(name);
    expect([signal.aborted, exits]).toEqual([true, []]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('a later %s exits at once with %i', (name, code) => {
    const { host, exits, send, pass } = fakeHost();
    watchSignals(host);
    send('SIGTERM');
    pass(2_000);
    send(name);
    expect(exits).toEqual([code]);
  });

  it('one Ctrl-C that reaches us by two ways is one wish', () => {
    const { host, exits, send, pass } = fakeHost();
    watchSignals(host);
    send('SIGINT');
    pass(20);
    send('SIGINT');
    expect(exits).toEqual([]);
  });

  it('the limit exits with 1, below the ten seconds promised', () => {
    const { host, exits, send, pass } = fakeHost();
    watchSignals(host);
    send('SIGTERM');
    pass(STOP_LIMIT_MS);
    expect(exits).toEqual([1]);
    expect(STOP_LIMIT_MS).toBeLessThan(10_000);
  });
});
