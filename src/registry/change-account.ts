import { type Kysely, sql } from 'kysely';
import { type AccountRecord, EMPTY_RECORD } from '../domain/account-record.ts';
import type { SubjectStatus } from '../domain/subject.ts';
import type { CalendarDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { lockInTransaction } from '../store/lock-in-transaction.ts';
import { recordsOf } from './record/record.repository.ts';
import { type RegistryDb, registryDb } from './registry.repository.ts';
import { followAccount } from './save-accounts.ts';

/** What a decided case may change of an account's row. */
export interface AccountValues {
  readonly platform: string;
  readonly name: string;
  /** Empty where the platform has given none yet. */
  readonly accountId: string;
  readonly sponsorId: number;
  readonly status: SubjectStatus;
}

export interface AccountChange extends Partial<AccountValues> {
  /** Further columns (new-media-apis.md §10); what is not named stays. */
  readonly record?: Partial<AccountRecord>;
}

export interface RegisteredAccount extends AccountValues {
  readonly id: number;
  readonly sponsorName: string;
  readonly record: AccountRecord;
}

/** The account as the register has it now; null when there is none of that number. */
export async function findAccount<Tables>(
  anyDb: Kysely<Tables>,
  id: number,
): Promise<RegisteredAccount | null> {
  const row = await registryDb(anyDb)
    .selectFrom('account')
    .innerJoin('unit', 'unit.id', 'account.sponsor_id')
    .select(['account.id', 'platform', 'account.name', 'account_id as accountId', 'status'])
    .select(['sponsor_id as sponsorId', 'unit.name as sponsorName'])
    .where('account.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const record = (await recordsOf(anyDb, [id])).get(id)?.record ?? EMPTY_RECORD;
  return { ...row, record };
}

/**
 * Enters a new account that somebody decided about, from `on` (Asia/Shanghai), with its first line of history; returns its number.
 * Waits for imports. Throws {@link UserError} `account.taken`. The caller records who and why.
 */
export async function enterAccount<Tables>(
  trx: Kysely<Tables>,
  values: AccountValues & Pick<AccountChange, 'record'>,
  on: CalendarDate,
): Promise<number> {
  const db = registryDb(trx);
  await lockInTransaction(trx, 'registry');
  await assertFree(db, values, null);
  const { id } = await db
    .insertInto('account')
    .values({
      ...{ platform: values.platform, account_id: values.accountId, name: values.name },
      ...{
        sponsor_id: values.sponsorId,
        status: values.status,
        print_row: null,
        monitored_at: null,
      },
      registry_order: sql<number>`(select coalesce(max(registry_order), -1) + 1 from account)`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await followAccount(db, id, on, values.record);
  return id;
}

/**
 * Changes a registered account from `on` and keeps how it looked before in the history. Waits for imports. Throws {@link UserError}
 * `account.unknown`, `account.taken`. The caller records who and why.
 */
export async function changeAccount<Tables>(
  trx: Kysely<Tables>,
  id: number,
  change: AccountChange,
  on: CalendarDate,
): Promise<void> {
  const db = registryDb(trx);
  await lockInTransaction(trx, 'registry');
  const before = await findAccount(trx, id);
  if (before === null) throw new UserError('account.unknown', '名录里没有这个账号。');
  await assertFree(db, { ...before, ...change }, id);
  const columns = columnsOf(change);
  if (Object.keys(columns).length > 0)
    await db.updateTable('account').set(columns).where('id', '=', id).execute();
  await followAccount(db, id, on, change.record);
}

/** Nobody else bears this platform and account id. The other one is not named: it may be out of the asker's sight. */
async function assertFree(
  db: RegistryDb,
  { platform, accountId }: AccountValues,
  own: number | null,
): Promise<void> {
  if (accountId === '') return;
  const other = await db
    .selectFrom('account')
    .select('id')
    .where('platform', '=', platform)
    .where('account_id', '=', accountId)
    .where('id', '<>', own ?? 0)
    .executeTakeFirst();
  if (other)
    throw new UserError(
      'account.taken',
      `名录里已有账号 ID 为 ${accountId} 的${platform}账号；请核对账号 ID。`,
      { family: 'state', field: 'accountId' },
    );
}

const COLUMNS = {
  ...{ platform: 'platform', name: 'name', accountId: 'account_id' },
  ...{ sponsorId: 'sponsor_id', status: 'status' },
} as const;

function columnsOf(change: AccountChange): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(change).flatMap(([field, value]) =>
      field in COLUMNS && value !== undefined
        ? [[COLUMNS[field as keyof typeof COLUMNS], value]]
        : [],
    ),
  );
}
