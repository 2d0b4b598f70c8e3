import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { Worded } from '../../notify/index.ts';

/** How a unit's days to object ended: nothing came (按无异议办理), something came, or the supervisor froze the round before. */
export const LETTER_OUTCOMES = ['none', 'lodged', 'early'] as const;
export type LetterOutcome = (typeof LETTER_OUTCOMES)[number];

export const OUTCOME_WORDS: Readonly<Record<LetterOutcome, string>> = {
  ...{ none: '期满，无异议', lodged: '期满，有申辩', early: '提前结束' },
};

/** A finding as a letter shows it (问题清单的一行): what was said then, whatever becomes of the finding. */
export interface ShownFinding {
  readonly findingId: number;
  readonly kind: 'site' | 'account';
  readonly name: string;
  /** Site code or account id. */
  readonly identity: string;
  /** Home page or platform. */
  readonly place: string;
  readonly label: string;
  readonly clause: string;
  /** Where it was seen, and what. */
  readonly locator: string;
  readonly excerpt: string;
}

/** A letter (申辩告知书) that shows a unit its findings before they are published. Dates are Asia/Shanghai. */
export interface Letter {
  readonly id: number;
  readonly number: string;
  readonly issuer: string;
  readonly period: string;
  readonly label: string;
  readonly unitId: number;
  readonly unitName: string;
  readonly shownOn: CalendarDate;
  /** The last day on which an objection is in time. */
  readonly deadlineOn: CalendarDate;
  readonly provisional: boolean;
  /** As it was sent; null of those that were made before words were kept. */
  readonly words: Worded | null;
  readonly closedOn: CalendarDate | null;
  readonly outcome: LetterOutcome | null;
  /** Why it ended early; '' otherwise. */
  readonly reason: string;
  readonly findings: number;
  /** Objections to its findings: all, those that came late, those that wait for an answer, and of these the ones past their answer's day. */
  readonly objections: number;
  readonly late: number;
  readonly waiting: number;
  readonly answerOverdue: number;
}
