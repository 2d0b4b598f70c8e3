import type { Kysely } from 'kysely';
import { type AccountIdentity, identityOf } from '../../domain/account-identity.ts';
import {
  type AccountRecord,
  maskPersonal,
  RECORD_FIELD_NAMES,
  type RecordField,
  type RecordValue,
  specOf,
  wordsOfRecord,
} from '../../domain/account-record.ts';
import { type Acting, assertMay, assertSees, may, nameOf } from '../../domain/acting.ts';
import { COMPLETENESS, type RequiredField } from '../../domain/completeness.ts';
import { recordAudit } from '../../identity/index.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { StoreDeps } from '../../store/store.ts';
import { ID_FIELD_KINDS, idField, isIdField, isRecordField, titleOf } from '../account-fields.ts';
import { RegisterChanges } from '../register-changes.ts';
import { type RegistryDb, registryDb } from '../registry.repository.ts';
import {
  changesOf,
  forTrail,
  type KnownAccount,
  loadAccounts,
  subjectOf,
  writeAccounts,
} from '../save-accounts.ts';
import { findByIdentity } from './identities.repository.ts';
import { readRecordValue } from './read-record-value.ts';
import { recordsOf } from './record.repository.ts';

/** One line of 登记信息 as somebody sees it. */
export interface RecordLine {
  readonly field: string;
  readonly title: string;
  /** In words; empty = the register does not say. */
  readonly value: string;
  /** Only a part is shown: the whole is for those who may see it. */
  readonly isMasked: boolean;
  readonly isMissing: boolean;
  /** What may be written, where it is a closed list. */
  readonly choices: readonly string[];
  readonly isDate: boolean;
}

export interface RecordView {
  readonly version: number;
  readonly completeness: number | null;
  readonly formula: string;
  readonly missing: readonly string[];
  readonly lines: readonly RecordLine[];
}

const unknown = (): UserError => new UserError('account.unknown', '没有这个账号。');

async function seenAccount(db: RegistryDb, acting: Acting, id: number): Promise<KnownAccount> {
  const [account] = await loadAccounts(db, [id]);
  if (!account) throw unknown();
  assertSees(acting, account.columns.sponsor_id, unknown);
  return account;
}

/** Everything registered of an account beyond its row. Throws {@link UserError} `account.unknown`, also outside of somebody's border. */
export async function readRecord(
  { store }: StoreDeps,
  acting: Acting,
  accountId: number,
): Promise<RecordView> {
  assertMay(acting, 'registry.read');
  const db = registryDb(store.db);
  const account = await seenAccount(db, acting, accountId);
  const stored = (await recordsOf(db, [accountId])).get(accountId);
  const missing = (stored?.missing ?? []) as readonly RequiredField[];
  const mayContact = may(acting, 'registry.contact');
  return {
    version: account.version,
    completeness: stored?.completeness ?? null,
    formula: COMPLETENESS.version,
    missing: missing.map(titleOf),
    lines: [
      ...ID_FIELD_KINDS.map((kind) => idLine(account, idField(kind))),
      ...RECORD_FIELD_NAMES.map((field) => ({
        ...recordLine(account.record, field, mayContact),
        isMissing: missing.includes(field),
      })),
    ],
  };
}

const PLAIN = { isMasked: false, isMissing: false, choices: [], isDate: false } as const;

function idLine({ identities }: KnownAccount, field: string): RecordLine {
  const ids = identities.filter(({ idKind }) => idField(idKind) === field).map(({ id }) => id);
  return { field, title: titleOf(field), value: ids.join('、'), ...PLAIN };
}

function recordLine(
  record: AccountRecord,
  field: RecordField,
  mayContact: boolean,
): Omit<RecordLine, 'isMissing'> {
  const { title, kind } = specOf(field);
  const words = wordsOfRecord(field, record[field]);
  const isMasked = field === 'phone' && !mayContact && words !== '';
  const choices =
    kind.is === 'choice'
      ? Object.values(kind.words).map(([word]) => word)
      : kind.is === 'choices'
        ? kind.words
        : kind.is === 'yesNo'
          ? ['是', '否']
          : [];
  const value = isMasked ? maskPersonal(field, words) : words;
  return { field, title, value, isMasked, choices, isDate: kind.is === 'date' };
}

