import { sql } from 'kysely';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { findAccount, loadUnitTree } from '../../registry/index.ts';
import type { LifecycleDb } from '../lifecycle-db.ts';
import type { AccountCase } from './case.ts';
import type { CaseSurroundings } from './case-warnings.ts';

/** Accounts named in one warning. */
const NAMED_MAX = 5;

/** What the register says around a case, now. */
export async function readSurroundings(
  db: LifecycleDb,
  given: Pick<AccountCase, 'unitId' | 'accountId' | 'form'>,
  today: CalendarDate,
  announceDays: number,
): Promise<CaseSurroundings> {
  const { form, unitId } = given;
  const chain = (await loadUnitTree(db)).chain(unitId);
  const { platform, name } = await namedIn(db, given);
  const nothing = { ownOnPlatform: [], sameNamed: 0 };
  const found = name === null ? nothing : await accountsLike(db, { platform, name, given });
  // A closing or a pause says nothing new about names.
  const isNaming = ['open', 'enrol', 'change'].includes(form.kind);
  return { chain, platform, name, today, announceDays, ...(isNaming ? found : nothing) };
}

async function namedIn(
  db: LifecycleDb,
  { form, accountId }: Pick<AccountCase, 'accountId' | 'form'>,
): Promise<{ platform: string | null; name: string | null }> {
  if (form.kind === 'open' || form.kind === 'enrol')
    return { platform: form.platform, name: form.name };
  if (form.kind !== 'change' || form.changes.name === undefined)
    return { platform: null, name: null };
  const account = await findAccount(db, accountId ?? 0);
  return { platform: account?.platform ?? null, name: form.changes.name };
}

async function accountsLike(
  db: LifecycleDb,
  {
    platform,
    name,
    given,
  }: {
    readonly platform: string | null;
    readonly name: string;
    readonly given: Pick<AccountCase, 'unitId' | 'accountId'>;
  },
): Promise<Pick<CaseSurroundings, 'ownOnPlatform' | 'sameNamed'>> {
  const standing = sql`platform = ${platform} and status in ('applied', 'running', 'suspended')
    and id <> ${given.accountId ?? 0}`;
  const own = await sql<{ name: string }>`
    select name from account where sponsor_id = ${given.unitId} and ${standing}
     order by id limit ${NAMED_MAX}`.execute(db);
  const named = await sql<{ count: number }>`
    select count(*)::int as count from account
     where name = ${name} and sponsor_id <> ${given.unitId} and ${standing}`.execute(db);
  return {
    ownOnPlatform: own.rows.map((row) => row.name),
    sameNamed: named.rows[0]?.count ?? 0,
  };
}
