import { sql } from 'kysely';
import { identityOf, registeredIdentity } from '../../domain/account-identity.ts';
import { EMPTY_RECORD, wordsOfRecord } from '../../domain/account-record.ts';
import { type Acting, assertMay, nameOf, scopeOf } from '../../domain/acting.ts';
import { isInScope } from '../../domain/actor.ts';
import type { SubjectStatus } from '../../domain/subject.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { StoreDeps } from '../../store/store.ts';
import { ID_FIELD_KINDS, idField, isRecordField } from '../account-fields.ts';
import { STATUS_WORDS } from '../export-registry.ts';
import { findByIdentity } from '../record/identities.repository.ts';
import { readRecordValue } from '../record/read-record-value.ts';
import { RegisterChanges } from '../register-changes.ts';
import { loadUnitTree, type RegistryDb, registryDb } from '../registry.repository.ts';
import {
  type AccountToSave,
  changesOf,
  forTrail,
  type KnownAccount,
  loadAccounts,
  subjectOf,
  writeAccounts,
} from '../save-accounts.ts';
import type { UnitTree } from '../unit-tree.ts';
import { whyNotAdopt } from './adoptable.ts';
import type { GivenAccount } from './keep-diff.ts';
import { seenRows, unknownDiff } from './read-diff.ts';
import type { StoredDifference } from './stored-difference.ts';

/** Differences adopted at once: more is an import, which a second person looks at. */
export const ADOPTED_MAX = 200;

export interface Adoption {
  readonly diffId: number;
  readonly numbers: readonly number[];
  /** With which side the register is to agree: `theirs` adopts, `ours` puts the old value back. */
  readonly side: 'ours' | 'theirs';
  readonly at: Instant;
}

export interface AdoptionResult {
  readonly adopted: number;
  /** What was left as it is, and why. */
  readonly refused: readonly { readonly number: number; readonly reason: string }[];
}

/**
 * Makes the register agree with one side in the differences named, each a change in history that names the export it came from, each
 * audited. A difference that is no longer what it was, or not this person's to adopt, is left and told; the others go on. Throws
 * {@link UserError} `identity.forbidden`, `register-diff.unknown`.
 */
export async function adoptDifferences(
  { store }: StoreDeps,
  acting: Acting,
  { diffId, numbers, side, at }: Adoption,
): Promise<AdoptionResult> {
  assertMay(acting, 'registry.edit');
  return store.transaction(async (trx) => {
    await lockInTransaction(trx, 'registry');
    const db = registryDb(trx);
    const diff = await db
      .selectFrom('register_diff')
      .select('file_name')
      .where('id', '=', diffId)
      .executeTakeFirst();
    const rows = (await db
      .selectFrom('register_diff_row')
      .selectAll()
      .where(seenRows(acting, diffId))
      .where(sql<boolean>`number = any(${arrayLiteral(numbers.slice(0, ADOPTED_MAX))}::int[])`)
      .orderBy('number')
      .execute()) as StoredDifference[];
    if (diff === undefined || rows.length === 0) throw unknownDiff();
    const tree = await loadUnitTree(db);
    const refused: { number: number; reason: string }[] = [];
    for (const row of rows) {
      const step = { row, side, at, acting, tree, file: diff.file_name };
      const reason = await adoptOne(db, step);
      if (reason !== null) refused.push({ number: row.number, reason });
      else
        await db
          .updateTable('register_diff_row')
          .set({ adopted: side, adopted_by: nameOf(acting), adopted_at: at })
          .where('diff_id', '=', diffId)
          .where('number', '=', row.number)
          .execute();
    }
    return { adopted: rows.length - refused.length, refused };
  });
}

interface Step {
  readonly row: StoredDifference;
  readonly side: 'ours' | 'theirs';
  readonly at: Instant;
  readonly acting: Acting;
  readonly tree: UnitTree;
  readonly file: string;
}

/** Null when it was adopted, else why it was not. */
async function adoptOne(db: RegistryDb, step: Step): Promise<string | null> {
  const { row, side, acting } = step;
  const whyNot = whyNotAdopt(row, acting);
  if (whyNot !== null) return whyNot;
  if ((row.adopted ?? 'ours') === side)
    return side === 'theirs' ? '已经采用。' : '还没有采用，不用退回。';
  const wanted = row.field === null ? await entryOf(db, step) : await changeOf(db, step, row.field);
  if (typeof wanted === 'string') return wanted;
  const owners = await findByIdentity(db, wanted.identities);
  if (owners.some((owner) => owner !== null && owner !== wanted.known?.id))
    return '对方的标识已登记在另一个账号上，请核对。';
  if (await isTaken(db, wanted)) return '同平台的另一个账号已用这个账号 ID，请核对。';
  await save(db, step, wanted);
  return null;
}

/** The register's own id is one account's, as the database insists. */
async function isTaken(db: RegistryDb, { known, columns }: AccountToSave): Promise<boolean> {
  if (columns.account_id === '') return false;
  const other = await db
    .selectFrom('account')
    .select('id')
    .where('platform', '=', columns.platform)
    .where('account_id', '=', columns.account_id)
    .where('id', '<>', known?.id ?? 0)
    .executeTakeFirst();
  return other !== undefined;
}

