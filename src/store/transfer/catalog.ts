import { type Kysely, sql } from 'kysely';
import { invariant } from '../../lib/pure/errors.ts';

// biome-ignore lint/suspicious/noExplicitAny: the catalog knows tables by name only
export type AnyDb = Kysely<any>;

export interface Column {
  readonly name: string;
  /** PostgreSQL's name of the type, with its modifier: `timestamp with time zone`, `numeric(12,2)`. */
  readonly type: string;
}

/** A table as data is moved: what can be written (generated columns are not), and from where it is read. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Where the rows lie: the table itself, or its partitions. */
  readonly leaves: readonly string[];
  /** Columns numbered by a sequence. */
  readonly numbered: readonly string[];
}

export interface ForeignKey {
  readonly table: string;
  readonly target: string;
  readonly name: string;
  readonly deferrable: boolean;
}

export interface Catalog {
  /** A table comes after those it refers to. */
  readonly tables: readonly Table[];
  /** Keys that no order of tables serves: to the same table, or in a ring. Checked at the end of a load instead. */
  readonly late: readonly ForeignKey[];
}

/** The migrator's own bookkeeping: made by opening a store, never moved. */
const OWN_TABLES = ['kysely_migration', 'kysely_migration_lock'];

/** Reads the tables of the current schema. Which tables there are is the features' affair; none is named here. */
export async function readCatalog(db: AnyDb): Promise<Catalog> {
  const { rows } = await sql<{ name: string; oid: number }>`
    select c.relname::text as name, c.oid::int8 as oid from pg_class c
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname <> all (${sql.lit(`{${OWN_TABLES.join(',')}}`)}::text[])
     order by c.relname`.execute(db);
  const tables: Table[] = [];
  for (const { name, oid } of rows) tables.push(await readTable(db, name, oid));
  const { ordered, late } = order(tables, await readForeignKeys(db));
  return { tables: ordered, late };
}

async function readTable(db: AnyDb, name: string, oid: number): Promise<Table> {
  const columns = await sql<Column & { sequence: string | null }>`
    select a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type,
           pg_get_serial_sequence(quote_ident(${name}), a.attname) as sequence
      from pg_attribute a
     where a.attrelid = ${oid}::int8::oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     order by a.attname`.execute(db);
  const leaves = await sql<{ name: string }>`
    select c.relname::text as name from pg_partition_tree(${oid}::int8::oid::regclass) t join pg_class c on c.oid = t.relid
     where t.isleaf order by c.relname`.execute(db);
  return {
    name,
    columns: columns.rows.map(({ name: column, type }) => ({ name: column, type })),
    leaves: leaves.rows.length > 0 ? leaves.rows.map((leaf) => leaf.name) : [name],
    numbered: columns.rows.filter((row) => row.sequence !== null).map((row) => row.name),
  };
}

async function readForeignKeys(db: AnyDb): Promise<ForeignKey[]> {
  const { rows } = await sql<ForeignKey>`
    select c.relname::text as table, t.relname::text as target, k.conname::text as name, k.condeferrable as deferrable
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and k.conparentid = 0 and k.connamespace = current_schema()::regnamespace
     order by c.relname, k.conname`.execute(db);
  return rows;
}

function order(
  tables: readonly Table[],
  keys: readonly ForeignKey[],
): { ordered: Table[]; late: ForeignKey[] } {
  const late = keys.filter((key) => key.table === key.target);
  let waiting = [...tables];
  let open = keys.filter((key) => key.table !== key.target);
  const ordered: Table[] = [];
  while (waiting.length > 0) {
    const ready = waiting.filter((table) => !open.some((key) => key.table === table.name));
    if (ready.length === 0) {
      // A ring: its keys are checked late, and the rest falls into order.
      late.push(...open);
      open = [];
      continue;
    }
    const done = new Set(ready.map((table) => table.name));
    ordered.push(...ready);
    waiting = waiting.filter((table) => !done.has(table.name));
    open = open.filter((key) => !done.has(key.target));
  }
  invariant(ordered.length === tables.length, '有表没有排进顺序');
  return { ordered, late };
}

/** Names of the migrations that this database has, in their order. */
export async function readMigrations(db: AnyDb): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name::text as name from kysely_migration order by name collate "C"`.execute(db);
  return rows.map((row) => row.name);
}

/** Where the numbering of a column stands: the last number and whether it was given out. */
export interface Numbering {
  readonly column: string;
  readonly last: number;
  readonly given: boolean;
}

export async function readNumbering(db: AnyDb, table: Table): Promise<Numbering[]> {
  const found: Numbering[] = [];
  for (const column of table.numbered) {
    const { rows } = await sql<{ sequence: string }>`
      select pg_get_serial_sequence(quote_ident(${table.name}), ${column}) as sequence`.execute(db);
    const state = await sql<{ last: number; given: boolean }>`
      select last_value as last, is_called as given from ${sql.raw(rows[0]!.sequence)}`.execute(db);
    found.push({ column, ...state.rows[0]! });
  }
  return found;
}

export async function writeNumbering(
  db: AnyDb,
  table: Table,
  numbering: readonly Numbering[],
): Promise<void> {
  for (const { column, last, given } of numbering) {
    await sql`select setval(pg_get_serial_sequence(quote_ident(${table.name}), ${column}), ${last}::int8, ${given}::boolean)`.execute(
      db,
    );
  }
}
