import type { Transaction } from 'kysely';
import { type Acting, assertSees, may, nameOf, personOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiText } from '../../lib/pure/dates.ts';
import { invariant, UserError } from '../../lib/pure/errors.ts';
import { type LifecycleDb, type LifecycleTables, lifecycleDb } from '../lifecycle-db.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import { type CaseChange, findCase, lockCase, stepsOf, takeStep } from './case.repository.ts';
import {
  type AccountCase,
  type CaseActor,
  type CaseState,
  type CaseStep,
  nextState,
  refuseStep,
} from './case.ts';
import { STATE_WORDS, STEP_WORDS, wordRefusal } from './case-words.ts';

export type LifecycleTrx = Transaction<LifecycleTables>;

/** Throws {@link UserError} `case.unknown`, also for what lies outside of somebody's sight. */
export const unknownCase = (): UserError => new UserError('case.unknown', '没有这件事项。');

export function caseActorOf(acting: Acting): CaseActor {
  return {
    person: personOf(acting),
    unitId: typeof acting === 'string' ? null : acting.unitId,
    mayApply: may(acting, 'case.apply'),
    mayReview: may(acting, 'case.review'),
    mayApprove: may(acting, 'case.approve'),
  };
}

/** One case as somebody may see it. Throws {@link UserError} `case.unknown`. */
export async function requireCase(
  db: LifecycleDb,
  acting: Acting,
  caseId: number,
): Promise<AccountCase> {
  const given = await findCase(db, caseId);
  if (given === null) throw unknownCase();
  assertSees(acting, given.unitId, unknownCase);
  return given;
}

export interface StepInput {
  readonly caseId: number;
  readonly at: Instant;
  /** The version that somebody decided on; another one is refused. */
  readonly version?: number | undefined;
  readonly note?: string | undefined;
}

/** What a step does beside moving the case. */
export interface StepWork {
  readonly change?: CaseChange;
  /** For the trail beside state and note. */
  readonly audited?: Readonly<Record<string, unknown>>;
}

/**
 * One step of a case in one transaction: the case is held, the step is asked of its state and of the person, the work is done, and both
 * trails are written. Throws {@link UserError} `case.unknown`, `case.changed`, `case.state`, `case.same-person`, `identity.forbidden`,
 * and what the work throws.
 */
export async function stepCase(
  { store }: LifecycleDeps,
  acting: Acting,
  step: CaseStep,
  input: StepInput,
  work: (trx: LifecycleTrx, given: AccountCase, next: CaseState) => Promise<StepWork>,
): Promise<void> {
  await store.transaction(async (any) => {
    const trx = any as unknown as LifecycleTrx;
    const given = await lockCase(trx, input.caseId);
    if (given === null) throw unknownCase();
    assertSees(acting, given.unitId, unknownCase);
    if (input.version !== undefined && input.version !== given.version)
      throw await changedMeanwhile(trx, given);
    const refusal = refuseStep(given, step, caseActorOf(acting));
    if (refusal !== null) throw wordRefusal(given, step, refusal);
    const next = nextState(given, step);
    invariant(next !== null, 'a step that is not refused leads somewhere');
    const { change = {}, audited = {} } = await work(trx, given, next);
    const note = input.note?.trim() ?? '';
    const taken = { step, state: next, by: personOf(acting), at: input.at, note };
    await takeStep(trx, given.id, taken, change);
    await recordAudit(trx, {
      actor: nameOf(acting),
      action: `case.${step}`,
      subject: `case:${given.id}`,
      detail: { kind: given.kind },
      before: { state: STATE_WORDS[given.state] },
      after: { state: STATE_WORDS[next], ...(note === '' ? {} : { note }), ...audited },
    });
  });
}

/** Somebody was quicker: who, when, and what is now. */
async function changedMeanwhile(trx: LifecycleTrx, given: AccountCase): Promise<UserError> {
  const last = (await stepsOf(lifecycleDb(trx), given.id)).at(-1);
  const who =
    last === undefined
      ? '刚有改动'
      : `${last.by.name} 已在 ${shanghaiText(last.at)} ${STEP_WORDS[last.step]}`;
  return new UserError(
    'case.changed',
    `您打开这件事项之后，${who}，现在“${STATE_WORDS[given.state]}”；请刷新，看过最新内容再办。`,
    { family: 'state' },
  );
}
