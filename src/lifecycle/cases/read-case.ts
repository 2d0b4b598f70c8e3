import { type Acting, assertSees } from '../../domain/acting.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { findAccount, loadUnitTree, type RegisteredAccount } from '../../registry/index.ts';
import { type LifecycleDb, lifecycleDb } from '../lifecycle-db.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import { stepsOf, type TakenStep } from './case.repository.ts';
import { type AccountCase, CASE_STEPS, type CaseStep, refuseStep } from './case.ts';
import { type CaseFile, listCaseFiles } from './case-files.ts';
import { type ChangeField, FIELD_WORDS } from './case-form.ts';
import { fieldsOf, presentValues } from './case-register.ts';
import { readSurroundings } from './case-surroundings.ts';
import { warningsOf } from './case-warnings.ts';
import { wordRefusal } from './case-words.ts';
import { type ClosingNotice, closingNotice } from './closing-notice.ts';
import { closableOn } from './finish-case.ts';
import { caseActorOf, requireCase } from './step-case.ts';

/** A field before and after, as people read them. */
export interface FieldDifference {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

export interface CaseView {
  readonly given: AccountCase;
  readonly account: RegisteredAccount | null;
  readonly steps: readonly TakenStep[];
  readonly files: readonly CaseFile[];
  /** Computed now while it is undecided; afterwards as it was when it was submitted. */
  readonly warnings: readonly string[];
  readonly differences: readonly FieldDifference[];
  readonly notice: ClosingNotice | null;
  /** The day from which an announced closing may be carried out without a further word. */
  readonly closableOn: string | null;
  /** Why whoever asks may not take a step, by step; null = he may. Steps that the state does not have are left out. */
  readonly mayStep: readonly { readonly step: CaseStep; readonly whyNot: string | null }[];
}

/** One case whole. Throws {@link UserError} `case.unknown`. */
export async function readCase(
  { store, lifecycle }: LifecycleDeps,
  acting: Acting,
  caseId: number,
  at: Instant,
): Promise<CaseView> {
  const db = lifecycleDb(store.db);
  const given = await requireCase(db, acting, caseId);
  const account = given.accountId === null ? null : await findAccount(db, given.accountId);
  const today = shanghaiDate(at);
  const isUndecided = ['draft', 'returned', 'submitted', 'reviewed'].includes(given.state);
  const around = await readSurroundings(db, given, today, lifecycle.announceDays);
  return {
    ...{ given, account },
    steps: await stepsOf(db, caseId),
    files: await listCaseFiles(db, caseId),
    warnings: isUndecided ? warningsOf(given.form, around) : given.warnings,
    differences: await differencesOf(db, given, account),
    notice: noticeOf(given, account, today),
    closableOn: given.announcedOn && closableOn(given.announcedOn, lifecycle.announceDays),
    mayStep: stepsFor(given, acting),
  };
}

function stepsFor(given: AccountCase, acting: Acting): CaseView['mayStep'] {
  const actor = caseActorOf(acting);
  return CASE_STEPS.flatMap((step) => {
    const refusal = refuseStep(given, step, actor);
    if (refusal === 'state') return [];
    return [{ step, whyNot: refusal && wordRefusal(given, step, refusal).message }];
  });
}

function noticeOf(
  { form, announcedOn }: AccountCase,
  account: RegisteredAccount | null,
  today: string,
): ClosingNotice | null {
  if (form.kind !== 'close' || account === null) return null;
  return closingNotice(account, form, announcedOn ?? today);
}

/** The notice of a closing. Throws {@link UserError} `case.unknown`, `case.no-notice`. */
export async function readNotice(
  deps: LifecycleDeps,
  acting: Acting,
  caseId: number,
  at: Instant,
): Promise<ClosingNotice> {
  const { notice } = await readCase(deps, acting, caseId, at);
  if (notice === null)
    throw new UserError('case.no-notice', '只有关停才有公告。', { family: 'state' });
  return notice;
}

async function differencesOf(
  db: LifecycleDb,
  { form, before }: AccountCase,
  account: RegisteredAccount | null,
): Promise<FieldDifference[]> {
  if (form.kind !== 'change') return [];
  const fields = fieldsOf(form.changes);
  const from = before ?? (account === null ? {} : presentValues(account, fields));
  const tree = fields.includes('sponsorId') ? await loadUnitTree(db) : null;
  const words = (field: ChangeField, value: unknown): string => {
    if (value === null || value === undefined) return '';
    if (field === 'sponsorId') return tree?.get(Number(value))?.name ?? String(value);
    return Array.isArray(value) ? value.join('、') : String(value);
  };
  return fields.map((field) => ({
    field: FIELD_WORDS[field],
    from: words(field, from[field]),
    to: words(field, form.changes[field]),
  }));
}

/** What of an account a 变更 may change, as it is now. Throws {@link UserError} `account.unknown`. */
export async function readChangeable(
  { store }: LifecycleDeps,
  acting: Acting,
  accountId: number,
): Promise<RegisteredAccount> {
  const unknown = (): UserError => new UserError('account.unknown', '没有这个账号。');
  const account = await findAccount(store.db, accountId);
  if (account === null) throw unknown();
  assertSees(acting, account.sponsorId, unknown);
  return account;
}
