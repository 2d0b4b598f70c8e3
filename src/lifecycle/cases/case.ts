import { isSamePerson, type Person } from '../../domain/acting.ts';
import type { SubjectStatus } from '../../domain/subject.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { CaseForm } from './case-form.ts';

/**
 * What is asked for an account: 开设 a new one, 补登记 one that already runs, 变更, 暂停, 恢复, 关停, 注销. An approved case changes
 * the register; none changes it before two people agreed (国办发〔2018〕123号: 开设、变更、关停、注销备案).
 */
export const CASE_KINDS = [
  ...(['open', 'enrol', 'change', 'suspend', 'resume', 'close', 'deregister'] as const),
] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/**
 * `submitted` waits for the first approval (初审), `reviewed` for the second (终审); `approved` has both and still wants something
 * done: an opening the account's id, a closing its announcement.
 */
export const CASE_STATES = [
  ...(['draft', 'submitted', 'reviewed', 'approved', 'done'] as const),
  ...(['returned', 'rejected', 'withdrawn'] as const),
] as const;
export type CaseState = (typeof CASE_STATES)[number];

export const CASE_STEPS = [
  ...(['amend', 'submit', 'withdraw', 'review', 'takeBack', 'approve'] as const),
  ...(['return', 'reject', 'announce', 'complete', 'revoke'] as const),
] as const;
export type CaseStep = (typeof CASE_STEPS)[number];

/** How a case came about: asked for by the unit, found by discovery, or in the monthly upkeep. */
export const CASE_ORIGINS = ['application', 'discovery', 'upkeep'] as const;
export type CaseOrigin = (typeof CASE_ORIGINS)[number];

export interface AccountCase {
  readonly id: number;
  readonly kind: CaseKind;
  readonly state: CaseState;
  readonly origin: CaseOrigin;
  /** What it came from: `candidate:17`, `duty:3`; empty for an application. */
  readonly originRef: string;
  readonly unitId: number;
  readonly unitName: string;
  /** The account in the register; null for one that is not entered yet. */
  readonly accountId: number | null;
  readonly form: CaseForm;
  /** What the changed fields were when a 变更 was submitted; the status that a 关停 found when it was approved. */
  readonly before: Readonly<Record<string, unknown>> | null;
  /** What spoke against it when it was submitted; never in the way. */
  readonly warnings: readonly string[];
  readonly applicant: Person;
  readonly reviewer: Person | null;
  readonly approver: Person | null;
  readonly announcementUrl: string | null;
  readonly announcedOn: CalendarDate | null;
  /** Until when the present approval is to be given, Asia/Shanghai; null where nobody is waited for. */
  readonly dueOn: CalendarDate | null;
  readonly madeAt: Instant;
  readonly changedAt: Instant;
  /** Goes up with every step: who decides says which one he saw. */
  readonly version: number;
}

/** Where each step leads from each state; what is missing is not possible. */
const MOVES: Readonly<Record<CaseState, Partial<Record<CaseStep, CaseState>>>> = {
  draft: { amend: 'draft', submit: 'submitted', withdraw: 'withdrawn' },
  submitted: {
    ...{ review: 'reviewed', return: 'returned', reject: 'rejected' },
    withdraw: 'withdrawn',
  },
  reviewed: {
    ...{ approve: 'done', takeBack: 'submitted', return: 'returned', reject: 'rejected' },
    withdraw: 'withdrawn',
  },
  approved: { announce: 'approved', complete: 'done', revoke: 'rejected' },
  returned: { amend: 'returned', submit: 'submitted', withdraw: 'withdrawn' },
  done: {},
  rejected: {},
  withdrawn: {},
};

/** These are not over with the second approval. */
const NEEDS_COMPLETION: ReadonlySet<CaseKind> = new Set(['open', 'close']);

/** The state after a step, or null when the step is not possible in this state for this kind. */
export function nextState(
  { kind, state }: Pick<AccountCase, 'kind' | 'state'>,
  step: CaseStep,
): CaseState | null {
  if (step === 'announce' && kind !== 'close') return null;
  const next = MOVES[state][step] ?? null;
  return step === 'approve' && next === 'done' && NEEDS_COMPLETION.has(kind) ? 'approved' : next;
}

/** Who acts, as far as a step asks for it. */
export interface CaseActor {
  readonly person: Person;
  readonly unitId: number | null;
  readonly mayApply: boolean;
  readonly mayReview: boolean;
  readonly mayApprove: boolean;
}

/** Why somebody may not do a step. */
export type Refusal = 'state' | 'forbidden' | 'notOwn' | 'samePerson' | 'notReviewer';

/** Steps of the side that applied. */
const OWN_STEPS: ReadonlySet<CaseStep> = new Set([
  ...(['amend', 'submit', 'withdraw', 'announce', 'complete'] as const),
]);

/** Why a step is refused to somebody, or null: the state first, then his permission, then that nobody decides twice. */
export function refuseStep(
  given: Pick<AccountCase, 'kind' | 'state' | 'origin' | 'unitId' | 'applicant' | 'reviewer'>,
  step: CaseStep,
  actor: CaseActor,
): Refusal | null {
  if (nextState(given, step) === null) return 'state';
  const { applicant, reviewer } = given;
  if (OWN_STEPS.has(step)) {
    if (!actor.mayApply) return 'forbidden';
    // A draft that discovery made is nobody's work yet: whoever looks after the unit may fill it in.
    const isUnclaimed = given.state === 'draft' && given.origin === 'discovery';
    const isOwn = isSamePerson(actor.person, applicant) || actor.unitId === given.unitId;
    return isOwn || isUnclaimed ? null : 'notOwn';
  }
  if (step === 'takeBack') {
    if (!actor.mayReview) return 'forbidden';
    return reviewer !== null && isSamePerson(actor.person, reviewer) ? null : 'notReviewer';
  }
  // A wrong approval is mended by whoever could have given it, also by him who gave it.
  if (step === 'revoke') return actor.mayApprove ? null : 'forbidden';
  // Returning and refusing are decisions of whoever would approve now.
  const isSecond = given.state === 'reviewed';
  if (isSecond ? !actor.mayApprove : !actor.mayReview) return 'forbidden';
  if (isSamePerson(actor.person, applicant)) return 'samePerson';
  return isSecond && reviewer !== null && isSamePerson(actor.person, reviewer)
    ? 'samePerson'
    : null;
}

/** What an account must be for a case of a kind; null = no account yet. */
const NEEDS_STATUS: Readonly<Record<CaseKind, readonly SubjectStatus[] | null>> = {
  open: null,
  enrol: null,
  change: ['running', 'suspended'],
  suspend: ['running'],
  resume: ['suspended'],
  close: ['running', 'suspended'],
  deregister: ['closed', 'migrated'],
};

export const needsAccount = (kind: CaseKind): boolean => NEEDS_STATUS[kind] !== null;

export const fitsStatus = (kind: CaseKind, status: SubjectStatus): boolean =>
  NEEDS_STATUS[kind]?.includes(status) ?? false;

/** The kinds that an account of a status can be asked for. */
export const kindsFor = (status: SubjectStatus): CaseKind[] =>
  CASE_KINDS.filter((kind) => fitsStatus(kind, status));
