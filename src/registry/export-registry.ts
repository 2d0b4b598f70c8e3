import { type Sheet, writeCsv, writeXlsx } from '../documents/workbook.ts';
import { isInScope, type Scope } from '../domain/actor.ts';
import { shanghaiText } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Store } from '../store/store.ts';
import { COLUMNS, SHEET_TITLES, type SheetKind } from './headers.ts';
import { furtherCells } from './record/further-cells.ts';
import {
  formerNames,
  listAccounts,
  listSites,
  listUnits,
  type RegistryDb,
  registryDb,
} from './registry.repository.ts';

export const STATUS_WORDS = {
  applied: '申请开设',
  running: '正常',
  suspended: '暂停',
  closing: '拟关停',
  closed: '已关停',
  deregistered: '已注销',
  migrated: '已迁移',
} as const;
/**
 * The whole register as the sheets of the contract; importing them again changes nothing. Secrets stay inside. The first source of
 * an account stands in its row, further ones in a sheet of their own.
 */
export async function exportSheets(
  store: Store,
  { scope = 'all', mayContact = true }: { scope?: Scope; mayContact?: boolean } = {},
): Promise<Sheet[]> {
  const db = registryDb(store.db);
  const units = (await listUnits(db)).filter((unit) => isInScope(scope, unit.id));
  const names = new Map(units.map((unit) => [unit.id, unit.name]));
  const former = await formerNames(db);
  // Print rows of subjects are exported as they were registered, so the rows are read again, not resolved.
  const ownRows = {
    site: new Map(
      (await db.selectFrom('site').select(['id', 'print_row']).execute()).map((row) => [
        row.id,
        row.print_row ?? '',
      ]),
    ),
    account: new Map(
      (await db.selectFrom('account').select(['id', 'print_row']).execute()).map((row) => [
        row.id,
        row.print_row ?? '',
      ]),
    ),
  };
  const unitRows = units.map((unit) => ({
    name: unit.name,
    parent: unit.parentId === null ? '' : (names.get(unit.parentId) ?? ''),
    aliases: unit.aliases.join('；'),
    formerNames: (former.get(unit.id) ?? []).join('；'),
    printRow: unit.printRow ?? '',
    printOrder: String(unit.printOrder),
    divisionCode: unit.divisionCode ?? '',
  }));
  const siteRows = (await listSites(db))
    .filter((site) => isInScope(scope, site.sponsorId))
    .map((site) => ({
      siteCode: site.siteCode,
      name: site.name,
      sponsor: site.sponsorName,
      printRow: ownRows.site.get(site.id) ?? '',
      homeUrl: site.homeUrl,
      status: STATUS_WORDS[site.status],
      isPortal: site.isPortal ? '是' : '否',
      hasService: site.hasService ? '有' : '无',
      monitoredAt: site.monitoredAt ? shanghaiText(site.monitoredAt) : '',
    }));
  return [
    ...[sheetOf('unit', unitRows), sheetOf('site', siteRows)],
    ...(await accountSheets(db, { scope, mayContact, ownRows: ownRows.account })),
  ];
}

/** Accounts with their first source, and their further sources in a sheet of their own. */
async function accountSheets(
  db: RegistryDb,
  {
    scope,
    mayContact,
    ownRows,
  }: {
    readonly scope: Scope;
    readonly mayContact: boolean;
    readonly ownRows: ReadonlyMap<number, string>;
  },
): Promise<Sheet[]> {
  const accounts = (await listAccounts(db)).filter(({ sponsorId }) => isInScope(scope, sponsorId));
  const sources = await sourcesByAccount(db);
  const further = await furtherCells(
    db,
    accounts.map(({ id }) => id),
    mayContact,
  );
  const accountRows = accounts.map((account) => ({
    ...further.get(account.id),
    platform: account.platform,
    name: account.name,
    accountId: account.accountId,
    sponsor: account.sponsorName,
    printRow: ownRows.get(account.id) ?? '',
    status: STATUS_WORDS[account.status],
    ...sourceCells(sources.get(account.id)?.[0]),
    monitoredAt: account.monitoredAt ? shanghaiText(account.monitoredAt) : '',
  }));
  const furtherRows = accounts.flatMap(({ id, platform, accountId, name }) =>
    (sources.get(id) ?? [])
      .slice(1)
      .map((source) => ({ platform, accountId, name, ...sourceCells(source) })),
  );
  return [
    sheetOf('account', accountRows),
    ...(furtherRows.length > 0 ? [sheetOf('source', furtherRows)] : []),
  ];
}

type ExportedSource = { kind: string; address: string; identity: string };

async function sourcesByAccount(db: RegistryDb): Promise<Map<number, ExportedSource[]>> {
  const rows = await db
    .selectFrom('account_source')
    .select(['account_id', 'kind', 'address', 'identity'])
    .where('removed_at', 'is', null)
    .orderBy('account_id')
    .orderBy('position')
    .orderBy('id')
    .execute();
  return Map.groupBy(rows, ({ account_id }) => account_id);
}

const sourceCells = (source: ExportedSource | undefined) => ({
  feedKind: source?.kind ?? '无',
  feedUrl: source?.address ?? '',
  appId: source?.identity ?? '',
  appSecret: '',
});

function sheetOf(kind: SheetKind, rows: readonly Readonly<Record<string, string>>[]): Sheet {
  const fields = Object.keys(COLUMNS[kind]);
  return {
    name: SHEET_TITLES[kind],
    rows: [
      fields.map((field) => COLUMNS[kind][field]![0]!),
      ...rows.map((row) => fields.map((field) => row[field] ?? '')),
    ],
  };
}

export const EXPORT_FORMATS = ['xlsx', 'csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Sheets as one file; of several sheets a .csv holds the first. */
export async function writeSheets(
  sheets: readonly Sheet[],
  format: ExportFormat,
): Promise<Uint8Array> {
  if (format === 'xlsx') return writeXlsx(sheets);
  if (format === 'csv') return writeCsv(sheets[0]?.rows ?? []);
  const value = Object.fromEntries(
    sheets.map(({ name, rows: [headers, ...rows] }) => [
      name,
      rows.map((row) => Object.fromEntries(headers!.map((header, index) => [header, row[index]]))),
    ]),
  );
  return Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
}

/** The register as one file by its ending: .xlsx, .json, or .csv (one per sheet, the sheet's name before the ending). */
export async function exportRegistry(
  store: Store,
  path: string,
): Promise<{ path: string; bytes: Uint8Array }[]> {
  const format = EXPORT_FORMATS.find((each) => path.toLowerCase().endsWith(`.${each}`));
  if (format === undefined)
    throw new UserError('registry.export', '导出文件名要以 .xlsx、.csv 或 .json 结尾。');
  const sheets = await exportSheets(store);
  if (format !== 'csv') return [{ path, bytes: await writeSheets(sheets, format) }];
  return Promise.all(
    sheets.map(async (sheet) => ({
      path: path.replace(/\.csv$/i, `.${sheet.name}.csv`),
      bytes: await writeSheets([sheet], format),
    })),
  );
}
