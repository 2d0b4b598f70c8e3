import { isSamePerson, type Person } from '../../domain/acting.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { Deadline } from '../clock/deadline.ts';
import type { RepeatMarks } from './repeat-marks.ts';

/**
 * One subject under one rule, found breached in an issued round (整改事项). `answered` waits for the unit's leader, `submitted` for the
 * re-check, `rechecked` for a person of the supervisor; `merged`: a later round found the same, and its case goes on with it.
 */
export const RECTIFICATION_STATES = [
  ...(['noticed', 'acknowledged', 'planned', 'answered', 'submitted', 'rechecked'] as const),
  ...(['returned', 'closed', 'merged'] as const),
] as const;
export type RectificationState = (typeof RECTIFICATION_STATES)[number];

/** The unit owes something: the clock watches only these. The leader's approval is owed too. */
export const OWING_STATES = [
  ...(['noticed', 'acknowledged', 'planned', 'answered', 'returned'] as const),
] as const;

export const RECTIFICATION_STEPS = [
  ...(['acknowledge', 'plan', 'answer', 'approve', 'sendBack', 'askExtension', 'check'] as const),
  ...(['grantExtension', 'refuseExtension', 'close', 'return', 'escalate', 'recheck'] as const),
] as const;
export type RectificationStep = (typeof RECTIFICATION_STEPS)[number];

/** What the re-check said: mended, not mended, or that a person has to look. */
export type CheckOutcome = 'met' | 'breached' | 'undetermined';

export interface RectificationCase {
  readonly id: number;
  readonly noticeId: number;
  readonly roundId: number;
  readonly period: string;
  readonly unitId: number;
  readonly unitName: string;
  readonly kind: SubjectKind;
  readonly subjectId: number;
  readonly subject: CaseSubject;
  readonly rule: CaseRule;
  readonly findingId: number;
  readonly state: RectificationState;
  /** Where a leader who sends an answer back sends it; null while nothing is answered. */
  readonly stateBefore: RectificationState | null;
  readonly noticedOn: CalendarDate;
  readonly deadline: Deadline;
  readonly policyId: number;
  readonly acknowledgedOn: CalendarDate | null;
  readonly answeredBy: Person | null;
  /** Of the first submission; late by calendar days after the deadline of that day. */
  readonly firstSubmittedOn: CalendarDate | null;
  readonly firstLateDays: number;
  readonly submittedOn: CalendarDate | null;
  readonly lateDays: number;
  readonly outcome: CheckOutcome | null;
  readonly mended: boolean | null;
  readonly closedOn: CalendarDate | null;
  readonly escalatedOn: CalendarDate | null;
  readonly returns: number;
  readonly extensions: number;
  readonly remindersIgnored: boolean;
  readonly marks: RepeatMarks;
  /** The earlier case that this one goes on with. */
  readonly continuesId: number | null;
  readonly version: number;
  readonly changedAt: Instant;
}

/** As the round's copy of the register had it. */
export interface CaseSubject {
  readonly name: string;
  /** Site code or account id. */
  readonly identity: string;
  /** The platform of an account, the home page of a site. */
  readonly place: string;
}

/** The rule as the round's ruleset had it: a re-check is bound to it. */
export interface CaseRule {
  readonly id: string;
  readonly label: string;
  readonly clause: string;
  readonly rulesetId: string;
  readonly rulesetVersion: number;
  readonly rulesetHash: string;
  readonly parameters: Readonly<Record<string, number>>;
}

const OWN: ReadonlySet<RectificationState> = new Set(OWING_STATES);

export const owes = (state: RectificationState): boolean => OWN.has(state);

export const isEnded = (state: RectificationState): boolean =>
  state === 'closed' || state === 'merged';

type Stated = Pick<RectificationCase, 'state' | 'stateBefore'>;

/** The state after a step, or null where the step is not possible. */
export function nextState(
  { state, stateBefore }: Stated,
  step: RectificationStep,
): RectificationState | null {
  switch (step) {
    case 'acknowledge':
      return state === 'noticed' ? 'acknowledged' : null;
    case 'plan':
      return ['noticed', 'acknowledged', 'planned'].includes(state) ? 'planned' : null;
    case 'answer':
      return owes(state) && state !== 'answered' ? 'answered' : null;
    case 'approve':
      return state === 'answered' ? 'submitted' : null;
    case 'sendBack':
      return state === 'answered' ? stateBefore : null;
    case 'close':
      return state === 'rechecked' ? 'closed' : null;
    case 'return':
      return state === 'rechecked' ? 'returned' : null;
    case 'recheck':
      return state === 'submitted' || state === 'rechecked' ? 'submitted' : null;
    case 'askExtension':
    case 'grantExtension':
    case 'refuseExtension':
    case 'escalate':
    case 'check':
      return owes(state) ? state : null;
  }
}

/** Where an answer that is sent back goes: what was reached before it, and at the least that the notice is known. */
export const stateBeforeAnswer = (state: RectificationState): RectificationState =>
  state === 'noticed' ? 'acknowledged' : state;

/** Who acts, as far as a step asks for it. */
export interface RectificationActor {
  readonly person: Person;
  readonly mayAnswer: boolean;
  /** The unit's leader. */
  readonly mayApprove: boolean;
  /** The supervisor. */
  readonly mayDecide: boolean;
}

export type StepRefusal = 'state' | 'forbidden' | 'samePerson';

const STAFF_STEPS: ReadonlySet<RectificationStep> = new Set([
  ...(['acknowledge', 'plan', 'answer', 'askExtension', 'check'] as const),
]);
const LEADER_STEPS: ReadonlySet<RectificationStep> = new Set(['approve', 'sendBack']);

/** Why a step is refused to somebody, or null: the permission first, then the state, then that nobody approves his own words. */
export function refuseStep(
  given: Stated & Pick<RectificationCase, 'answeredBy'>,
  step: RectificationStep,
  actor: RectificationActor,
): StepRefusal | null {
  const isAllowed = STAFF_STEPS.has(step)
    ? actor.mayAnswer || (step === 'acknowledge' && actor.mayApprove)
    : LEADER_STEPS.has(step)
      ? actor.mayApprove
      : actor.mayDecide;
  if (!isAllowed) return 'forbidden';
  if (nextState(given, step) === null) return 'state';
  const { answeredBy } = given;
  return step === 'approve' && answeredBy !== null && isSamePerson(answeredBy, actor.person)
    ? 'samePerson'
    : null;
}
