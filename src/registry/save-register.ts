import type { CalendarDate } from '../lib/pure/dates.ts';
import type { RegisterChanges } from './register-changes.ts';
import type { AccountRowInput, SiteRowInput, UnitRowInput } from './register-rows.ts';
import type { RegistryDb } from './registry.repository.ts';
import type { UnitTree } from './unit-tree.ts';

export interface ImportCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

export const emptyCounts = (): ImportCounts => ({ added: 0, changed: 0, unchanged: 0 });

/** From when the rows hold, and who is told what changed. */
export interface Saving {
  readonly today: CalendarDate;
  readonly changes: RegisterChanges;
}

/** Rows per insert: at most 13 parameters each, far below PostgreSQL's 65,535. */
const INSERT_BATCH = 1000;

/** Inserts or updates units, parents first. A name that changed while an alias or former name matches is a rename. */
export async function saveUnits(
  db: RegistryDb,
  rows: readonly UnitRowInput[],
  before: UnitTree,
  { today, changes }: Saving,
): Promise<ImportCounts> {
  const counts = { added: 0, changed: 0, unchanged: 0 };
  const idByName = new Map<string, number>();
  const existing = await db.selectFrom('unit').selectAll().execute();
  const byIdentity = new Map(
    existing.map((unit) => [`${unit.name}\u0000${unit.parent_id ?? 0}`, unit]),
  );
  for (const unit of existing) idByName.set(unit.name, unit.id);
  const history: HistoryRow[] = [];
  let order = existing.length;
  for (const row of rows) {
    const parentId = row.parent === '' ? null : (idByName.get(row.parent) ?? null);
    const formerly = [...row.formerNames, ...row.aliases]
      .flatMap((name) => before.named(name))
      .find((unit) => unit.parentId === parentId);
    const known =
      byIdentity.get(`${row.name}\u0000${parentId ?? 0}`) ??
      existing.find((unit) => unit.id === formerly?.id);
    const values = {
      name: row.name,
      parent_id: parentId,
      aliases: JSON.stringify(row.aliases),
      print_row: row.printRow,
      print_order: row.printOrder ?? known?.print_order ?? order + 1,
      division_code: row.divisionCode,
    };
    if (!known) {
      const { id } = await db
        .insertInto('unit')
        .values({ ...values, registry_order: order })
        .returning('id')
        .executeTakeFirstOrThrow();
      order += 1;
      counts.added += 1;
      idByName.set(row.name, id);
      byIdentity.set(`${row.name}\u0000${parentId ?? 0}`, {
        ...values,
        id,
        registry_order: order,
      } as (typeof existing)[number]);
      await saveFormerNames(db, id, row.formerNames, today);
      changes.add(`unit:${id} ${row.name}`, undefined, values);
      history.push({ subjectId: id, value: values });
      continue;
    }
    idByName.set(row.name, known.id);
    if (!differs(known, values)) {
      counts.unchanged += 1;
      continue;
    }
    counts.changed += 1;
    changes.add(`unit:${known.id} ${known.name}`, known, values);
    if (known.name !== row.name) await saveFormerNames(db, known.id, [known.name], today);
    await db.updateTable('unit').set(values).where('id', '=', known.id).execute();
    history.push({ subjectId: known.id, value: values });
  }
  await saveHistory(db, 'unit', history, today);
  return counts;
}

async function saveFormerNames(
  db: RegistryDb,
  unitId: number,
  names: readonly string[],
  today: CalendarDate,
): Promise<void> {
  for (const name of names)
    await db
      .insertInto('unit_rename')
      .values({ unit_id: unitId, former_name: name, until: today })
      .execute();
}

/** Inserts or updates sites by their site code. */
export async function saveSites(
  db: RegistryDb,
  rows: readonly (SiteRowInput & { readonly sponsorId: number })[],
  saving: Saving,
): Promise<ImportCounts> {
  const existing = new Map(
    (await db.selectFrom('site').selectAll().execute()).map((site) => [site.site_code, site]),
  );
  const start = existing.size;
  const prepared = rows.map((row, index) => ({
    known: existing.get(row.siteCode),
    values: {
      site_code: row.siteCode,
      name: row.name,
      sponsor_id: row.sponsorId,
      print_row: row.printRow,
      home_url: row.homeUrl,
      status: row.status,
      is_portal: row.isPortal,
      has_service: row.hasService,
      monitored_at: row.monitoredAt,
      registry_order: existing.get(row.siteCode)?.registry_order ?? start + index,
    },
  }));
  return (await saveAll(db, 'site', prepared, saving)).counts;
}

/** Accounts as they were saved: ids in the order of the rows, and which of them was as before. */
export interface SavedAccounts {
  readonly counts: ImportCounts;
  readonly ids: readonly number[];
  readonly unchanged: ReadonlySet<number>;
}

