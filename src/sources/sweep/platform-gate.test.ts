import { expect, it } from 'vitest';
import { WORKING } from '../../gather/accounts/source-gathered.ts';
import { PlatformGate } from './platform-gate.ts';

const at = (time: string): string => `2020-09-17T${time}:00.000Z`;

it('what a platform allows in an hour is used up for all its accounts, and comes back with the hour', () => {
  const gate = new PlatformGate({ weibo: 10 });
  gate.report('weibo', 9, WORKING, at('04:10'));
  expect(gate.shutUntil('weibo', at('04:20'))).toBeNull();
  gate.report('weibo', 1, WORKING, at('04:20'));
  expect(gate.shutUntil('weibo', at('04:30'))).toBe(at('05:00'));
  expect(gate.shutUntil('wechat', at('04:30'))).toBeNull();
  expect(gate.shutUntil('weibo', at('05:00'))).toBeNull();
});

it('many that wait one after another shut the platform, one between them that answered does not', () => {
  const gate = new PlatformGate();
  const waiting = { state: 'waiting', parkUntil: at('05:00'), alarm: null } as const;
  for (let n = 0; n < 19; n += 1) gate.report('weibo', 1, waiting, at('04:10'));
  gate.report('weibo', 1, WORKING, at('04:10'));
  for (let n = 0; n < 19; n += 1) gate.report('weibo', 1, waiting, at('04:10'));
  expect(gate.shutUntil('weibo', at('04:11'))).toBeNull();
  gate.report('weibo', 1, waiting, at('04:11'));
  expect(gate.shutUntil('weibo', at('04:12'))).toBe(at('05:00'));
  expect(gate.shutUntil('weibo', at('05:00'))).toBeNull();
});
