import type { Kysely } from 'kysely';
import {
  type AccountIdentity,
  ID_KIND_WORDS,
  type IdKind,
  registeredIdentity,
} from '../domain/account-identity.ts';
import {
  type AccountRecord,
  EMPTY_RECORD,
  maskPersonal,
  RECORD_FIELD_NAMES,
  type RecordField,
  wordsOfRecord,
} from '../domain/account-record.ts';
import { completenessOf } from '../domain/completeness.ts';
import type { SubjectStatus } from '../domain/subject.ts';
import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { idField, isRecordField } from './account-fields.ts';
import { addIdentities, identitiesOf, removeIdentities } from './record/identities.repository.ts';
import { recordsOf, saveRecords } from './record/record.repository.ts';
import { type RegistryDb, registryDb } from './registry.repository.ts';
import { type ImportCounts, type Saving, saveHistory } from './save-register.ts';

/** The account's own columns as they are stored. */
export interface AccountColumns {
  readonly platform: string;
  readonly account_id: string;
  readonly name: string;
  readonly sponsor_id: number;
  readonly print_row: string | null;
  readonly status: SubjectStatus;
  readonly monitored_at: Instant | null;
  readonly registry_order: number;
}

/** An account with everything that the register holds of it. */
export interface KnownAccount {
  readonly id: number;
  readonly columns: AccountColumns;
  readonly record: AccountRecord;
  readonly version: number;
  readonly identities: readonly AccountIdentity[];
}

/** How an account is to be; `known` = how it is, or nothing for a new one. */
export interface AccountToSave {
  readonly known: KnownAccount | undefined;
  readonly columns: AccountColumns;
  readonly record: AccountRecord;
  /** One of each kind given takes the place of what was known of that kind; other kinds stay. */
  readonly identities: readonly AccountIdentity[];
}

/** One field of one account, before and after, in words; empty = nothing. */
export interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

const COLUMN_NAMES = [
  ...(['platform', 'account_id', 'name', 'sponsor_id', 'print_row', 'status'] as const),
  ...(['monitored_at', 'registry_order'] as const),
];

export async function loadAccounts(
  db: RegistryDb,
  ids: readonly number[] | 'all',
): Promise<KnownAccount[]> {
  const rows = await db
    .selectFrom('account')
    .select(['id', ...COLUMN_NAMES])
    .$if(ids !== 'all', (query) => query.where('id', 'in', [...ids] as number[]))
    .orderBy('registry_order')
    .orderBy('id')
    .execute();
  const identities = await identitiesOf(db, ids);
  const records = await recordsOf(db, ids);
  return rows.map(({ id, ...columns }) => ({
    ...{ id, columns },
    record: records.get(id)?.record ?? EMPTY_RECORD,
    version: records.get(id)?.version ?? 0,
    identities: identities.get(id) ?? [],
  }));
}

/** What would differ from what is known, field by field; nothing for a new account. Its place in the order is left out. */
export function changesOf({ known, columns, record, identities }: AccountToSave): FieldChange[] {
  if (known === undefined) return [];
  const changes: FieldChange[] = [];
  const note = (field: string, before: string, after: string): void => {
    if (before !== after) changes.push({ field, before, after });
  };
  for (const name of COLUMN_NAMES) {
    const [before, after] = [known.columns[name], columns[name]];
    if (name === 'registry_order' || before === after) continue;
    note(name, String(before ?? ''), String(after ?? ''));
  }
  // Most rows say nothing further: the record is the one that is known.
  if (record !== known.record)
    for (const field of RECORD_FIELD_NAMES)
      if (record[field] !== known.record[field])
        note(field, wordsOfRecord(field, known.record[field]), wordsOfRecord(field, record[field]));
  for (const { idKind, id } of identities) {
    const before = known.identities.filter((each) => each.idKind === idKind).map((each) => each.id);
    if (!before.includes(id)) note(idField(idKind), before.join('、'), id);
  }
  return changes;
}

/** Rows per insert: at most 8 parameters each, far below PostgreSQL's 65,535. */
const INSERT_BATCH = 1000;

/** Inserts or updates accounts, their further columns and identities, with history. Audits nothing: the caller does. */
export async function writeAccounts(
  db: RegistryDb,
  accounts: readonly AccountToSave[],
  { today, changes, source }: Saving,
): Promise<SavedAccounts> {
  const written: Written[] = [];
  const ids = accounts.map(({ known }) => known?.id ?? 0);
  const changed = accounts.flatMap((account) => {
    const { known } = account;
    const differing = changesOf(account);
    return known !== undefined && differing.length > 0 ? [{ ...account, known, differing }] : [];
  });
  const added = accounts.flatMap((account, place) => (account.known ? [] : [{ account, place }]));
  // Changed ones first: the trail's list is bounded, and what was is told nowhere else in it.
  for (const { known, differing } of changed)
    changes.add(subjectOf(known.columns), ...forTrail(differing));
  for (const { account } of added)
    changes.add(subjectOf(account.columns), undefined, traceOf(account));
  for (let start = 0; start < added.length; start += INSERT_BATCH) {
    const slice = added.slice(start, start + INSERT_BATCH);
    const inserted = await db
      .insertInto('account')
      .values(slice.map(({ account }) => account.columns))
      .returning('id')
      .execute();
    inserted.forEach(({ id }, index) => {
      const { account, place } = slice[index]!;
      ids[place] = id;
      written.push({ ...account, id });
    });
  }
  for (const { differing: _, ...account } of changed) {
    const { known, columns } = account;
    await db.updateTable('account').set(columns).where('id', '=', known.id).execute();
    written.push({ ...account, id: known.id });
  }
  await writeFurther(db, written, today, source);
  const isWritten = new Set(written.map(({ id }) => id));
  return {
    counts: {
      added: added.length,
      changed: changed.length,
      unchanged: accounts.length - added.length - changed.length,
    },
    ids,
    unchanged: new Set(ids.filter((id) => !isWritten.has(id))),
  };
}