export const REASON_MAX = 200;

export interface RecordEdit {
  readonly accountId: number;
  /** Field and what somebody wrote; empty empties it. */
  readonly changes: readonly { readonly field: string; readonly value: string }[];
  readonly version: number;
  readonly reason: string;
  readonly today: CalendarDate;
}

/**
 * Changes 登记信息 of one account, audited with a person's data masked. Throws {@link UserError} `identity.forbidden`,
 * `account.unknown`, `account.changed`, `account.record`, `account.identity-taken`.
 */
export async function editRecord(
  { store }: StoreDeps,
  acting: Acting,
  { accountId, changes, version, reason, today }: RecordEdit,
): Promise<void> {
  assertMay(acting, 'registry.edit');
  await store.transaction(async (trx) => {
    await lockInTransaction(trx, 'registry');
    const db = registryDb(trx);
    const known = await seenAccount(db, acting, accountId);
    if (known.version !== version)
      throw new UserError('account.changed', '别人刚改过这个账号的登记信息，请刷新后再改。', {
        family: 'state',
      });
    const { record, identities } = readChanges(known, changes, may(acting, 'registry.contact'));
    await assertFree(db, identities, accountId);
    const wanted = {
      ...{ known, columns: known.columns, identities },
      record: { ...known.record, ...record },
    };
    const changed = changesOf(wanted);
    if (changed.length === 0)
      throw new UserError('account.record', '没有改动。', { field: 'changes' });
    await writeAccounts(db, [wanted], { today, changes: new RegisterChanges() });
    const [before, after] = forTrail(changed);
    await recordAudit(trx, {
      actor: nameOf(acting),
      action: 'account.record',
      subject: subjectOf(known.columns),
      detail: { reason },
      ...{ before, after },
    });
  });
}

/**
 * Changes 登记信息 of an account for another room, in its transaction, which holds the register's lock; it looks after permission,
 * sight and the trail. What is so already stays. Throws {@link UserError} `account.unknown`, `account.record`.
 */
export async function changeRecord<Tables>(
  trx: Kysely<Tables>,
  {
    accountId,
    changes,
    today,
    source,
  }: Pick<RecordEdit, 'accountId' | 'changes' | 'today'> & { readonly source: string },
): Promise<void> {
  const db = registryDb(trx);
  const [known] = await loadAccounts(db, [accountId]);
  if (known === undefined) throw unknown();
  const { record, identities } = readChanges(known, changes, true);
  const wanted = {
    ...{ known, columns: known.columns, identities },
    record: { ...known.record, ...record },
  };
  await writeAccounts(db, [wanted], { today, changes: new RegisterChanges(), source });
}

function readChanges(
  { columns }: KnownAccount,
  changes: RecordEdit['changes'],
  mayContact: boolean,
): { record: Partial<AccountRecord>; identities: AccountIdentity[] } {
  const record: Partial<Record<RecordField, RecordValue>> = {};
  const identities: AccountIdentity[] = [];
  const refuse = (field: string, message: string): UserError =>
    new UserError('account.record', `${titleOf(field)}：${message}。`, { field });
  for (const { field, value } of changes) {
    if (isIdField(field)) {
      if (value.trim() === '') throw refuse(field, '标识不能清空，只能改');
      const kind = ID_FIELD_KINDS.find((each) => idField(each) === field)!;
      identities.push(identityOf(columns.platform, kind, value));
    } else if (isRecordField(field)) {
      if (field === 'phone' && !mayContact) throw refuse(field, '您没有看和改电话的权限');
      const { value: read, complaint } = readRecordValue(field, value);
      if (complaint !== undefined) throw refuse(field, complaint);
      record[field] = read;
    } else throw refuse(field, '没有这个字段');
  }
  return { record, identities };
}

async function assertFree(
  db: RegistryDb,
  identities: readonly AccountIdentity[],
  own: number,
): Promise<void> {
  const owners = await findByIdentity(db, identities);
  const taken = identities.find((_, index) => (owners[index] ?? own) !== own);
  if (taken)
    throw new UserError('account.identity-taken', '这个标识已登记在另一个账号上，请核对。', {
      ...{ family: 'state', field: idField(taken.idKind) },
    });
}
