import { describe, expect, it } from 'vitest';
import {
  nextState,
  RECTIFICATION_STATES,
  RECTIFICATION_STEPS,
  type RectificationState,
  type RectificationStep,
  refuseStep,
  type StepRefusal,
} from './case.ts';
import { type EarlierCase, repeatMarks } from './repeat-marks.ts';

/** Every step that is possible, by state; all others are not. */
const POSSIBLE: Readonly<
  Record<RectificationState, Partial<Record<RectificationStep, RectificationState>>>
> = {
  noticed: {
    ...{ acknowledge: 'acknowledged', plan: 'planned', answer: 'answered' },
    ...stay('noticed'),
  },
  acknowledged: { plan: 'planned', answer: 'answered', ...stay('acknowledged') },
  planned: { plan: 'planned', answer: 'answered', ...stay('planned') },
  answered: { approve: 'submitted', sendBack: 'planned', ...stay('answered') },
  submitted: { recheck: 'submitted' },
  rechecked: { close: 'closed', return: 'returned', recheck: 'submitted' },
  returned: { answer: 'answered', ...stay('returned') },
  closed: {},
  merged: {},
};

function stay(state: RectificationState) {
  return {
    ...{ askExtension: state, grantExtension: state, refuseExtension: state },
    ...{ escalate: state, check: state },
  };
}

describe('steps of a case', () => {
  it.each(RECTIFICATION_STATES)('from %s lead where they should, and no others', (state) => {
    const found = RECTIFICATION_STEPS.flatMap((step) => {
      const next = nextState({ state, stateBefore: 'planned' }, step);
      return next === null ? [] : [[step, next]];
    });
    expect(Object.fromEntries(found)).toEqual(POSSIBLE[state]);
  });

  const staff = { person: { name: '周', userId: 1 }, mayAnswer: true, mayApprove: false };
  const leader = { person: { name: '李', userId: 2 }, mayAnswer: false, mayApprove: true };
  const both = { person: { name: '周', userId: 1 }, mayAnswer: true, mayApprove: true };
  it.each<[string, RectificationState, RectificationStep, object, StepRefusal | null]>([
    ['staff answers', 'noticed', 'answer', staff, null],
    ['staff approves', 'answered', 'approve', staff, 'forbidden'],
    ['the leader approves', 'answered', 'approve', leader, null],
    ['who answered approves', 'answered', 'approve', both, 'samePerson'],
    ['who answered sends back', 'answered', 'sendBack', both, null],
    ['the leader answers', 'noticed', 'answer', leader, 'forbidden'],
    ['the leader acknowledges', 'noticed', 'acknowledge', leader, null],
    ['the unit closes', 'rechecked', 'close', both, 'forbidden'],
    ['an answer after the end', 'closed', 'answer', staff, 'state'],
  ])('%s', (_what, state, step, who, refusal) => {
    const given = { state, stateBefore: 'planned' as const, answeredBy: staff.person };
    expect(refuseStep(given, step, { mayDecide: false, ...who } as never)).toBe(refusal);
  });
});

describe('repeat marks', () => {
  const on = '2026-12-30';
  const earlier = (noticedOn: string, mended = false, remindersIgnored = false): EarlierCase => ({
    ...{ noticedOn, mended, remindersIgnored },
  });
  const NONE = {
    ...{ consecutive: 1, withinYear: 0, relapsed: false, unmendedSince: null },
    remindersIgnored: false,
  };
  it.each<[string, EarlierCase[], boolean[], Partial<typeof NONE> | object]>([
    ['for the first time', [], [], {}],
    ['last round was clean', [], [false], {}],
    [
      'also last round, not mended',
      [earlier('2026-09-30')],
      [true, false],
      { consecutive: 2, withinYear: 1, unmendedSince: '2026-09-30' },
    ],
    [
      'mended, and there again',
      [earlier('2026-03-30'), earlier('2026-06-30', true)],
      [false, true, true],
      { withinYear: 2, relapsed: true },
    ],
    [
      'mended once, and not the last two times',
      [earlier('2025-12-29', true), earlier('2025-12-30'), earlier('2026-06-30', false, true)],
      [true, true, true],
      {
        ...{ consecutive: 4, withinYear: 2, relapsed: true, unmendedSince: '2025-12-30' },
        remindersIgnored: true,
      },
    ],
  ])('%s', (_what, cases, rounds, marks) => {
    expect(repeatMarks(cases, rounds, on, { repeatWithinDays: 365 })).toEqual({
      ...NONE,
      ...marks,
    });
  });
});