/** Accounts as they were saved: ids in the order of the rows, and which of them was as before. */
export interface SavedAccounts {
  readonly counts: ImportCounts;
  readonly ids: readonly number[];
  readonly unchanged: ReadonlySet<number>;
}

type Written = AccountToSave & { readonly id: number };

/** Identities, further columns with their completeness, and history of accounts whose own rows stand. */
async function writeFurther(
  db: RegistryDb,
  written: readonly Written[],
  today: CalendarDate,
  source?: string,
): Promise<void> {
  await writeIdentities(db, written);
  await saveRecords(
    db,
    written.map((account) => ({ accountId: account.id, ...completed(account) })),
  );
  const history = written.map((account) => ({ subjectId: account.id, value: traceOf(account) }));
  await saveHistory(db, 'account', history, today, source);
}

/**
 * After another room wrote an account's own row: its identity, the further columns that are to change, completeness and history follow. Throws {@link UserError}
 * `account.identity-taken`.
 */
export async function followAccount(
  db: RegistryDb,
  id: number,
  today: CalendarDate,
  change: Partial<AccountRecord> = {},
): Promise<void> {
  const [known] = await loadAccounts(db, [id]);
  if (!known) return;
  const own = registeredIdentity(known.columns.platform, known.columns.account_id);
  const identities = own === null ? [] : [own];
  const record = { ...known.record, ...change };
  await writeFurther(db, [{ ...known, known, record, identities }], today);
}

/** Notes that somebody looked at accounts and found them right (最近核对日期): no change of the register, so no line of its history. */
export async function markChecked<Tables>(
  anyDb: Kysely<Tables>,
  ids: readonly number[],
  on: CalendarDate,
): Promise<void> {
  if (ids.length === 0) return;
  const db = registryDb(anyDb);
  const rows = (await loadAccounts(db, ids)).map((known) => {
    const record = { ...known.record, checkedOn: on };
    return { accountId: known.id, ...completed({ ...known, known, record }) };
  });
  await saveRecords(db, rows);
}

/** How the trail names an account. */
export const subjectOf = ({
  platform,
  account_id,
  name,
}: Pick<AccountColumns, 'platform' | 'account_id' | 'name'>): string =>
  `account:${platform} ${account_id === '' ? name : account_id}`;

function completed(account: AccountToSave) {
  const { columns, record } = account;
  const { platform, account_id: accountId, status } = columns;
  const identities = allIdentities(account);
  const completeness = completenessOf({ platform, accountId, status, identities, record });
  return { record, completeness };
}

/** What stays known of the kinds that are not given anew, and what is given. */
function allIdentities({ known, identities }: Omit<AccountToSave, 'columns' | 'record'>) {
  const kinds = new Set<IdKind>(identities.map(({ idKind }) => idKind));
  return [...(known?.identities ?? []).filter(({ idKind }) => !kinds.has(idKind)), ...identities];
}

/** Changed fields before and after, a person's data masked; where the masks are alike, the trail still says that it changed. */
export function forTrail(changes: readonly FieldChange[]): [Trace, Trace] {
  const before: Record<string, string> = {};
  const after: Record<string, string> = {};
  for (const { field, before: was, after: is } of changes) {
    const personal = isRecordField(field);
    before[field] = personal ? maskPersonal(field, was) : was;
    after[field] = personal ? maskPersonal(field, is) : is;
    if (before[field] === after[field]) after[field] += '（已改）';
  }
  return [before, after];
}

type Trace = Readonly<Record<string, string>>;

/** For history and the trail: own columns flat, further ones that say something, a person's data masked. */
function traceOf(account: AccountToSave) {
  const further = Object.entries(account.record).flatMap(([field, value]) =>
    value === null
      ? []
      : [[field, maskPersonal(field as RecordField, wordsOfRecord(field as RecordField, value))]],
  );
  const ids = allIdentities(account).map(({ idKind, id }) => [idField(idKind), id]);
  return { ...account.columns, ...Object.fromEntries([...further, ...ids]) };
}

async function writeIdentities(
  db: RegistryDb,
  accounts: readonly (AccountToSave & { readonly id: number })[],
): Promise<void> {
  const replaced = accounts.flatMap(({ known, identities }) =>
    (known?.identities ?? []).filter((old) =>
      identities.some((each) => each.idKind === old.idKind && each.id !== old.id),
    ),
  );
  await removeIdentities(db, replaced);
  const taken = await addIdentities(
    db,
    accounts.flatMap(({ id: accountId, identities }) =>
      identities.map((identity) => ({ ...identity, accountId })),
    ),
  );
  if (taken[0] !== undefined) throw identityTaken(taken[0]);
}

function identityTaken({ idKind, id }: AccountIdentity): UserError {
  return new UserError(
    'account.identity-taken',
    `${ID_KIND_WORDS[idKind]}“${id}”已登记在另一个账号上。`,
    { field: idField(idKind) },
  );
}
