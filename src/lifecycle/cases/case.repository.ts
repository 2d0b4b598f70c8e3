import { type Selectable, sql } from 'kysely';
import type { Person } from '../../domain/acting.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { LifecycleDb, LifecycleTables } from '../lifecycle-db.ts';
import type { AccountCase, CaseState, CaseStep } from './case.ts';
import type { CaseForm } from './case-form.ts';

type Row = Selectable<LifecycleTables['account_case']> & { unit_name: string };

function caseOf(row: Row): AccountCase {
  const person = (name: string | null, userId: number | null): Person | null =>
    name === null ? null : { name, userId };
  return {
    ...{ id: row.id, kind: row.kind, state: row.state, origin: row.origin },
    ...{ originRef: row.origin_ref, unitId: row.unit_id, unitName: row.unit_name },
    ...{ accountId: row.account_id, form: row.form as unknown as CaseForm },
    before: row.before as unknown as AccountCase['before'],
    warnings: row.warnings as unknown as readonly string[],
    applicant: { name: row.applied_by, userId: row.applied_by_id },
    reviewer: person(row.reviewed_by, row.reviewed_by_id),
    approver: person(row.approved_by, row.approved_by_id),
    ...{ announcementUrl: row.announcement_url, announcedOn: row.announced_on },
    ...{ dueOn: row.due_on, madeAt: row.made_at, changedAt: row.changed_at },
    version: row.version,
  };
}

const selectCases = (db: LifecycleDb) =>
  db
    .selectFrom('account_case')
    .innerJoin('unit', 'unit.id', 'account_case.unit_id')
    .selectAll('account_case')
    .select('unit.name as unit_name');

export async function findCase(db: LifecycleDb, id: number): Promise<AccountCase | null> {
  const row = await selectCases(db).where('account_case.id', '=', id).executeTakeFirst();
  return row === undefined ? null : caseOf(row as Row);
}

/** The same, held until the transaction ends: of two who decide at once the second sees what the first did. */
export async function lockCase(db: LifecycleDb, id: number): Promise<AccountCase | null> {
  await sql`select 1 from account_case where id = ${id} for update`.execute(db);
  return findCase(db, id);
}

export async function casesByIds(
  db: LifecycleDb,
  ids: readonly number[],
): Promise<readonly AccountCase[]> {
  if (ids.length === 0) return [];
  const rows = await selectCases(db)
    .where('account_case.id', 'in', [...ids])
    .execute();
  const byId = new Map(rows.map((row) => [row.id, caseOf(row as Row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export type NewCase = Pick<
  AccountCase,
  'kind' | 'origin' | 'originRef' | 'unitId' | 'accountId' | 'form' | 'applicant' | 'dueOn'
> & { readonly at: Instant };

/** A draft; returns its number. */
export async function insertCase(db: LifecycleDb, given: NewCase): Promise<number> {
  const { kind, origin, originRef, unitId, accountId, form, applicant, dueOn, at } = given;
  const { id } = await db
    .insertInto('account_case')
    .values({
      ...{ kind, state: 'draft', origin, origin_ref: originRef, unit_id: unitId },
      ...{ account_id: accountId, form: JSON.stringify(form), before: null, warnings: '[]' },
      ...{ applied_by: applicant.name, applied_by_id: applicant.userId, due_on: dueOn },
      ...{ made_at: at, changed_at: at, version: 1 },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** What a step changes beside the state; what is not named stays. */
export type CaseChange = Partial<
  Pick<
    AccountCase,
    | 'form'
    | 'before'
    | 'warnings'
    | 'accountId'
    | 'applicant'
    | 'reviewer'
    | 'approver'
    | 'announcementUrl'
    | 'announcedOn'
    | 'dueOn'
  >
>;

/** A step as the trail keeps it. */
export interface TakenStep {
  /** `draft`: that it was made. */
  readonly step: CaseStep | 'draft';
  readonly state: CaseState;
  readonly by: Person;
  readonly at: Instant;
  readonly note: string;
}

/** Writes a step: the case as it is from now on, and the line of its trail. */
export async function takeStep(
  db: LifecycleDb,
  caseId: number,
  { step, state, by, at, note }: TakenStep,
  change: CaseChange = {},
): Promise<void> {
  await db
    .updateTable('account_case')
    .set({
      ...columnsOf(change),
      ...{ state, changed_at: at, version: sql<number>`version + 1` },
    })
    .where('id', '=', caseId)
    .execute();
  await db
    .insertInto('account_case_step')
    .values({ case_id: caseId, step, state, by_name: by.name, by_id: by.userId, at, note })
    .execute();
}

function columnsOf(change: CaseChange): Record<string, unknown> {
  const { form, before, warnings, applicant, reviewer, approver } = change;
  const { accountId, announcementUrl, announcedOn, dueOn } = change;
  const columns = {
    form: form && JSON.stringify(form),
    before: before && JSON.stringify(before),
    warnings: warnings && JSON.stringify(warnings),
    account_id: accountId,
    ...(applicant && { applied_by: applicant.name, applied_by_id: applicant.userId }),
    ...(reviewer !== undefined && personColumns('reviewed', reviewer)),
    ...(approver !== undefined && personColumns('approved', approver)),
    announcement_url: announcementUrl,
    announced_on: announcedOn,
    due_on: dueOn,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

const personColumns = (prefix: string, person: Person | null): Record<string, unknown> => ({
  [`${prefix}_by`]: person?.name ?? null,
  [`${prefix}_by_id`]: person?.userId ?? null,
});

/** The trail of a case, oldest first. */
export async function stepsOf(db: LifecycleDb, caseId: number): Promise<TakenStep[]> {
  const rows = await db
    .selectFrom('account_case_step')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('id')
    .limit(STEPS_MAX)
    .execute();
  return rows.map(({ step, state, by_name, by_id, at, note }) => ({
    ...{ step: step as TakenStep['step'], state, by: { name: by_name, userId: by_id }, at, note },
  }));
}

/** A case goes to and fro some times; what goes on for longer is read in the audit trail. */
const STEPS_MAX = 200;
