/** The oracle's cases, and what a bulletin counts of them. */
import type { Marks } from './scenario.ts';

export interface Deadline {
  readonly date: string;
  readonly provisional: boolean;
  readonly setOn: string;
}

export interface Case {
  readonly key: string;
  readonly round: string;
  readonly subject: string;
  readonly rule: string;
  readonly unit: string;
  readonly noticedOn: string;
  readonly marks: Marks;
  state: string;
  stateBeforeAnswer: string;
  due: Deadline;
  ignored: boolean;
  chasersSinceSubmission: number;
  readonly told: Set<string>;
  wished: string | null;
  granted: number;
  returns: number;
  escalated: boolean;
  firstSubmission: 'inTime' | 'late' | null;
  outcome: string | null;
  mended: boolean | null;
  readonly checks: Map<string, number>;
}

const OWES = ['noticed', 'acknowledged', 'planned', 'answered', 'returned'];
export const owes = (each: Case): boolean => OWES.includes(each.state);

export function countCases(cases: readonly Case[], on: string): Record<string, number> {
  const count = (holds: (each: Case) => boolean): number => cases.filter(holds).length;
  const sum = (of: (each: Case) => number): number =>
    cases.reduce((all, each) => all + of(each), 0);
  const closed = count(({ state }) => state === 'closed');
  const merged = count(({ state }) => state === 'merged');
  const mended = count(({ mended: done }) => done === true);
  return {
    noticed: cases.length,
    submittedInTime: count(({ firstSubmission }) => firstSubmission === 'inTime'),
    submittedLate: count(({ firstSubmission }) => firstSubmission === 'late'),
    notSubmitted: count(({ firstSubmission }) => firstSubmission === null),
    ...{ closed, merged, mended, notMended: cases.length - mended },
    open: cases.length - closed - merged,
    overdue: count((each) => owes(each) && each.due.date < on),
    escalated: count((each) => each.escalated),
    returns: sum((each) => each.returns),
    extensions: sum((each) => each.granted),
    repeat: count(({ marks }) => marks.consecutive >= 2),
    relapsed: count(({ marks }) => marks.relapsed),
  };
}
