import { type Acting, assertMay, assertSees, nameOf, personOf } from '../../domain/acting.ts';
import { addWorkdaysOrWeekdays } from '../../domain/workday.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { findAccount, loadUnitTree } from '../../registry/index.ts';
import { type LifecycleDb, lifecycleDb } from '../lifecycle-db.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import { insertCase, takeStep } from './case.repository.ts';
import { type CaseOrigin, needsAccount } from './case.ts';
import { listCaseFiles } from './case-files.ts';
import { CaseForm, FORM_WORDS } from './case-form.ts';
import { fieldsOf, presentValues, requireFitting } from './case-register.ts';
import { readSurroundings } from './case-surroundings.ts';
import { warningsOf } from './case-warnings.ts';
import { KIND_WORDS } from './case-words.ts';
import { type StepInput, stepCase } from './step-case.ts';

export interface ApplyInput {
  /** For a new account: its sponsor. */
  readonly unitId: number | null;
  /** For everything else: the account in the register. */
  readonly accountId: number | null;
  /** The monthly upkeep in which it was found. */
  readonly dutyId: number | null;
  readonly form: CaseForm;
  readonly at: Instant;
}

/**
 * A draft of a case, for a unit or an account within one's sight; returns its number. Nobody is asked before it is submitted. Throws
 * {@link UserError} `identity.forbidden`, `unit.unknown`, `account.unknown`, `case.subject`, `case.account-status`.
 */
export async function applyCase(
  deps: LifecycleDeps,
  acting: Acting,
  input: ApplyInput,
): Promise<{ readonly id: number }> {
  assertMay(acting, 'case.apply');
  return deps.store.transaction(async (trx) => {
    const db = lifecycleDb(trx);
    const { unitId, accountId } = await subjectOf(db, acting, input);
    await assertTarget(db, acting, input.form);
    const id = await draftCase(db, acting, {
      ...{ unitId, accountId, form: input.form, at: input.at, dueOn: null },
      ...(await originOf(db, input.dutyId, accountId)),
    });
    return { id };
  });
}

async function originOf(
  db: LifecycleDb,
  dutyId: number | null,
  accountId: number | null,
): Promise<{ origin: CaseOrigin; originRef: string }> {
  if (dutyId === null) return { origin: 'application', originRef: '' };
  const item = await db
    .selectFrom('upkeep_item')
    .select('duty_id')
    .where('duty_id', '=', dutyId)
    .where('kind', '=', 'account')
    .where('subject_id', '=', accountId ?? 0)
    .executeTakeFirst();
  if (item === undefined)
    throw new UserError('upkeep.unknown', '这个账号不在那一项每月维护里。', { field: 'dutyId' });
  return { origin: 'upkeep', originRef: `duty:${dutyId}` };
}

/** Writes a draft and its first lines in both trails. */
export async function draftCase(
  db: LifecycleDb,
  acting: Acting,
  given: Omit<Parameters<typeof insertCase>[1], 'kind' | 'applicant' | 'origin'> & {
    readonly origin: CaseOrigin;
  },
): Promise<number> {
  const { form, at } = given;
  const by = personOf(acting);
  const id = await insertCase(db, { ...given, kind: form.kind, applicant: by });
  await takeStep(db, id, { step: 'draft', state: 'draft', by, at, note: '' });
  await recordAudit(db, {
    actor: nameOf(acting),
    action: 'case.draft',
    subject: `case:${id}`,
    detail: { kind: form.kind, origin: given.origin },
    before: null,
    after: { kind: KIND_WORDS[form.kind], unitId: given.unitId, account: nameIn(given) },
  });
  return id;
}

/** What the case is about, for the trail: a new account by its name, another by its number. */
const nameIn = ({ form, accountId }: Pick<ApplyInput, 'form' | 'accountId'>): string =>
  form.kind === 'open' || form.kind === 'enrol'
    ? `${form.platform} ${form.name}`
    : `编号 ${accountId}`;

