import { describe, expect, it } from 'vitest';
import {
  CASE_KINDS,
  CASE_STATES,
  CASE_STEPS,
  type CaseActor,
  type CaseKind,
  type CaseState,
  type CaseStep,
  kindsFor,
  nextState,
  type Refusal,
  refuseStep,
} from './case.ts';

/** The way of a case, step by step. */
const follow = (kind: CaseKind, ...steps: CaseStep[]): CaseState | null =>
  steps.reduce<CaseState | null>(
    (state, step) => state && nextState({ kind, state }, step),
    'draft',
  );

describe('the way of a case', () => {
  it.each<[CaseKind, CaseStep[], CaseState | null]>([
    ['change', ['submit', 'review', 'approve'], 'done'],
    ['enrol', ['submit', 'review', 'approve'], 'done'],
    ['suspend', ['submit', 'review', 'approve'], 'done'],
    ['deregister', ['submit', 'review', 'approve'], 'done'],
    ['open', ['submit', 'review', 'approve'], 'approved'],
    ['open', ['submit', 'review', 'approve', 'complete'], 'done'],
    ['close', ['submit', 'review', 'approve', 'announce', 'announce', 'complete'], 'done'],
    ['open', ['submit', 'review', 'approve', 'announce'], null],
    ['change', ['submit', 'return', 'amend', 'submit', 'review', 'approve'], 'done'],
    ['change', ['submit', 'review', 'return', 'withdraw'], 'withdrawn'],
    ['change', ['submit', 'review', 'takeBack', 'reject'], 'rejected'],
    ['change', ['review'], null],
    ['change', ['submit', 'approve'], null],
    ['change', ['submit', 'submit'], null],
    ['change', ['submit', 'amend'], null],
    ['change', ['submit', 'review', 'review'], null],
    ['close', ['submit', 'review', 'approve', 'withdraw'], null],
    ['close', ['submit', 'review', 'approve', 'announce', 'revoke'], 'rejected'],
    ['change', ['submit', 'review', 'approve', 'revoke'], null],
  ])('%s: %j leads to %s', (kind, steps, state) => {
    expect(follow(kind, ...steps)).toBe(state);
  });

  it('what is over stays over', () => {
    for (const kind of CASE_KINDS)
      for (const state of ['done', 'rejected', 'withdrawn'] as const)
        expect(CASE_STEPS.filter((step) => nextState({ kind, state }, step) !== null)).toEqual([]);
  });

  it('no state but those before a decision can be left without two approvals', () => {
    for (const kind of CASE_KINDS)
      for (const state of CASE_STATES)
        for (const step of CASE_STEPS) {
          const next = nextState({ kind, state }, step);
          if (next === 'done' || next === 'approved')
            expect([state, step]).toBeOneOf([
              ['reviewed', 'approve'],
              ['approved', 'announce'],
              ['approved', 'complete'],
            ]);
        }
  });
});

const ZHOU = { name: '周晓岚', userId: 1 };
const PENG = { name: '彭建军', userId: 2 };
const LI = { name: '李明华', userId: 3 };
const actor = (person: typeof ZHOU, more: Partial<CaseActor> = {}): CaseActor => ({
  ...{ person, unitId: null, mayApply: false, mayReview: false, mayApprove: false },
  ...more,
});
const SPONSOR = { mayApply: true, unitId: 7 };
const MANAGER = { mayApply: true, mayReview: true, unitId: 7 };
const SUPERVISOR = { mayApply: true, mayReview: true, mayApprove: true, unitId: 1 };

describe('who may take a step', () => {
  const given = (state: CaseState, reviewer: typeof ZHOU | null = null) => ({
    ...{ kind: 'close' as const, state, unitId: 7, applicant: ZHOU, reviewer },
    origin: 'application' as const,
  });
  it.each<[string, CaseState, typeof ZHOU | null, CaseStep, CaseActor, Refusal | null]>([
    ['the applicant submits', 'draft', null, 'submit', actor(ZHOU, SPONSOR), null],
    ['a colleague submits', 'draft', null, 'submit', actor(PENG, SPONSOR), null],
    [
      'somebody above does not submit for it',
      ...(['draft', null, 'submit'] as const),
      ...([actor(LI, SUPERVISOR), 'notOwn'] as const),
    ],
    ['a reader submits nothing', 'draft', null, 'submit', actor(PENG), 'forbidden'],
    ['the manager reviews', 'submitted', null, 'review', actor(PENG, MANAGER), null],
    ['a supervisor may review as well', 'submitted', null, 'review', actor(LI, SUPERVISOR), null],
    ['a sponsor does not', 'submitted', null, 'review', actor(PENG, SPONSOR), 'forbidden'],
    ['nobody reviews his own', 'submitted', null, 'review', actor(ZHOU, MANAGER), 'samePerson'],
    ['the supervisor approves', 'reviewed', PENG, 'approve', actor(LI, SUPERVISOR), null],
    ['a manager does not', 'reviewed', PENG, 'approve', actor(ZHOU, MANAGER), 'forbidden'],
    ['who reviewed does not', 'reviewed', LI, 'approve', actor(LI, SUPERVISOR), 'samePerson'],
    ['nor who applied', 'reviewed', PENG, 'approve', actor(ZHOU, SUPERVISOR), 'samePerson'],
    ['who reviewed takes it back', 'reviewed', PENG, 'takeBack', actor(PENG, MANAGER), null],
    ['nobody else does', 'reviewed', PENG, 'takeBack', actor(LI, SUPERVISOR), 'notReviewer'],
    ['a manager returns', 'submitted', null, 'return', actor(PENG, MANAGER), null],
    ['not after his review', 'reviewed', PENG, 'return', actor(PENG, MANAGER), 'forbidden'],
    ['who approved may revoke', 'approved', PENG, 'revoke', actor(LI, SUPERVISOR), null],
    ['a manager may not', 'approved', PENG, 'revoke', actor(PENG, MANAGER), 'forbidden'],
    ['what is not possible comes first', 'done', PENG, 'approve', actor(ZHOU), 'state'],
  ])('%s', (_name, state, reviewer, step, who, refusal) => {
    expect(refuseStep(given(state, reviewer), step, who)).toBe(refusal);
  });

  it('a draft that discovery made is filled in by whoever looks after the unit, and is then his', () => {
    const found = { ...given('draft'), origin: 'discovery' as const };
    const above = actor(PENG, { mayApply: true, unitId: 3 });
    expect(refuseStep(found, 'submit', above)).toBe(null);
    expect(refuseStep({ ...found, state: 'returned' }, 'submit', above)).toBe('notOwn');
  });

  it('names of the command line are persons as well', () => {
    const cli = (name: string) => ({ name, userId: null }) as unknown as typeof ZHOU;
    const own = { ...given('submitted'), applicant: cli('张三') };
    expect(refuseStep(own, 'review', actor(cli('张三'), MANAGER))).toBe('samePerson');
    expect(refuseStep(own, 'review', actor(cli('李四'), MANAGER))).toBe(null);
  });
});

it.each([
  ['running', ['change', 'suspend', 'close']],
  ['suspended', ['change', 'resume', 'close']],
  ['closed', ['deregister']],
  ['migrated', ['deregister']],
  ['applied', []],
  ['closing', []],
  ['deregistered', []],
] as const)('an account that is %s can be asked for %j', (status, kinds) => {
  expect(kindsFor(status)).toEqual(kinds);
});
