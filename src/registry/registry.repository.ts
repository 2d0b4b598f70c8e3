import { type Kysely, sql } from 'kysely';
import type { Account, Site } from '../domain/subject.ts';
import type { Unit } from '../domain/unit.ts';
import type { CalendarDate } from '../lib/pure/dates.ts';
import type { Store } from '../store/store.ts';
import type { RegistryTables } from './tables.ts';
import { UnitTree } from './unit-tree.ts';

export type RegistryDb = Kysely<RegistryTables>;

/** Any handle of the store seen through the registry's tables. */
export function registryDb<Tables>(db: Kysely<Tables>): RegistryDb {
  return db as unknown as RegistryDb;
}

/** Whether nothing was ever registered. */
export async function registryIsEmpty(store: Store): Promise<boolean> {
  const unit = await registryDb(store.db)
    .selectFrom('unit')
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return unit === undefined;
}

/** All units in registry order. */
export async function listUnits<Tables>(anyDb: Kysely<Tables>): Promise<Unit[]> {
  const rows = await registryDb(anyDb)
    .selectFrom('unit')
    .selectAll()
    .orderBy('registry_order')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    parentId: row.parent_id,
    aliases: row.aliases as unknown as string[],
    printRow: row.print_row,
    printOrder: row.print_order,
    divisionCode: row.division_code,
  }));
}

/** Former names by unit. */
export async function formerNames<Tables>(anyDb: Kysely<Tables>): Promise<Map<number, string[]>> {
  const names = new Map<number, string[]>();
  for (const row of await registryDb(anyDb).selectFrom('unit_rename').selectAll().execute()) {
    names.set(row.unit_id, [...(names.get(row.unit_id) ?? []), row.former_name]);
  }
  return names;
}

export async function loadUnitTree<Tables>(anyDb: Kysely<Tables>): Promise<UnitTree> {
  return new UnitTree(await listUnits(anyDb), await formerNames(anyDb));
}

/** All sites in registry order, print rows resolved. */
export async function listSites<Tables>(anyDb: Kysely<Tables>): Promise<Site[]> {
  const tree = await loadUnitTree(anyDb);
  const rows = await registryDb(anyDb)
    .selectFrom('site')
    .selectAll()
    .orderBy('registry_order')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    kind: 'site',
    id: row.id,
    name: row.name,
    sponsorId: row.sponsor_id,
    sponsorName: tree.get(row.sponsor_id)?.name ?? '',
    printRow: row.print_row ?? tree.printRowOf(row.sponsor_id),
    status: row.status,
    registryOrder: row.registry_order,
    monitoredAt: row.monitored_at,
    siteCode: row.site_code,
    homeUrl: row.home_url,
    isPortal: row.is_portal,
    hasService: row.has_service,
  }));
}

/** How a site is named: by its row, or by its code (网站标识码). */
export type SiteName = { readonly id: number } | { readonly siteCode: string };

/** One site with what tells who may see it; null when the register has none of that name. */
export async function findSite<Tables>(
  anyDb: Kysely<Tables>,
  name: SiteName,
): Promise<Pick<Site, 'id' | 'siteCode' | 'sponsorId'> | null> {
  const sites = registryDb(anyDb)
    .selectFrom('site')
    .select(['id', 'site_code as siteCode', 'sponsor_id as sponsorId']);
  const named =
    'id' in name
      ? sites.where('id', '=', name.id)
      : sites.where('site_code', '=', name.siteCode.trim());
  return (await named.executeTakeFirst()) ?? null;
}

/** All accounts in registry order, print rows resolved. */
export async function listAccounts<Tables>(anyDb: Kysely<Tables>): Promise<Account[]> {
  const tree = await loadUnitTree(anyDb);
  const rows = await registryDb(anyDb)
    .selectFrom('account')
    .selectAll()
    .orderBy('registry_order')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    kind: 'account',
    id: row.id,
    name: row.name,
    sponsorId: row.sponsor_id,
    sponsorName: tree.get(row.sponsor_id)?.name ?? '',
    printRow: row.print_row ?? tree.printRowOf(row.sponsor_id),
    status: row.status,
    registryOrder: row.registry_order,
    monitoredAt: row.monitored_at,
    platform: row.platform,
    accountId: row.account_id,
  }));
}

/** Print rows in print order; rows that only subjects name (通报行 on a site or account) come after the units'. */
export async function listPrintRows<Tables>(anyDb: Kysely<Tables>): Promise<string[]> {
  const rows = (await loadUnitTree(anyDb)).printRows();
  const named = await sql<{ print_row: string }>`
    select print_row from (
      select print_row, min(registry_order) as first from site where print_row is not null group by print_row
      union all
      select print_row, min(registry_order) + 1000000 from account where print_row is not null group by print_row
    ) as rows order by first`.execute(registryDb(anyDb));
  return [...new Set([...rows, ...named.rows.map((row) => row.print_row)])];
}

/** How a subject or unit looked on a date: the newest history value not after it, or null. */
export async function historyAsOf<Tables>(
  anyDb: Kysely<Tables>,
  kind: 'unit' | 'site' | 'account',
  asOf: CalendarDate,
): Promise<Map<number, Record<string, unknown>>> {
  const result = await sql<{ subject_id: number; value: Record<string, unknown> }>`
    select distinct on (subject_id) subject_id, value from register_history
     where kind = ${kind} and valid_from <= ${asOf}::date order by subject_id, valid_from desc, id desc`.execute(
    registryDb(anyDb),
  );
  return new Map(result.rows.map((row) => [row.subject_id, row.value]));
}