async function subjectOf(
  db: LifecycleDb,
  acting: Acting,
  { unitId, accountId, form }: ApplyInput,
): Promise<{ unitId: number; accountId: number | null }> {
  if (needsAccount(form.kind) ? accountId === null : unitId === null || accountId !== null)
    throw new UserError(
      'case.subject',
      needsAccount(form.kind)
        ? `${KIND_WORDS[form.kind]}要指明名录里的账号。`
        : `${KIND_WORDS[form.kind]}要指明代表主体，不指明账号。`,
      { field: needsAccount(form.kind) ? 'accountId' : 'unitId' },
    );
  if (accountId === null) {
    const unknown = (): UserError =>
      new UserError('unit.unknown', '没有这个单位。', { field: 'unitId' });
    assertSees(acting, unitId!, unknown);
    if ((await loadUnitTree(db)).get(unitId!) === undefined) throw unknown();
    return { unitId: unitId!, accountId: null };
  }
  const unknown = (): UserError => new UserError('account.unknown', '没有这个账号。');
  const account = await findAccount(db, accountId);
  if (account === null) throw unknown();
  assertSees(acting, account.sponsorId, unknown);
  await requireFitting(db, form.kind, accountId);
  return { unitId: account.sponsorId, accountId };
}

/** A new sponsor is within one's sight as well: nobody hands his account to a unit that he does not know. */
async function assertTarget(db: LifecycleDb, acting: Acting, form: CaseForm): Promise<void> {
  if (form.kind !== 'change' || form.changes.sponsorId === undefined) return;
  const unknown = (): UserError =>
    new UserError('unit.unknown', '没有这个单位。', { field: 'form' });
  assertSees(acting, form.changes.sponsorId, unknown);
  if ((await loadUnitTree(db)).get(form.changes.sponsorId) === undefined) throw unknown();
}

/** Changes the form of a draft or of a returned case. Throws {@link UserError} as a step does, and `case.kind`. */
export function amendCase(
  deps: LifecycleDeps,
  acting: Acting,
  input: StepInput & { readonly form: CaseForm },
): Promise<void> {
  return stepCase(deps, acting, 'amend', input, async (trx, given) => {
    if (input.form.kind !== given.kind)
      throw new UserError('case.kind', '事项的种类不能改；请撤回，另办一件。', { field: 'form' });
    await assertTarget(trx, acting, input.form);
    return { change: { form: input.form } };
  });
}

/**
 * Submits a case: from now on it waits for the first approval. What speaks against it is noted, and stands in nobody's way. Throws
 * {@link UserError} as a step does, and `case.incomplete`, `case.proof`, `case.under-way`, `account.unknown`, `case.account-status`.
 */
export function submitCase(deps: LifecycleDeps, acting: Acting, input: StepInput): Promise<void> {
  const today = shanghaiDate(input.at);
  return stepCase(deps, acting, 'submit', input, async (trx, given) => {
    const form = completeForm(given.form);
    const account =
      given.accountId === null ? null : await requireFitting(trx, form.kind, given.accountId);
    if (given.accountId !== null) await assertAlone(trx, given.accountId);
    const files = await listCaseFiles(trx, given.id);
    if (form.kind === 'deregister' && !files.some(({ purpose }) => purpose === 'proof'))
      throw new UserError('case.proof', '注销要附平台的注销证明（截图或回执）；请先上传。');
    const before =
      form.kind === 'change' && account !== null
        ? presentValues(account, fieldsOf(form.changes))
        : null;
    const around = await readSurroundings(trx, given, today, deps.lifecycle.announceDays);
    const warnings = warningsOf(form, around);
    return {
      change: {
        ...{ before, warnings, applicant: personOf(acting), reviewer: null, approver: null },
        dueOn: addWorkdaysOrWeekdays(today, deps.lifecycle.reviewWorkdays),
      },
      audited: { warnings },
    };
  });
}

/** Drafts that came from elsewhere lack what only the unit knows. */
function completeForm(form: CaseForm): CaseForm {
  const parsed = CaseForm.safeParse(form);
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map(({ path }) => String(path.at(0) ?? '')))];
  throw new UserError(
    'case.incomplete',
    `还没有填全：${fields.map((field) => FORM_WORDS[field] ?? field).join('、')}。`,
    { field: 'form', details: fields },
  );
}

async function assertAlone(db: LifecycleDb, accountId: number): Promise<void> {
  const other = await db
    .selectFrom('account_case')
    .select(['id', 'kind'])
    .where('account_id', '=', accountId)
    .where('state', 'in', ['submitted', 'reviewed', 'approved'])
    .executeTakeFirst();
  if (other)
    throw new UserError(
      'case.under-way',
      `这个账号的${KIND_WORDS[other.kind]}（第 ${other.id} 号）还没有办完；请等它办完，或先撤回它。`,
      { family: 'state' },
    );
}
