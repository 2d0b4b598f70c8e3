import type { AccountRecord } from '../../domain/account-record.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import {
  type AccountChange,
  changeAccount,
  enterAccount,
  findAccount,
  type RegisteredAccount,
} from '../../registry/index.ts';
import type { LifecycleDb } from '../lifecycle-db.ts';
import { type AccountCase, type CaseKind, fitsStatus } from './case.ts';
import {
  type ChangeField,
  type Changes,
  FIELD_WORDS,
  PROFILE_FIELDS,
  type ProfileField,
} from './case-form.ts';
import { KIND_WORDS, STATUS_WORDS } from './case-words.ts';

/** The account that a case of a kind is asked for. Throws {@link UserError} `account.unknown`, `case.account-status`. */
export async function requireFitting(
  db: LifecycleDb,
  kind: CaseKind,
  accountId: number,
): Promise<RegisteredAccount> {
  const account = await findAccount(db, accountId);
  if (account === null) throw new UserError('account.unknown', '没有这个账号。');
  if (!fitsStatus(kind, account.status))
    throw new UserError(
      'case.account-status',
      `账号“${account.name}”现在是“${STATUS_WORDS[account.status]}”，不能办${KIND_WORDS[kind]}。`,
      { family: 'state' },
    );
  return account;
}

const isProfile = (field: ChangeField): field is ProfileField =>
  (PROFILE_FIELDS as readonly ChangeField[]).includes(field);

/** A field of a form as the register keeps it: several words joined, nothing for empty. */
const asRecorded = (value: string | readonly string[]): string | null =>
  (typeof value === 'string' ? value : value.join('、')) || null;

/** What the fields to be changed are now, as the register keeps them. */
export function presentValues(
  account: RegisteredAccount,
  fields: readonly ChangeField[],
): Partial<Record<ChangeField, unknown>> {
  return Object.fromEntries(
    fields.map((field) => [field, isProfile(field) ? account.record[field] : account[field]]),
  );
}

/** The further columns that a form names. */
function recordOf(
  form: { readonly [Field in ProfileField]?: string | readonly string[] | undefined },
): Partial<AccountRecord> {
  return Object.fromEntries(
    PROFILE_FIELDS.flatMap((field) => {
      const value = form[field];
      return value === undefined ? [] : [[field, asRecorded(value)]];
    }),
  );
}

/** Fields of a change in the order in which people read them, however they are stored. */
export const fieldsOf = (changes: Changes): ChangeField[] =>
  (Object.keys(FIELD_WORDS) as ChangeField[]).filter((field) => changes[field] !== undefined);

/**
 * Carries an approved case into the register, from `on`; returns the account's number. Throws {@link UserError} `account.taken`,
 * `case.account-status`, `case.stale` where the register is no longer what was decided on.
 */
export async function carryOut(
  db: LifecycleDb,
  given: AccountCase,
  on: CalendarDate,
): Promise<number | null> {
  const { form } = given;
  if (form.kind === 'open' || form.kind === 'enrol') {
    const isThere = form.kind === 'enrol';
    return enterAccount(
      db,
      {
        ...{ platform: form.platform, name: form.name, sponsorId: given.unitId },
        accountId: isThere ? form.accountId : '',
        status: isThere ? 'running' : 'applied',
        record: { ...recordOf(form), ...(isThere && { openedOn: form.openedOn }) },
      },
      on,
    );
  }
  const account = await requireFitting(db, form.kind, given.accountId ?? 0);
  if (form.kind === 'change') assertStillSo(given, account, form.changes);
  await changeAccount(db, account.id, changeFor(form), on);
  return account.id;
}

const STATUS_AFTER = {
  suspend: 'suspended',
  resume: 'running',
  close: 'closing',
  deregister: 'deregistered',
} as const;

function changeFor(form: Exclude<AccountCase['form'], { kind: 'open' | 'enrol' }>): AccountChange {
  if (form.kind !== 'change') return { status: STATUS_AFTER[form.kind] };
  const { name, accountId, sponsorId } = form.changes;
  return {
    ...(name !== undefined && { name }),
    ...(accountId !== undefined && { accountId }),
    ...(sponsorId !== undefined && { sponsorId }),
    record: recordOf(form.changes),
  };
}

/** What was decided on is what there still is. */
function assertStillSo(given: AccountCase, account: RegisteredAccount, changes: Changes): void {
  const fields = fieldsOf(changes);
  const now = presentValues(account, fields);
  const differing = fields.filter(
    (field) => JSON.stringify(now[field]) !== JSON.stringify(given.before?.[field]),
  );
  if (differing.length === 0) return;
  throw new UserError(
    'case.stale',
    `申请提交之后，名录里的${differing.map((field) => FIELD_WORDS[field]).join('、')}又变了；请退回，由申请单位核对后再提交。`,
    { family: 'state' },
  );
}

/** The second half of an opening or a closing: the account runs, or is closed. */
export async function carryThrough(
  db: LifecycleDb,
  given: AccountCase,
  accountId: string,
  on: CalendarDate,
): Promise<void> {
  const change: AccountChange =
    given.kind === 'open'
      ? { status: 'running', accountId, record: { openedOn: on } }
      : { status: 'closed', record: { closedOn: on } };
  await changeAccount(db, given.accountId ?? 0, change, on);
}

/**
 * Takes back in the register what an approval that is not completed did: a closing account is what it was, one that was never opened
 * is closed.
 */
export async function carryBack(
  db: LifecycleDb,
  given: AccountCase,
  on: CalendarDate,
): Promise<void> {
  const was = given.before?.status as AccountChange['status'];
  const status = given.kind === 'close' && was !== undefined ? was : 'closed';
  await changeAccount(db, given.accountId ?? 0, { status }, on);
}
