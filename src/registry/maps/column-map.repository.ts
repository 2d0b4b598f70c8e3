import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { RegistryDb } from '../registry.repository.ts';
import type { ColumnMap } from './column-map.ts';

export interface StoredMap {
  readonly map: ColumnMap;
  readonly changedBy: string;
  readonly changedAt: Instant;
}

export async function listMaps(db: RegistryDb): Promise<StoredMap[]> {
  const rows = await db.selectFrom('column_map').selectAll().orderBy('name').execute();
  return rows.map((row) => ({
    map: row.definition as unknown as ColumnMap,
    changedBy: row.changed_by,
    changedAt: row.changed_at,
  }));
}

/** Throws {@link UserError} `column-map.unknown`. */
export async function findMap(db: RegistryDb, name: string): Promise<ColumnMap> {
  const row = await db
    .selectFrom('column_map')
    .select('definition')
    .where('name', '=', name)
    .executeTakeFirst();
  if (row) return row.definition as unknown as ColumnMap;
  throw new UserError('column-map.unknown', `没有名为“${name}”的列映射。`, { field: 'map' });
}
