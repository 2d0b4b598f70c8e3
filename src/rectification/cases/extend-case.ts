import { type Acting, personOf } from '../../domain/acting.ts';
import { type CalendarDate, isCalendarDate, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { deadlineOn, extensionLimit } from '../clock/deadline.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import { assertWords } from './answer-case.ts';
import {
  decideExtension,
  type Extension,
  insertExtension,
  pendingExtension,
} from './extension.repository.ts';
import { policyOf } from './policies.ts';
import { type RectificationTrx, type StepInput, stepCase } from './step-case.ts';

type Deps = Pick<RectificationDeps, 'store'>;

const refuse = (message: string, field = 'wishedOn'): UserError =>
  new UserError('rectification.extension', message, { family: 'state', field });

export interface AskInput extends StepInput {
  readonly wishedOn: CalendarDate;
}

/**
 * The unit asks for more time, on the deadline's day at the latest, with a reason (`note`). The clock goes on meanwhile. Throws
 * {@link UserError} as a step does, `rectification.words`, `rectification.extension`.
 */
export const askExtension = (deps: Deps, acting: Acting, input: AskInput): Promise<void> => {
  assertWords(input.note, '延期的理由');
  const { wishedOn, at } = input;
  return stepCase(deps, acting, 'askExtension', input, async (trx, given) => {
    const policy = await policyOf(trx, given.policyId);
    const { on } = given.deadline;
    const limit = extensionLimit(on, policy);
    if (shanghaiDate(at) > on)
      throw refuse(`期限 ${on} 已过，不能再申请延期；请尽快整改并反馈。`, 'caseId');
    if ((await pendingExtension(trx, given.id)) !== null)
      throw refuse('已有一个延期申请在等主管单位决定。', 'caseId');
    if (given.extensions >= policy.maxExtensions)
      throw refuse(`这件事项已延期 ${given.extensions} 次，不能再延。`, 'caseId');
    if (!isCalendarDate(wishedOn) || wishedOn <= on || wishedOn > limit)
      throw refuse(
        `希望的期限应在 ${on} 之后、不晚于 ${limit}（${policy.maxExtensionWorkdays} 个工作日）。`,
      );
    await insertExtension(trx, given.id, {
      ...{ deadlineOn: on, wishedOn, reason: input.note?.trim() ?? '', by: personOf(acting), at },
    });
    return { detail: { wishedOn } };
  });
};

async function requirePending(trx: RectificationTrx, caseId: number): Promise<Extension> {
  const pending = await pendingExtension(trx, caseId);
  if (pending === null) throw refuse('没有等着决定的延期申请。', 'caseId');
  return pending;
}

export interface GrantInput extends StepInput {
  /** As wished, or shorter. */
  readonly deadlineOn: CalendarDate;
}

/** More time: the deadline moves, and its reminders with it. Throws {@link UserError} as a step does, `rectification.extension`. */
export const grantExtension = (deps: Deps, acting: Acting, input: GrantInput): Promise<void> =>
  stepCase(deps, acting, 'grantExtension', input, async (trx, given) => {
    const pending = await requirePending(trx, given.id);
    const [on, today] = [input.deadlineOn, shanghaiDate(input.at)];
    if (!isCalendarDate(on) || on <= given.deadline.on || on > pending.wishedOn || on < today)
      throw refuse(
        `新的期限应在 ${given.deadline.on} 之后、不早于今天、不晚于申请的 ${pending.wishedOn}。`,
        'deadlineOn',
      );
    const decided = { by: personOf(acting), at: input.at, note: input.note?.trim() ?? '' };
    await decideExtension(trx, pending.id, { ...decided, grantedOn: on });
    return {
      change: { deadline: deadlineOn(on, today), extensions: given.extensions + 1 },
      detail: { deadline: on },
    };
  });

/** No more time. Throws {@link UserError} as a step does, `rectification.words`, `rectification.extension`. */
export const refuseExtension = (deps: Deps, acting: Acting, input: StepInput): Promise<void> => {
  assertWords(input.note, '不同意的理由');
  return stepCase(deps, acting, 'refuseExtension', input, async (trx, given) => {
    const pending = await requirePending(trx, given.id);
    const decided = { by: personOf(acting), at: input.at, note: input.note?.trim() ?? '' };
    await decideExtension(trx, pending.id, { ...decided, grantedOn: null });
    return {};
  });
};
