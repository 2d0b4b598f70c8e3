import { addDays, type CalendarDate } from '../../src/lib/pure/dates.ts';
import type { Act, ScenarioRound } from './scenario.ts';

/** What a unit does about a finding before publication. */
const STORIES = [
  ...(['accepted', 'rejected', 'slow', 'late', 'early', 'earlyAccepted', 'tooLate'] as const),
  ...Array.from({ length: 13 }, () => 'silent' as const),
];

export type Between = (least: number, most: number) => number;
type Round = Pick<ScenarioRound, 'key' | 'shownOn' | 'openedOn'>;

export interface ContestPlan {
  readonly confirmedOn: CalendarDate;
  readonly acts: readonly Act[];
  /** It becomes no case. */
  readonly isAccepted: boolean;
}

/** The day after the last in a round whose clock did not pass then: an objection comes before the end is recorded. */
const JUST_LATE: Readonly<Record<string, CalendarDate>> = { '2026Q2': '2026-06-18' };

/** When a finding of a round is confirmed, whether its unit objects, and what that leads to. */
export function planContest(round: Round, finding: string, between: Between): ContestPlan {
  const story = STORIES[between(0, STORIES.length - 1)]!;
  const isSecond = between(0, 4) === 0;
  const shownOn = isSecond ? round.shownOn.at(-1)! : round.shownOn[0]!;
  const eve = addDays(round.openedOn, -1);
  const plan = (
    isAccepted: boolean,
    acts: readonly (readonly [on: CalendarDate, does: Act['do']])[],
  ): ContestPlan => ({
    ...{ confirmedOn: addDays(shownOn, -1), isAccepted },
    acts: acts.map(([on, does]) => ({ on, case: finding, do: does })),
  });
  const answer = between(0, 1) === 0 ? ('acceptObjection' as const) : ('rejectObjection' as const);
  const object = addDays(shownOn, between(0, 3));
  const soon = addDays(object, between(0, 1));
  switch (story) {
    case 'accepted':
      return plan(true, [
        [object, 'object'],
        [soon, 'acceptObjection'],
        [soon, 'rejectObjection'],
        [soon, 'object'],
      ]);
    case 'rejected':
      return plan(false, [
        [object, 'object'],
        [object, 'object'],
        [soon, 'rejectObjection'],
        [soon, 'acceptObjection'],
      ]);
    case 'slow':
      return plan(answer === 'acceptObjection', [
        [addDays(shownOn, between(0, 1)), 'object'],
        [eve, answer],
      ]);
    case 'late':
      return plan(answer === 'acceptObjection', [
        [JUST_LATE[round.key] ?? addDays(round.openedOn, -between(3, 4)), 'object'],
        [eve, answer],
      ]);
    case 'early':
      return plan(false, [
        [addDays(shownOn, -1), 'object'],
        [addDays(shownOn, between(1, 2)), 'rejectObjection'],
      ]);
    case 'earlyAccepted':
      return plan(true, [
        [addDays(shownOn, -1), 'object'],
        [addDays(shownOn, -1), 'acceptObjection'],
      ]);
    case 'tooLate':
      return plan(false, [
        [round.openedOn, 'object'],
        [round.openedOn, 'rejectObjection'],
      ]);
    default:
      return plan(false, []);
  }
}
