import { type Acting, personOf } from '../../domain/acting.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { askCheck } from '../checks/ask-check.ts';
import { deadlineAfter } from '../clock/deadline.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import { assertWords } from './answer-case.ts';
import { policyOf } from './policies.ts';
import { type StepInput, stepCase } from './step-case.ts';

type Deps = Pick<RectificationDeps, 'store'>;

export interface CloseInput extends StepInput {
  /** Whether it is mended; what the machine saw as mended is. */
  readonly mended: boolean;
}

/**
 * A person of the supervisor ends a case. Where the re-check did not see it mended, a reason says why it is closed all the same. Throws
 * {@link UserError} as a step does, and `rectification.words`.
 */
export const closeCase = (deps: Deps, acting: Acting, input: CloseInput): Promise<void> =>
  stepCase(deps, acting, 'close', input, (_trx, { outcome }) => {
    if (outcome !== 'met') assertWords(input.note, '复核没有显示已改正仍办结的理由');
    const mended = outcome === 'met' || input.mended;
    return {
      change: { mended, closedOn: shanghaiDate(input.at) },
      detail: { outcome, mended },
    };
  });

/** Back to the unit, with words and a new deadline. Throws {@link UserError} as a step does, and `rectification.words`. */
export const returnCase = (deps: Deps, acting: Acting, input: StepInput): Promise<void> => {
  assertWords(input.note, '退回的原因');
  return stepCase(deps, acting, 'return', input, async (trx, given) => {
    const { returnWorkdays } = await policyOf(trx, given.policyId);
    const deadline = deadlineAfter(shanghaiDate(input.at), returnWorkdays);
    return {
      change: {
        ...{ deadline, returns: given.returns + 1 },
        ...{ answeredBy: null, stateBefore: null, outcome: null },
      },
      detail: { deadline: deadline.on, provisional: deadline.provisional },
    };
  });
};

/** The supervisor takes a case up before the clock does; once a deadline. Throws {@link UserError} as a step does, `rectification.words`, `rectification.escalated`. */
export const escalateCase = (deps: Deps, acting: Acting, input: StepInput): Promise<void> => {
  assertWords(input.note, '升级督办的原因');
  return stepCase(deps, acting, 'escalate', input, async (trx, given) => {
    const { on } = given.deadline;
    const row = await trx
      .selectFrom('rectification_case')
      .select('escalated_deadline')
      .where('id', '=', given.id)
      .executeTakeFirstOrThrow();
    if (row.escalated_deadline === on)
      throw new UserError('rectification.escalated', '这一期限已经升级督办过了。', {
        family: 'state',
      });
    return { change: { escalated: { on: shanghaiDate(input.at), deadline: on } } };
  });
};

/** The supervisor wants the machine to look once more. Throws {@link UserError} as a step does. */
export const recheckCase = (deps: Deps, acting: Acting, input: StepInput): Promise<void> =>
  stepCase(deps, acting, 'recheck', input, async (trx, given) => {
    await askCheck(trx, given.id, { purpose: 'submitted', by: personOf(acting), at: input.at });
    return { change: { outcome: null } };
  });
