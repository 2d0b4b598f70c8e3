import { type Acting, type Person, personOf } from '../../domain/acting.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { CheckOutcome } from '../cases/case.ts';
import { policyOf } from '../cases/policies.ts';
import { type StepInput, stepCase } from '../cases/step-case.ts';
import type { RectificationDb } from '../rectification-db.ts';
import type { RectificationDeps } from '../rectification-deps.ts';

/** A look again that was asked for. `submitted`: the re-check of an answer; `self`: the unit's own (自测), which changes no state. */
export interface AskedCheck {
  readonly id: number;
  readonly purpose: 'submitted' | 'self';
  readonly askedBy: string;
  readonly askedAt: Instant;
  readonly doneAt: Instant | null;
  readonly outcome: CheckOutcome | null;
  /** What was seen, or why nothing was, in Chinese. */
  readonly words: string;
  /** Of the look that it rests on; null where no machine can look. */
  readonly subjectCheckId: number | null;
}

/** Looks of one case that are shown. */
const CHECKS_MAX = 200;

export async function listChecks(db: RectificationDb, caseId: number): Promise<AskedCheck[]> {
  return db
    .selectFrom('rectification_check')
    .select(['id', 'purpose', 'asked_by as askedBy', 'asked_at as askedAt', 'outcome', 'words'])
    .select(['done_at as doneAt', 'subject_check_id as subjectCheckId'])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .limit(CHECKS_MAX)
    .execute();
}

/** Puts a look into the queue of {@link runChecks}, in the transaction that wants it. */
export async function askCheck(
  db: RectificationDb,
  caseId: number,
  asked: { readonly purpose: AskedCheck['purpose']; readonly by: Person; readonly at: Instant },
): Promise<void> {
  await db
    .insertInto('rectification_check')
    .values({
      ...{ case_id: caseId, purpose: asked.purpose, asked_on: shanghaiDate(asked.at) },
      ...{ asked_by: asked.by.name, asked_at: asked.at, claimed_at: null, not_before: null },
      done_at: null,
      ...{ outcome: null, subject_check_id: null },
    })
    .execute();
}

/**
 * The unit wants to know whether it is mended (自测), so many times a day as the policy says. Throws {@link UserError} as a step does, and
 * `rectification.checks`.
 */
export const checkNow = (
  deps: Pick<RectificationDeps, 'store'>,
  acting: Acting,
  input: StepInput,
): Promise<void> =>
  stepCase(deps, acting, 'check', input, async (trx, given) => {
    const { recheckOnDemandPerDay: most } = await policyOf(trx, given.policyId);
    const today = shanghaiDate(input.at);
    const own = await trx
      .selectFrom('rectification_check')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('case_id', '=', given.id)
      .where('purpose', '=', 'self')
      .where('asked_on', '=', today)
      .executeTakeFirstOrThrow();
    if (Number(own.count) >= most)
      throw new UserError(
        'rectification.checks',
        `这件事项今天已自测 ${most} 次；请明天再测，或直接填报整改情况。`,
        { family: 'state' },
      );
    await askCheck(trx, given.id, { purpose: 'self', by: personOf(acting), at: input.at });
    return {};
  });