async function save(db: RegistryDb, step: Step, wanted: AccountToSave): Promise<void> {
  const { row, side, at, acting, file } = step;
  const words = side === 'theirs' ? '全国报送系统导出' : '退回采用前的值：全国报送系统导出';
  const source = `${words}“${file}”第 ${row.file_row ?? '?'} 行`;
  const today = shanghaiDate(at);
  const { ids } = await writeAccounts(db, [wanted], {
    ...{ today, changes: new RegisterChanges(), source },
  });
  if (row.field === null)
    await db
      .updateTable('register_diff_row')
      .set({ account_id: ids[0]! })
      .where('account_id', 'is', null)
      .where('number', '=', row.number)
      .where('kind', '=', 'theirs')
      .where(seenRows(acting, row.diff_id))
      .execute();
  const [before, after] = forTrail(changesOf(wanted));
  await recordAudit(db, {
    actor: nameOf(acting),
    action: side === 'theirs' ? 'register-diff.adopt' : 'register-diff.take-back',
    subject: subjectOf(wanted.columns),
    detail: { source, diff: row.diff_id, row: row.number, entered: row.field === null },
    ...(row.field === null ? {} : { before, after }),
  });
}

/** A new account, as their row says it. */
async function entryOf(db: RegistryDb, { row }: Step): Promise<AccountToSave | string> {
  const given = row.given as GivenAccount;
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(registry_order), -1) + 1 as next from account`.execute(db);
  const named = await db
    .selectFrom('account')
    .select('id')
    .where('platform', '=', row.platform)
    .where('name', '=', row.name)
    .where('sponsor_id', '=', row.their_unit_id!)
    .executeTakeFirst();
  if (named) return '比对之后，名录里已登记了同平台、同名、同单位的账号，请重新比对。';
  return {
    known: undefined,
    columns: {
      ...{ platform: row.platform, account_id: given.accountId, name: row.name },
      ...{ sponsor_id: row.their_unit_id!, print_row: null, monitored_at: null },
      status: (given.status as SubjectStatus | null) ?? 'running',
      registry_order: rows[0]!.next,
    },
    record: { ...EMPTY_RECORD, ...given.record },
    identities: given.identities,
  };
}

const CHANGED = '名录里的值在比对之后改过，请重新比对。';

/** A registered account with one field as the side has it. */
async function changeOf(
  db: RegistryDb,
  { row, side, acting, tree }: Step,
  field: string,
): Promise<AccountToSave | string> {
  const [known] = await loadAccounts(db, [row.account_id!]);
  if (!known || !isInScope(scopeOf(acting), known.columns.sponsor_id))
    return '这个账号已不在您的单位范围里。';
  const [from, to] = side === 'theirs' ? [row.ours, row.theirs] : [row.theirs, row.ours];
  const was = wordsNow(known, field, tree);
  const isAsCompared = field === 'sponsor' ? true : was === from;
  if (!isAsCompared) return CHANGED;
  const same = { known, columns: known.columns, record: known.record, identities: [] };
  if (isRecordField(field)) {
    const { value, complaint } = readRecordValue(field, to);
    return complaint ?? { ...same, record: { ...known.record, [field]: value } };
  }
  const kind = ID_FIELD_KINDS.find((each) => idField(each) === field);
  if (kind !== undefined) {
    const { platform, account_id } = known.columns;
    const isOwnId = registeredIdentity(platform, account_id)?.idKind === kind;
    return {
      ...same,
      columns: isOwnId ? { ...known.columns, account_id: to } : known.columns,
      identities: [identityOf(platform, kind, to)],
    };
  }
  return changeOfOwn(same, { row, side, field, to });
}

function changeOfOwn(
  same: AccountToSave & { readonly known: KnownAccount },
  asked: Pick<Step, 'row' | 'side'> & { readonly field: string; readonly to: string },
): AccountToSave | string {
  const { row, side, field, to } = asked;
  const { columns } = same.known;
  if (field === 'sponsor') {
    const [from, unitId] =
      side === 'theirs' ? [row.unit_id, row.their_unit_id] : [row.their_unit_id, row.unit_id];
    if (columns.sponsor_id !== from || unitId === null) return CHANGED;
    return { ...same, columns: { ...columns, sponsor_id: unitId } };
  }
  if (field === 'status') {
    const status = Object.entries(STATUS_WORDS).find(([, words]) => words === to)?.[0];
    return { ...same, columns: { ...columns, status: status as SubjectStatus } };
  }
  if (field === 'name' || field === 'platform')
    return { ...same, columns: { ...columns, [field]: to } };
  return '这个字段不能采用。';
}

/** The field's value as the comparison words it. */
function wordsNow({ columns, record, identities }: KnownAccount, field: string, tree: UnitTree) {
  if (isRecordField(field)) return wordsOfRecord(field, record[field]);
  if (field === 'name' || field === 'platform') return columns[field];
  if (field === 'status') return STATUS_WORDS[columns.status];
  if (field === 'sponsor') return tree.get(columns.sponsor_id)?.name ?? '';
  return identities
    .filter(({ idKind }) => idField(idKind) === field)
    .map(({ id }) => id)
    .join('、');
}
