import { recordAudit, type Sealing } from '../identity/index.ts';
import type { CalendarDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { lockInTransaction } from '../store/lock-in-transaction.ts';
import type { StoreDeps } from '../store/store.ts';
import {
  findDuplicates,
  findMissingSecrets,
  findSponsor,
  orderUnits,
  warnCreditCode,
  warnForeignCode,
  warnSeveralAccounts,
} from './check-register.ts';
import { importSources } from './import-sources.ts';
import type { ColumnMap } from './maps/column-map.ts';
import { accountToSave, KnownAccounts, matchAccounts } from './match-accounts.ts';
import {
  type RegisterFile,
  type RegisterInput,
  readRegisterFiles,
  type SheetReading,
} from './read-register-files.ts';
import { type ChangedRow, RegisterChanges } from './register-changes.ts';
import { type RowError, wordError } from './register-rows.ts';
import { loadUnitTree, type RegistryDb, registryDb } from './registry.repository.ts';
import { loadAccounts, writeAccounts } from './save-accounts.ts';
import {
  emptyCounts,
  type ImportCounts,
  type Saving,
  saveSites,
  saveUnits,
} from './save-register.ts';
import type { SavingSources } from './save-sources.ts';

/** What the register needs of the process. */
export interface RegistryDeps extends StoreDeps {
  /** Secrets of accounts are kept sealed. */
  readonly sealing: Sealing;
}

export interface ImportResult {
  readonly units: ImportCounts;
  readonly sites: ImportCounts;
  readonly accounts: ImportCounts;
  readonly rows: readonly FileRows[];
  readonly warnings: readonly string[];
  readonly dryRun: boolean;
}

/** What a dry run found out beyond the result: what every changed row would be, and how the headers were understood. */
export interface ImportTrial {
  readonly result: ImportResult;
  readonly changed: readonly ChangedRow[];
  readonly sheets: readonly SheetReading[];
}

/** How many rows a file holds. */
export interface FileRows {
  readonly name: string;
  readonly rows: number;
}

export type ExpectedCounts = Pick<ImportResult, 'units' | 'sites' | 'accounts'>;

export interface ImportInput {
  readonly files: readonly RegisterFile[];
  readonly dryRun: boolean;
  /** From when the changes hold, Asia/Shanghai. */
  readonly today: CalendarDate;
  /** A saved map by which the files are read; without one by the headers that we know. */
  readonly map?: ColumnMap | null;
  /** What a preview said; an import that would do anything else is refused. */
  readonly expected?: ExpectedCounts;
  /** Runs first in the import's transaction, when no other import can; what it throws undoes the import. */
  readonly claim?: (trx: RegistryDb) => Promise<void>;
  /** What the trail tells of the import beyond its numbers. */
  readonly trace?: Readonly<Record<string, unknown>>;
}

/** Errors listed in one refusal; beyond that they are counted. */
const ERRORS_MAX = 500;

/** Carries what a dry run found out of the transaction that it must not commit. */
class DryRun extends Error {
  readonly trial: ImportTrial;
  constructor(trial: ImportTrial) {
    super('dry run');
    this.trial = trial;
  }
}

/**
 * Imports register files as one whole: matched by identity, changed rows kept as history, nothing half imported. Throws
 * {@link UserError} `registry.rows` listing every faulty cell; then nothing was written.
 */
export async function importRegistry(
  deps: RegistryDeps,
  actor: string,
  input: ImportInput,
): Promise<ImportResult> {
  const register = await readRegisterFiles(input.files, input.map ?? null);
  return (await runImport(deps, actor, input, register)).result;
}

/** Tries an import and keeps what every changed row would be; writes nothing. Throws as {@link importRegistry} does. */
export async function tryImport(
  deps: RegistryDeps,
  actor: string,
  input: Omit<ImportInput, 'dryRun'>,
): Promise<ImportTrial> {
  const register = await readRegisterFiles(input.files, input.map ?? null);
  return runImport(deps, actor, { ...input, dryRun: true }, register);
}

async function runImport(
  deps: RegistryDeps,
  actor: string,
  input: ImportInput,
  register: RegisterInput,
): Promise<ImportTrial> {
  try {
    return await deps.store.transaction(async (trx) => {
      await lockInTransaction(trx, 'registry');
      await input.claim?.(registryDb(trx));
      const changes = new RegisterChanges({ keeps: input.dryRun });
      const saving = { today: input.today, changes, sealing: deps.sealing, actor };
      const result = await importInto(registryDb(trx), register, input, saving);
      const trial = { result, changed: changes.changed, sheets: register.sheets };
      if (input.dryRun) throw new DryRun(trial);
      assertAsExpected(result, input.expected);
      const { warnings, rows, ...counts } = result;
      const { before, after, ...changed } = changes.forAudit;
      await recordAudit(trx, {
        actor,
        action: 'registry.import',
        detail: {
          ...counts,
          ...(input.map ? { map: input.map.name } : {}),
          ...input.trace,
          files: rows,
          changes: changed,
          warnings: warnings.length,
        },
        before,
        after,
      });
      return trial;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.trial;
    throw error;
  }
}

async function importInto(
  db: RegistryDb,
  register: RegisterInput,
  input: ImportInput,
  saving: Saving & SavingSources,
): Promise<ImportResult> {
  const errors: RowError[] = [...register.errors];
  const warnings = [...register.warnings];
  findDuplicates(register.sites, (row) => row.siteCode || null, '网站标识码', errors);
  const sourceRows = register.sources.map((row) => ({ ...row, sources: [row] }));
  findMissingSecrets([...register.accounts, ...sourceRows], await accountsWithSecret(db), errors);
  const before = await loadUnitTree(db);
  const names = new Set(
    (await db.selectFrom('unit').select('name').execute()).map((row) => row.name),
  );
  const units = orderUnits(register.units, names, errors);
  // Units are saved first, inside the transaction: sponsors are looked up in the tree as it will be.
  const unitCounts = units.length > 0 ? await saveUnits(db, units, before, saving) : emptyCounts();
  const tree = await loadUnitTree(db);
  const sites = register.sites.flatMap((row) => {
    const sponsorId = findSponsor(tree, row, errors);
    if (sponsorId !== null) warnForeignCode(tree, row, sponsorId, warnings);
    return sponsorId === null ? [] : [{ ...row, sponsorId }];
  });
  const sponsored = register.accounts.flatMap((row) => {
    const sponsorId = findSponsor(tree, row, errors);
    return sponsorId === null ? [] : [{ ...row, sponsorId }];
  });
  warnSeveralAccounts(sponsored, warnings);
  for (const row of sponsored) warnCreditCode(row, warnings);
  const known = new KnownAccounts(sponsored.length > 0 ? await loadAccounts(db, 'all') : []);
  const matched = matchAccounts(sponsored, known, errors, warnings);
  const counted = rowsOfFiles(input.files, register);
  if (errors.length > 0)
    throw new RegisterRefusal(errors, { rows: counted, warnings, sheets: register.sheets });
  const siteCounts = await saveSites(db, sites, saving);
  const wanted = matched.map((each, index) => accountToSave(each, known.size + index));
  const saved = await writeAccounts(db, wanted, saving);
  const accountCounts = await importSources(
    db,
    { accounts: matched.map(({ row }) => row), saved, rows: register.sources },
    saving,
    errors,
  );
  if (errors.length > 0)
    throw new RegisterRefusal(errors, { rows: counted, warnings, sheets: register.sheets });
  return {
    units: unitCounts,
    sites: siteCounts,
    accounts: accountCounts,
    rows: counted,
    warnings,
    dryRun: input.dryRun,
  };
}

/** Rows of units, sites and accounts in each file. */
function rowsOfFiles(files: readonly RegisterFile[], register: RegisterInput): FileRows[] {
  const rows = [
    ...[...register.units, ...register.sites],
    ...[...register.accounts, ...register.sources],
  ];
  const counts = new Map<string, number>();
  for (const { place } of rows) counts.set(place.file, (counts.get(place.file) ?? 0) + 1);
  return files.map(({ name }) => ({ name, rows: counts.get(name) ?? 0 }));
}

/** Faulty rows: nothing was written. As any UserError it is worded for people; whoever shows a table finds the cells here. */
export class RegisterRefusal extends UserError {
  readonly errors: readonly RowError[];
  readonly rows: readonly FileRows[];
  readonly warnings: readonly string[];
  readonly sheets: readonly SheetReading[];
  constructor(
    errors: readonly RowError[],
    read: Pick<RegisterRefusal, 'rows' | 'warnings' | 'sheets'>,
  ) {
    const details = errors.slice(0, ERRORS_MAX).map(wordError);
    if (errors.length > ERRORS_MAX) details.push(`……另有 ${errors.length - ERRORS_MAX} 处没有列出`);
    const message = `名录有 ${errors.length} 处错误，没有导入任何内容。请逐处改正后再导入：`;
    super('registry.rows', message, { details });
    this.errors = errors;
    this.rows = read.rows;
    this.warnings = read.warnings;
    this.sheets = read.sheets;
  }
}

/** Throws {@link UserError} `registry.import.changed` where the register is no longer what the preview was made against. */
function assertAsExpected(result: ImportResult, expected: ExpectedCounts | undefined): void {
  if (expected === undefined) return;
  const { units, sites, accounts } = result;
  const found = { units, sites, accounts };
  const kinds = ['units', 'sites', 'accounts'] as const;
  const isSame = kinds.every((kind) =>
    (['added', 'changed', 'unchanged'] as const).every(
      (count) => found[kind][count] === expected[kind][count],
    ),
  );
  if (isSame) return;
  throw new UserError(
    'registry.import.changed',
    '预览之后名录又变了，导入的结果会与预览不同，所以没有导入；请重新上传，看过新的预览再确认。',
    { family: 'state' },
  );
}

async function accountsWithSecret(db: RegistryDb): Promise<Set<string>> {
  const rows = await db
    .selectFrom('account_source')
    .innerJoin('account', 'account.id', 'account_source.account_id')
    .select(['platform', 'account.account_id as accountId'])
    .where('kind', '=', 'wechat')
    .where('credential', 'is not', null)
    .where('removed_at', 'is', null)
    .execute();
  return new Set(rows.map((row) => `${row.platform}\u0000${row.accountId}`));
}
