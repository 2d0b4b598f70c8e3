import { type Acting, personOf } from '../../domain/acting.ts';
import { daysBetween, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { askCheck } from '../checks/ask-check.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import type { RectificationCase } from './case.ts';
import { stateBeforeAnswer } from './case.ts';
import { lapseExtension } from './extension.repository.ts';
import { takeFiles } from './files.ts';
import { type StepInput, stepCase } from './step-case.ts';

/** Words of a unit or a supervisor about one case. */
export const WORDS_MAX = 4_000;

type Deps = Pick<RectificationDeps, 'store'>;

/** Throws {@link UserError} `rectification.words` where somebody says nothing. */
export function assertWords(note: string | undefined, what: string): void {
  const length = [...(note ?? '').trim()].length;
  if (length > 0 && length <= WORDS_MAX) return;
  throw new UserError(
    'rectification.words',
    length === 0 ? `请写明${what}。` : `${what}最多 ${WORDS_MAX} 字，现在是 ${length} 字。`,
    { field: 'note' },
  );
}

/** Whoever plans or answers knows of the notice: that acknowledges it. */
const acknowledging = (given: RectificationCase, today: string) =>
  given.acknowledgedOn === null ? { acknowledgedOn: today } : {};

/** The unit has the notice (签收). Throws {@link UserError} as a step does. */
export const acknowledgeCase = (deps: Deps, acting: Acting, input: StepInput): Promise<void> =>
  stepCase(deps, acting, 'acknowledge', input, () => ({
    change: { acknowledgedOn: shanghaiDate(input.at) },
  }));

/** How and until when the unit means to mend it. Throws {@link UserError} as a step does, and `rectification.words`. */
export const planCase = (deps: Deps, acting: Acting, input: StepInput): Promise<void> => {
  assertWords(input.note, '整改计划');
  return stepCase(deps, acting, 'plan', input, (_trx, given) => ({
    change: acknowledging(given, shanghaiDate(input.at)),
  }));
};

/** The unit's staff says what was done; the files added since the last answer belong to it. Throws {@link UserError} as a step does, and `rectification.words`. */
export const answerCase = (deps: Deps, acting: Acting, input: StepInput): Promise<void> => {
  assertWords(input.note, '整改情况');
  return stepCase(deps, acting, 'answer', input, (trx, given) => ({
    change: {
      ...acknowledging(given, shanghaiDate(input.at)),
      ...{ answeredBy: personOf(acting), stateBefore: stateBeforeAnswer(given.state) },
    },
    after: (stepId) => takeFiles(trx, given.id, stepId),
  }));
};

/**
 * The unit's leader, another person, submits the answer: a re-check is asked for, and a pending request for more time falls away. Throws
 * {@link UserError} as a step does.
 */
export const approveAnswer = (deps: Deps, acting: Acting, input: StepInput): Promise<void> =>
  stepCase(deps, acting, 'approve', input, async (trx, given) => {
    const today = shanghaiDate(input.at);
    const lateDays = Math.max(0, daysBetween(given.deadline.on, today));
    await lapseExtension(trx, given.id, input.at);
    await askCheck(trx, given.id, { purpose: 'submitted', by: personOf(acting), at: input.at });
    return {
      change: {
        ...(given.firstSubmittedOn === null
          ? { firstSubmittedOn: today, firstLateDays: lateDays }
          : {}),
        ...{ submittedOn: today, lateDays, outcome: null, ignoredInRow: 0 as const },
      },
      detail: lateDays > 0 ? { lateDays } : {},
    };
  });

/** The leader wants it written again. Throws {@link UserError} as a step does, and `rectification.words`. */
export const sendAnswerBack = (deps: Deps, acting: Acting, input: StepInput): Promise<void> => {
  assertWords(input.note, '退回的原因');
  return stepCase(deps, acting, 'sendBack', input, () => ({
    change: { answeredBy: null, stateBefore: null },
  }));
};