/** Inserts or updates accounts by platform and account id, or by platform, name and sponsor where there is no id. */
export async function saveAccounts(
  db: RegistryDb,
  rows: readonly (AccountRowInput & { readonly sponsorId: number })[],
  saving: Saving,
): Promise<SavedAccounts> {
  const all = await db.selectFrom('account').selectAll().execute();
  const identityOf = (account: {
    platform: string;
    account_id: string;
    name: string;
    sponsor_id: number;
  }): string =>
    account.account_id === ''
      ? `${account.platform}\u0000${account.name}\u0000${account.sponsor_id}`
      : `${account.platform}\u0000${account.account_id}`;
  const existing = new Map(all.map((account) => [identityOf(account), account]));
  const prepared = rows.map((row, index) => {
    const values = {
      platform: row.platform,
      account_id: row.accountId,
      name: row.name,
      sponsor_id: row.sponsorId,
      print_row: row.printRow,
      status: row.status,
      monitored_at: row.monitoredAt,
      registry_order: all.length + index,
    };
    const known = existing.get(identityOf(values));
    return {
      known,
      values: { ...values, registry_order: known?.registry_order ?? values.registry_order },
    };
  });
  const { counts, ids } = await saveAll(db, 'account', prepared, saving);
  const unchanged = prepared.flatMap(({ known, values }) =>
    known && !differs(known, values) ? [known.id] : [],
  );
  return { counts, ids, unchanged: new Set(unchanged) };
}

interface HistoryRow {
  readonly subjectId: number;
  readonly value: Readonly<Record<string, unknown>>;
}

type Prepared<Values> = {
  readonly known: ({ readonly id: number } & Record<string, unknown>) | undefined;
  readonly values: Values;
};

/** How the trail names a site or an account. */
export function subjectOf(
  kind: 'site' | 'account',
  row: Readonly<Record<string, unknown>>,
): string {
  if (kind === 'site') return `site:${row.site_code}`;
  return `account:${row.platform} ${row.account_id === '' ? row.name : row.account_id}`;
}

async function saveAll<Values extends Record<string, unknown>>(
  db: RegistryDb,
  kind: 'site' | 'account',
  prepared: readonly Prepared<Values>[],
  { today, changes }: Saving,
): Promise<{ counts: ImportCounts; ids: number[] }> {
  const added = prepared.filter(({ known }) => !known).map(({ values }) => values);
  const changed = prepared.flatMap(({ known, values }) =>
    known && differs(known, values) ? [{ id: known.id, known, values }] : [],
  );
  // Changed ones first: the list is bounded, and what was is told nowhere else in the trail.
  for (const { known, values } of changed) changes.add(subjectOf(kind, known), known, values);
  for (const values of added) changes.add(subjectOf(kind, values), undefined, values);
  const history: HistoryRow[] = changed.map(({ id, values }) => ({ subjectId: id, value: values }));
  const addedIds: number[] = [];
  for (let start = 0; start < added.length; start += INSERT_BATCH) {
    const slice = added.slice(start, start + INSERT_BATCH);
    const inserted = await db
      .insertInto(kind)
      .values(slice as never)
      .returning('id')
      .execute();
    inserted.forEach(({ id }, index) => {
      addedIds.push(id);
      history.push({ subjectId: id, value: slice[index]! });
    });
  }
  for (const { id, values } of changed)
    await db
      .updateTable(kind)
      .set(values as never)
      .where('id', '=', id as never)
      .execute();
  await saveHistory(db, kind, history, today);
  const counts = {
    added: added.length,
    changed: changed.length,
    unchanged: prepared.length - added.length - changed.length,
  };
  const next = addedIds.values();
  return { counts, ids: prepared.map(({ known }) => known?.id ?? next.next().value!) };
}

/** Every change with the date from which it holds. */
async function saveHistory(
  db: RegistryDb,
  kind: 'unit' | 'site' | 'account',
  rows: readonly HistoryRow[],
  today: CalendarDate,
): Promise<void> {
  for (let start = 0; start < rows.length; start += INSERT_BATCH) {
    const slice = rows.slice(start, start + INSERT_BATCH).map(({ subjectId, value }) => ({
      kind,
      subject_id: subjectId,
      valid_from: today,
      value: JSON.stringify(value),
    }));
    await db.insertInto('register_history').values(slice).execute();
  }
}

/** Whether any given value differs from the stored one; jsonb comes back parsed, so both are compared as JSON. */
function differs(known: Record<string, unknown>, values: Record<string, unknown>): boolean {
  return Object.entries(values).some(([key, value]) => {
    const stored = known[key];
    return (
      (typeof stored === 'object' && stored !== null ? JSON.stringify(stored) : stored) !== value
    );
  });
}
