import { describe, expect, it } from 'vitest';
import { freezeBody, roundActions, whyNotFreezeWith } from './round-actions.ts';

const MAY = { run: null, freeze: null };
const round = (state: 'planned' | 'gathering' | 'judging' | 'reviewing' | 'frozen', more = {}) => ({
  state,
  paused: false,
  running: false,
  ...more,
});

describe('roundActions', () => {
  it.each([
    { name: 'a planned round starts', given: round('planned'), can: ['run'], words: '开始采集' },
    {
      name: 'a running round pauses',
      given: round('gathering', { running: true }),
      can: ['pause', 'retry'],
      words: '继续',
    },
    {
      name: 'a paused round goes on',
      given: round('gathering', { paused: true }),
      can: ['run', 'retry'],
      words: '继续',
    },
    {
      name: 'a round that died goes on',
      given: round('judging'),
      can: ['run', 'retry'],
      words: '继续',
    },
    {
      name: 'a judged round is frozen',
      given: round('reviewing'),
      can: ['freeze', 'retry'],
      words: '继续',
    },
    {
      name: 'a round being judged again is not frozen',
      given: round('reviewing', { running: true }),
      can: ['pause', 'retry'],
      words: '继续',
    },
    { name: 'a frozen round is left alone', given: round('frozen'), can: [], words: '继续' },
  ])('$name', ({ given, can, words }) => {
    const { run, pause, freeze, retry } = roundActions(given, MAY);
    const open = { run: run.whyNot, pause, freeze, retry };
    expect(Object.entries(open).flatMap(([name, why]) => (why === null ? [name] : []))).toEqual(
      can,
    );
    expect(run.words).toBe(words);
  });

  it('who may not is told so first', () => {
    const { run, freeze } = roundActions(round('planned'), { run: '没有权限', freeze: '没有权限' });
    expect([run.whyNot, freeze]).toEqual(['没有权限', '没有权限']);
  });
});

describe('freezing', () => {
  const none = { review: '', undetermined: '', contests: '' };
  it.each([
    {
      name: 'nothing blocks',
      blockers: { open: 0, undetermined: 0, contested: 0, contestRuns: null },
      waivers: none,
      ok: true,
    },
    {
      name: 'open ones without a reason',
      blockers: { open: 2, undetermined: 0, contested: 0, contestRuns: null },
      waivers: none,
      ok: false,
    },
    {
      name: 'open ones with a reason',
      blockers: { open: 2, undetermined: 0, contested: 0, contestRuns: null },
      waivers: { ...none, review: '演示用' },
      ok: true,
    },
    {
      name: 'undetermined ones need their own reason',
      blockers: { open: 2, undetermined: 1, contested: 0, contestRuns: null },
      waivers: { ...none, review: '演示用' },
      ok: false,
    },
    {
      name: 'a contest is never waived',
      blockers: { open: 0, undetermined: 0, contested: 1, contestRuns: null },
      waivers: { review: '演示用', undetermined: '演示用', contests: '' },
      ok: false,
    },
  ])('$name', ({ blockers, waivers, ok }) => {
    expect(whyNotFreezeWith(blockers, waivers) === null).toBe(ok);
  });

  it('sends a waiver only where something is waived', () => {
    const waivers = { review: ' 演示用 ', undetermined: '没看到', contests: '' };
    expect(
      freezeBody({ open: 1, undetermined: 0, contested: 0, contestRuns: null }, waivers),
    ).toEqual({
      reviewWaived: '演示用',
    });
    expect(
      freezeBody({ open: 0, undetermined: 0, contested: 0, contestRuns: null }, waivers),
    ).toEqual({});
  });
});
