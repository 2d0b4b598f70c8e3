import { sql } from 'kysely';
import type { AnyDb, Catalog, Table } from './catalog.ts';

/** Inserts canonical lines (see `readRows`), numbers of identity columns included. */
export async function writeRows(trx: AnyDb, table: Table, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const names = sql.join(table.columns.map((column) => sql.ref(column.name)));
  const values = sql.join(
    table.columns.map(
      (column, index) => sql`(line ->> ${sql.lit(index)})::${sql.raw(column.type)}`,
    ),
  );
  await sql`
    insert into ${sql.table(table.name)} (${names}) overriding system value
    select ${values} from jsonb_array_elements(${`[${lines.join(',')}]`}::jsonb) as line`.execute(
    trx,
  );
}

/** Keeps others out of these tables until the transaction ends, and names the first that holds rows, or null. */
export async function findFilledTable(trx: AnyDb, catalog: Catalog): Promise<string | null> {
  if (catalog.tables.length === 0) return null;
  const names = sql.join(catalog.tables.map((table) => sql.table(table.name)));
  await sql`lock table ${names} in exclusive mode`.execute(trx);
  for (const table of catalog.tables) {
    const { rows } = await sql`select 1 from ${sql.table(table.name)} limit 1`.execute(trx);
    if (rows.length > 0) return table.name;
  }
  return null;
}

/** Runs a load in which keys that no order of tables serves are checked at the end, and stay what they were. */
export async function withLateKeys<T>(
  trx: AnyDb,
  catalog: Catalog,
  load: () => Promise<T>,
): Promise<T> {
  const alter = async (how: string): Promise<void> => {
    for (const key of catalog.late.filter(({ deferrable }) => !deferrable))
      await sql`alter table ${sql.table(key.table)} alter constraint ${sql.ref(key.name)} ${sql.raw(how)}`.execute(
        trx,
      );
  };
  await alter('deferrable');
  await sql`set constraints all deferred`.execute(trx);
  const result = await load();
  await sql`set constraints all immediate`.execute(trx);
  await alter('not deferrable');
  return result;
}
