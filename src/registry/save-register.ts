import type { Insertable } from 'kysely';
import type { CalendarDate } from '../lib/pure/dates.ts';
import type { RegisterChanges } from './register-changes.ts';
import type { SiteRowInput, UnitRowInput } from './register-rows.ts';
import type { RegistryDb } from './registry.repository.ts';
import type { RegistryTables } from './tables.ts';
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
  /** Where the change came from, for the history; Chinese. */
  readonly source?: string;
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
  return saveAll(db, prepared, saving);
}

interface HistoryRow {
  readonly subjectId: number;
  readonly value: Readonly<Record<string, unknown>>;
}

interface Prepared {
  readonly known: ({ readonly id: number } & Record<string, unknown>) | undefined;
  readonly values: Insertable<RegistryTables['site']>;
}

async function saveAll(
  db: RegistryDb,
  prepared: readonly Prepared[],
  { today, changes }: Saving,
): Promise<ImportCounts> {
  const added = prepared.filter(({ known }) => !known).map(({ values }) => values);
  const changed = prepared.flatMap(({ known, values }) =>
    known && differs(known, values) ? [{ id: known.id, known, values }] : [],
  );
  // Changed ones first: the list is bounded, and what was is told nowhere else in the trail.
  for (const { known, values } of changed) changes.add(`site:${known.site_code}`, known, values);
  for (const values of added) changes.add(`site:${values.site_code}`, undefined, values);
  const history: HistoryRow[] = changed.map(({ id, values }) => ({ subjectId: id, value: values }));
  for (let start = 0; start < added.length; start += INSERT_BATCH) {
    const slice = added.slice(start, start + INSERT_BATCH);
    const inserted = await db.insertInto('site').values(slice).returning('id').execute();
    inserted.forEach(({ id }, index) => {
      history.push({ subjectId: id, value: slice[index]! });
    });
  }
  for (const { id, values } of changed)
    await db.updateTable('site').set(values).where('id', '=', id).execute();
  await saveHistory(db, 'site', history, today);
  return {
    added: added.length,
    changed: changed.length,
    unchanged: prepared.length - added.length - changed.length,
  };
}

/** Every change with the date from which it holds. */
export async function saveHistory(
  db: RegistryDb,
  kind: 'unit' | 'site' | 'account',
  rows: readonly HistoryRow[],
  today: CalendarDate,
  source: string | null = null,
): Promise<void> {
  for (let start = 0; start < rows.length; start += INSERT_BATCH) {
    const slice = rows.slice(start, start + INSERT_BATCH).map(({ subjectId, value }) => ({
      kind,
      subject_id: subjectId,
      valid_from: today,
      value: JSON.stringify(value),
      source,
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
