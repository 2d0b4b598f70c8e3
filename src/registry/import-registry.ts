import { recordAudit } from '../identity/index.ts';
import type { CalendarDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { lockInTransaction } from '../store/lock-in-transaction.ts';
import type { Store } from '../store/store.ts';
import {
  findDuplicates,
  findMissingSecrets,
  findSponsor,
  orderUnits,
  warnForeignCode,
  warnSeveralAccounts,
} from './check-register.ts';
import { type RegisterFile, type RegisterInput, readRegisterFiles } from './read-register-files.ts';
import { type RowError, wordError } from './register-rows.ts';
import { loadUnitTree, type RegistryDb, registryDb } from './registry.repository.ts';
import {
  emptyCounts,
  type ImportCounts,
  saveAccounts,
  saveSites,
  saveUnits,
} from './save-register.ts';

export interface ImportResult {
  readonly units: ImportCounts;
  readonly sites: ImportCounts;
  readonly accounts: ImportCounts;
  readonly warnings: readonly string[];
  readonly dryRun: boolean;
}

export interface ImportInput {
  readonly files: readonly RegisterFile[];
  readonly dryRun: boolean;
  /** From when the changes hold, Asia/Shanghai. */
  readonly today: CalendarDate;
}

/** Errors listed in one refusal; beyond that they are counted. */
const ERRORS_MAX = 500;

/** Carries a dry run's result out of the transaction that it must not commit. */
class DryRun extends Error {
  readonly result: ImportResult;
  constructor(result: ImportResult) {
    super('dry run');
    this.result = result;
  }
}

/**
 * Imports register files as one whole: matched by identity, changed rows kept as history, nothing half imported. Throws
 * {@link UserError} `registry.rows` listing every faulty cell; then nothing was written.
 */
export async function importRegistry(
  deps: { store: Store },
  actor: string,
  input: ImportInput,
): Promise<ImportResult> {
  const register = await readRegisterFiles(input.files);
  try {
    return await deps.store.transaction(async (trx) => {
      await lockInTransaction(trx, 'registry');
      const result = await importInto(registryDb(trx), register, input);
      if (input.dryRun) throw new DryRun(result);
      const { warnings, ...counts } = result;
      await recordAudit(trx, {
        actor,
        action: 'registry.import',
        detail: {
          ...counts,
          files: input.files.map((file) => file.name),
          warnings: warnings.length,
        },
      });
      return result;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.result;
    throw error;
  }
}

async function importInto(
  db: RegistryDb,
  register: RegisterInput,
  input: ImportInput,
): Promise<ImportResult> {
  const errors: RowError[] = [...register.errors];
  const warnings = [...register.warnings];
  findDuplicates(register.sites, (row) => row.siteCode || null, '网站标识码', errors);
  findDuplicates(
    register.accounts,
    (row) =>
      row.accountId === ''
        ? `${row.platform} ${row.name} ${row.sponsor} ${row.printRow ?? ''}`
        : `${row.platform} ${row.accountId}`,
    '账号ID',
    errors,
  );
  findMissingSecrets(register.accounts, await accountsWithSecret(db), errors);
  const before = await loadUnitTree(db);
  const known = new Set(
    (await db.selectFrom('unit').select('name').execute()).map((row) => row.name),
  );
  const units = orderUnits(register.units, known, errors);
  // Units are saved first, inside the transaction: sponsors are looked up in the tree as it will be.
  const unitCounts =
    units.length > 0 ? await saveUnits(db, units, before, input.today) : emptyCounts();
  const tree = await loadUnitTree(db);
  const sites = register.sites.flatMap((row) => {
    const sponsorId = findSponsor(tree, row, errors);
    if (sponsorId !== null) warnForeignCode(tree, row, sponsorId, warnings);
    return sponsorId === null ? [] : [{ ...row, sponsorId }];
  });
  const accounts = register.accounts.flatMap((row) => {
    const sponsorId = findSponsor(tree, row, errors);
    return sponsorId === null ? [] : [{ ...row, sponsorId }];
  });
  warnSeveralAccounts(accounts, warnings);
  if (errors.length > 0) throw rowsRefused(errors);
  return {
    units: unitCounts,
    sites: await saveSites(db, sites, input.today),
    accounts: await saveAccounts(db, accounts, input.today),
    warnings,
    dryRun: input.dryRun,
  };
}

function rowsRefused(errors: readonly RowError[]): UserError {
  const details = errors.slice(0, ERRORS_MAX).map(wordError);
  if (errors.length > ERRORS_MAX) details.push(`……另有 ${errors.length - ERRORS_MAX} 处没有列出`);
  return new UserError(
    'registry.rows',
    `名录有 ${errors.length} 处错误，没有导入任何内容。请逐处改正后再导入：`,
    { details },
  );
}

async function accountsWithSecret(db: RegistryDb): Promise<Set<string>> {
  const rows = await db
    .selectFrom('account')
    .select(['platform', 'account_id'])
    .where('app_secret', 'is not', null)
    .execute();
  return new Set(rows.map((row) => `${row.platform}\u0000${row.account_id}`));
}
