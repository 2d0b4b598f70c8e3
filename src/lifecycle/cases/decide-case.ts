import { type Acting, personOf } from '../../domain/acting.ts';
import { addWorkdaysOrWeekdays } from '../../domain/workday.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { findAccount } from '../../registry/index.ts';
import { lifecycleDb } from '../lifecycle-db.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import { carryBack, carryOut } from './case-register.ts';
import { requireCase, type StepInput, stepCase } from './step-case.ts';

export const DECISIONS = ['approve', 'return', 'reject'] as const;
export type Decision = (typeof DECISIONS)[number];

/** Decides on a version that was seen. */
export interface DecisionInput extends StepInput {
  readonly version: number;
  readonly decision: Decision;
  readonly note: string;
}

/**
 * Approves, returns or refuses a case. The first approval is a manager's (or a supervisor's), the second one of the supervising office,
 * by another person each; the second carries the case into the register. Throws {@link UserError} as a step does, `case.note` for a
 * return or refusal without a reason, and what {@link carryOut} throws.
 */
export async function decideCase(
  deps: LifecycleDeps,
  acting: Acting,
  input: DecisionInput,
): Promise<void> {
  const { decision } = input;
  if (decision !== 'approve') {
    if (input.note.trim() === '')
      throw new UserError('case.note', '退回和不予批准要写明理由。', { field: 'note' });
    return stepCase(deps, acting, decision, input, async () => ({ change: { dueOn: null } }));
  }
  const { state } = await requireCase(lifecycleDb(deps.store.db), acting, input.caseId);
  return state === 'reviewed' ? approve(deps, acting, input) : review(deps, acting, input);
}

function review(deps: LifecycleDeps, acting: Acting, input: DecisionInput): Promise<void> {
  const dueOn = addWorkdaysOrWeekdays(shanghaiDate(input.at), deps.lifecycle.approveWorkdays);
  return stepCase(deps, acting, 'review', input, async () => ({
    change: { reviewer: personOf(acting), dueOn },
  }));
}

function approve(deps: LifecycleDeps, acting: Acting, input: DecisionInput): Promise<void> {
  return stepCase(deps, acting, 'approve', input, async (trx, given) => {
    const found = given.kind === 'close' ? await findAccount(trx, given.accountId ?? 0) : null;
    const accountId = await carryOut(trx, given, shanghaiDate(input.at));
    const account = await findAccount(trx, accountId ?? 0);
    return {
      change: {
        ...{ approver: personOf(acting), dueOn: null, accountId },
        ...(found && { before: { status: found.status } }),
      },
      audited: { account: account && `${account.platform} ${account.name}` },
    };
  });
}

/** Takes the first approval back before the second was given. Throws {@link UserError} as a step does. */
export function takeBackReview(
  deps: LifecycleDeps,
  acting: Acting,
  input: StepInput,
): Promise<void> {
  const dueOn = addWorkdaysOrWeekdays(shanghaiDate(input.at), deps.lifecycle.reviewWorkdays);
  return stepCase(deps, acting, 'takeBack', input, async () => ({
    change: { reviewer: null, dueOn },
  }));
}

/**
 * Revokes an approval that is not completed: a closing that was approved by mistake, an opening that never came about. The register is
 * set back, with its history. Throws {@link UserError} as a step does, and `case.note` without a reason.
 */
export function revokeApproval(
  deps: LifecycleDeps,
  acting: Acting,
  input: StepInput & { readonly note: string },
): Promise<void> {
  return stepCase(deps, acting, 'revoke', input, async (trx, given) => {
    if (input.note.trim() === '')
      throw new UserError('case.note', '撤销批准要写明理由。', { field: 'note' });
    await carryBack(trx, given, shanghaiDate(input.at));
    return {};
  });
}

/** Takes an application back before it was approved, for good. Throws {@link UserError} as a step does. */
export function withdrawCase(deps: LifecycleDeps, acting: Acting, input: StepInput): Promise<void> {
  return stepCase(deps, acting, 'withdraw', input, async () => ({ change: { dueOn: null } }));
}
