import type { Kysely } from 'kysely';
import { type Acting, assertMay, assertSees } from '../../domain/acting.ts';
import { addWorkdaysOrWeekdays } from '../../domain/workday.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { loadUnitTree } from '../../registry/index.ts';
import { lifecycleDb } from '../lifecycle-db.ts';
import type { LifecyclePolicy } from '../lifecycle-policy.ts';
import { draftCase } from './apply-case.ts';

export interface AdoptInput {
  /** The unit that is to answer for the account. */
  readonly unitId: number;
  readonly platform: string;
  readonly name: string;
  /** As the platform has it; empty when only a name or an opaque picture was found. */
  readonly accountId: string;
  readonly homeLink: string;
  /** What it came from, `candidate:17`: kept with the case. */
  readonly originRef: string;
  /** Where it was found, in words for the unit. */
  readonly reason: string;
  readonly at: Instant;
}

/** As the form has them; a page's caption may be longer. */
const LIMITS = { platform: 50, name: 200, accountId: 200, reason: 1000 } as const;

/**
 * Adopts an account that runs outside of the register: a draft of a 补登记 case for its unit, which fills in who answers for it and
 * submits it; then two people decide as of any other. Inside the caller's transaction; the same origin again gives the same case.
 * Throws {@link UserError} `identity.forbidden`, `unit.unknown`.
 */
export async function adoptAccount<Tables>(
  trx: Kysely<Tables>,
  policy: Pick<LifecyclePolicy, 'reviewWorkdays'>,
  acting: Acting,
  input: AdoptInput,
): Promise<{ readonly caseId: number }> {
  assertMay(acting, 'case.apply');
  const db = lifecycleDb(trx);
  const unknown = (): UserError =>
    new UserError('unit.unknown', '没有这个单位。', { field: 'unitId' });
  assertSees(acting, input.unitId, unknown);
  if ((await loadUnitTree(db)).get(input.unitId) === undefined) throw unknown();
  const known = await db
    .selectFrom('account_case')
    .select('id')
    .where('origin', '=', 'discovery')
    .where('origin_ref', '=', input.originRef)
    .where('state', 'not in', ['withdrawn', 'rejected'])
    .executeTakeFirst();
  if (known) return { caseId: known.id };
  const caseId = await draftCase(db, acting, {
    ...{ unitId: input.unitId, accountId: null, at: input.at },
    ...{ origin: 'discovery', originRef: input.originRef },
    dueOn: addWorkdaysOrWeekdays(shanghaiDate(input.at), policy.reviewWorkdays),
    form: {
      kind: 'enrol',
      platform: input.platform.slice(0, LIMITS.platform),
      name: input.name.slice(0, LIMITS.name),
      accountId: input.accountId.slice(0, LIMITS.accountId),
      ...{ functions: [], leader: '', responsible: '', contact: '', phone: '' },
      ...{ homeLink: input.homeLink, openedOn: null },
      reason: input.reason.slice(0, LIMITS.reason),
    },
  });
  return { caseId };
}
