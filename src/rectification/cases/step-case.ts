import type { Transaction } from 'kysely';
import { type Acting, assertSees, may, nameOf, personOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiText } from '../../lib/pure/dates.ts';
import { invariant, UserError } from '../../lib/pure/errors.ts';
import {
  type RectificationDb,
  type RectificationTables,
  rectificationDb,
} from '../rectification-db.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import { decidedDraft, tellPeople } from '../tell-people.ts';
import { type CaseChange, findCase, lockCase, stepsOf, takeStep } from './case.repository.ts';
import {
  nextState,
  type RectificationActor,
  type RectificationCase,
  type RectificationState,
  type RectificationStep,
  refuseStep,
} from './case.ts';
import { STATE_WORDS, STEP_WORDS, wordRefusal } from './case-words.ts';

export type RectificationTrx = Transaction<RectificationTables>;

/** Throws nothing: {@link UserError} `rectification.unknown`, also for what lies outside of somebody's sight. */
export const unknownCase = (): UserError =>
  new UserError('rectification.unknown', '没有这件整改事项。');

export function rectificationActor(acting: Acting): RectificationActor {
  return {
    person: personOf(acting),
    mayAnswer: may(acting, 'rectification.answer'),
    mayApprove: may(acting, 'rectification.approve'),
    mayDecide: may(acting, 'rectification.decide'),
  };
}

/** One case as somebody may see it. Throws {@link UserError} `rectification.unknown`. */
export async function requireCase(
  db: RectificationDb,
  acting: Acting,
  caseId: number,
): Promise<RectificationCase> {
  const given = await findCase(db, caseId);
  if (given === null) throw unknownCase();
  assertSees(acting, given.unitId, unknownCase);
  return given;
}

/** What the supervisor decides is told to the unit. */
const TELLS_UNIT: ReadonlySet<RectificationStep> = new Set([
  ...(['close', 'return', 'escalate', 'grantExtension', 'refuseExtension'] as const),
]);

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
  /** For the history and the trail beside state and note. */
  readonly detail?: Readonly<Record<string, unknown>>;
  /** What belongs to the step's own line, e.g. the files of an answer. */
  readonly after?: (stepId: number) => Promise<void>;
}

/**
 * One step of a case in one transaction: the case is held, the step is asked of its state and of the person, the work is done, and
 * history and trail are written. Throws {@link UserError} `rectification.unknown`, `rectification.changed`, `rectification.state`,
 * `rectification.closed`, `rectification.same-person`, `identity.forbidden`, and what the work throws.
 */
export async function stepCase(
  { store }: Pick<RectificationDeps, 'store'>,
  acting: Acting,
  step: RectificationStep,
  input: StepInput,
  work: (
    trx: RectificationTrx,
    given: RectificationCase,
    next: RectificationState,
  ) => Promise<StepWork> | StepWork,
): Promise<void> {
  await store.transaction(async (ofStore) => {
    const trx = ofStore as unknown as RectificationTrx;
    const given = await lockCase(trx, input.caseId);
    if (given === null) throw unknownCase();
    assertSees(acting, given.unitId, unknownCase);
    if (input.version !== undefined && input.version !== given.version)
      throw await changedMeanwhile(trx, given);
    const refusal = refuseStep(given, step, rectificationActor(acting));
    if (refusal !== null) throw wordRefusal(given, step, refusal);
    const next = nextState(given, step);
    invariant(next !== null, 'a step that is not refused leads somewhere');
    const { change = {}, detail = {}, after } = await work(trx, given, next);
    const note = input.note?.trim() ?? '';
    const taken = { step, state: next, by: personOf(acting), at: input.at, note, detail };
    const stepId = await takeStep(trx, given.id, taken, change);
    await after?.(stepId);
    if (TELLS_UNIT.has(step)) await tellPeople(trx, [decidedDraft(given, step, note)], input.at);
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: `rectification.${taken.step}` },
      ...{ subject: `rectification:${given.id}`, detail: { unit: given.unitName } },
      before: { state: STATE_WORDS[given.state] },
      after: { state: STATE_WORDS[next], ...(note === '' ? {} : { note }), ...detail },
    });
  });
}

/** Somebody was quicker: who, what, when, and what is now. */
async function changedMeanwhile(
  trx: RectificationTrx,
  given: RectificationCase,
): Promise<UserError> {
  const last = (await stepsOf(rectificationDb(trx), given.id)).at(-1);
  const who =
    last === undefined
      ? '刚有改动'
      : `${last.by.name} 已在 ${shanghaiText(last.at)} ${STEP_WORDS[last.step]}`;
  return new UserError(
    'rectification.changed',
    `您打开这件整改事项之后，${who}，现在“${STATE_WORDS[given.state]}”；请刷新，看过最新内容再办。`,
    { family: 'state' },
  );
}
