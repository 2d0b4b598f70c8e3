import { sql } from 'kysely';
import { type Sheet, writeCsv, writeXlsx } from '../../documents/workbook.ts';
import { isInScope, type Scope } from '../../domain/actor.ts';
import type { RequiredField } from '../../domain/completeness.ts';
import { type CalendarDate, shanghaiText } from '../../lib/pure/dates.ts';
import type { Store } from '../../store/store.ts';
import { titleOf } from '../account-fields.ts';
import { STATUS_WORDS } from '../export-registry.ts';
import { furtherCells } from '../record/further-cells.ts';
import { recordsOf } from '../record/record.repository.ts';
import { listAccounts, loadUnitTree, type RegistryDb, registryDb } from '../registry.repository.ts';
import { findMap } from './column-map.repository.ts';
import type { ColumnMap, ExportField } from './column-map.ts';

export interface MappedExport {
  readonly scope: Scope;
  readonly map: ColumnMap;
  /** Only accounts that were entered or changed on that day or later, Asia/Shanghai; null = all. */
  readonly since: CalendarDate | null;
  readonly mayContact: boolean;
}

/** Accounts as an office's table has them: its title rows, its headers, its order of columns. */
export async function exportMapped(
  store: Store,
  { scope, map, since, mayContact }: MappedExport,
): Promise<Sheet> {
  const db = registryDb(store.db);
  const tree = await loadUnitTree(db);
  const changed = since === null ? null : await changedSince(db, since);
  const accounts = (await listAccounts(db)).filter(
    ({ id, sponsorId }) => isInScope(scope, sponsorId) && (changed === null || changed.has(id)),
  );
  const ids = accounts.map(({ id }) => id);
  const further = await furtherCells(db, ids, mayContact);
  const records = await recordsOf(db, ids);
  const constants = new Map(map.constants.map(({ field, value }) => [field, value]));
  const rows = accounts.map((account, index) => {
    const stored = records.get(account.id);
    const derived: Readonly<Record<ExportField, string>> = {
      number: String(index + 1),
      divisionCode: tree.divisionCodeOf(account.sponsorId) ?? '',
      supervisor: tree.chain(account.sponsorId)[1]?.name ?? '',
      completeness: String(stored?.completeness ?? ''),
      missing: ((stored?.missing ?? []) as readonly RequiredField[]).map(titleOf).join('、'),
      change: changed?.get(account.id) ?? '',
    };
    const cells: Readonly<Record<string, string>> = {
      ...further.get(account.id),
      ...derived,
      ...{ platform: account.platform, name: account.name, accountId: account.accountId },
      ...{ sponsor: account.sponsorName, printRow: account.printRow },
      status: STATUS_WORDS[account.status],
      monitoredAt: account.monitoredAt ? shanghaiText(account.monitoredAt) : '',
    };
    return map.columns.map(({ field }) =>
      field === null ? '' : cells[field] || (constants.get(field) ?? ''),
    );
  });
  return {
    name: map.sheet || '新媒体',
    titleRows: map.titles.length,
    rows: [...map.titles.map((title) => [title]), map.columns.map(({ header }) => header), ...rows],
  };
}

export const MAPPED_FORMATS = ['xlsx', 'csv'] as const;

/** The file of {@link exportMapped} by a saved map's name. Throws UserError `column-map.unknown`. */
export async function writeMapped(
  store: Store,
  name: string,
  given: Omit<MappedExport, 'map'> & { readonly format: (typeof MAPPED_FORMATS)[number] },
): Promise<{ readonly sheet: Sheet; readonly bytes: Uint8Array }> {
  const map = await findMap(registryDb(store.db), name);
  const sheet = await exportMapped(store, { ...given, map });
  const bytes = given.format === 'csv' ? writeCsv(sheet.rows) : await writeXlsx([sheet]);
  return { sheet, bytes };
}

/** What happened to each account since a day: entered, closed, or changed. */
async function changedSince(db: RegistryDb, since: CalendarDate): Promise<Map<number, string>> {
  const { rows } = await sql<{ subject_id: number; is_new: boolean; status: string }>`
    select h.subject_id, a.status,
           not exists (select 1 from register_history e
                        where e.kind = 'account' and e.subject_id = h.subject_id and e.valid_from < ${since}::date) as is_new
      from (select distinct subject_id from register_history where kind = 'account' and valid_from >= ${since}::date) h
           join account a on a.id = h.subject_id`.execute(db);
  const word = (isNew: boolean, status: string): string => {
    if (isNew) return '新增';
    return status === 'closed' || status === 'deregistered' ? '关停' : '变更';
  };
  return new Map(rows.map(({ subject_id, is_new, status }) => [subject_id, word(is_new, status)]));
}
