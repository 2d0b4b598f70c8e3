import type { AccountRowInput, RowError, SourceInput } from './register-rows.ts';
import type { RegistryDb } from './registry.repository.ts';
import { type SavedAccounts, subjectOf } from './save-accounts.ts';
import type { ImportCounts } from './save-register.ts';
import { type AccountSources, type SavingSources, saveSources } from './save-sources.ts';
import type { SourceRowInput } from './source-rows.ts';

export interface NamedSources {
  readonly accounts: readonly AccountRowInput[];
  readonly saved: SavedAccounts;
  /** The sheet 信源. */
  readonly rows: readonly SourceRowInput[];
}

/** Keeps what an import names of where accounts can be read; an account of which only a source changed counts as changed. */
export async function importSources(
  db: RegistryDb,
  { accounts, saved, rows }: NamedSources,
  saving: SavingSources,
  errors: RowError[],
): Promise<ImportCounts> {
  const named = new Map<number, AccountSources>();
  accounts.forEach(({ platform, accountId, name, sources }, index) => {
    const id = saved.ids[index]!;
    const subject = subjectOf({ platform, account_id: accountId, name });
    named.set(id, { accountId: id, subject, areAll: sources.length > 0, sources });
  });
  for (const { row, id } of await findAccounts(db, rows, errors)) {
    const before = named.get(id);
    named.set(id, {
      accountId: id,
      subject: subjectOf({
        ...{ platform: row.platform, account_id: row.accountId, name: row.name },
      }),
      areAll: before?.areAll ?? false,
      sources: [...(before?.sources ?? []).filter((each) => !isSame(each, row)), row],
    });
  }
  const changed = await saveSources(db, [...named.values()], saving);
  const also = [...changed].filter((id) => saved.unchanged.has(id)).length;
  const { added, ...counts } = saved.counts;
  return { added, changed: counts.changed + also, unchanged: counts.unchanged - also };
}

const isSame = (one: SourceInput, other: SourceInput): boolean =>
  one.kind === other.kind && one.address === other.address && one.identity === other.identity;

/** The account of each row of the sheet, by its id or its name; a row that means none, or several, is an error. */
async function findAccounts(
  db: RegistryDb,
  rows: readonly SourceRowInput[],
  errors: RowError[],
): Promise<{ row: SourceRowInput; id: number }[]> {
  if (rows.length === 0) return [];
  const all = await db
    .selectFrom('account')
    .select(['id', 'platform', 'account_id', 'name'])
    .execute();
  const byId = Map.groupBy(all, (each) => `${each.platform}\u0000${each.account_id}`);
  const byName = Map.groupBy(all, (each) => `${each.platform}\u0000${each.name}`);
  return rows.flatMap((row) => {
    const found =
      (row.accountId === ''
        ? byName.get(`${row.platform}\u0000${row.name}`)
        : byId.get(`${row.platform}\u0000${row.accountId}`)) ?? [];
    if (found.length === 1) return [{ row, id: found[0]!.id }];
    const what = `${row.platform}“${row.accountId || row.name}”`;
    const message =
      found.length === 0 ? `没有账号 ${what}` : `有 ${found.length} 个账号 ${what}，请填账号ID`;
    errors.push({
      place: row.place,
      column: row.accountId === '' ? '账号名称' : '账号ID',
      message,
    });
    return [];
  });
}
