import { sql } from 'kysely';
import type { AnyDb, Table } from './catalog.ts';
import { RowDigest } from './row-digest.ts';

/** Rows read at a time: a batch of about this size, whatever the rows are like; one 8 kB block at the least. */
const BATCH_BYTES = 2 * 1024 * 1024;
const BLOCKS_FIRST = 16;
const BLOCKS_MAX = 256;

/**
 * The rows of a table as canonical lines, batch by batch: a JSON array of each column's text (null stays null), columns by name.
 * Both databases give the same line for the same row, because both sessions are in one state (`values.ts`).
 *
 * Batches follow the blocks on the disk (`ctid`), for not every table has a key and a cursor is not to be had embedded; so the
 * caller holds one snapshot: a transaction that reads repeatably.
 */
export async function* readRows(
  snapshot: AnyDb,
  table: Table,
  signal: AbortSignal,
): AsyncGenerator<readonly string[]> {
  const columns = sql.join(
    table.columns.map((column) => sql`${sql.ref(column.name)}::text`),
    sql`, `,
  );
  for (const leaf of table.leaves) {
    const { rows } = await sql<{ blocks: number }>`
      select pg_relation_size(quote_ident(${leaf})::regclass) / current_setting('block_size')::int8 as blocks`.execute(
      snapshot,
    );
    const blocks = rows[0]?.blocks ?? 0;
    let step = BLOCKS_FIRST;
    for (let block = 0; block < blocks; ) {
      signal.throwIfAborted();
      const [from, to] = [`(${block},0)`, `(${block + step},0)`];
      const batch = await sql<{ line: string }>`
        select array_to_json(array[${columns}]::text[])::text as line from ${sql.table(leaf)}
         where ctid >= ${from}::tid and ctid < ${to}::tid`.execute(snapshot);
      const lines = batch.rows.map((row) => row.line);
      if (lines.length > 0) yield lines;
      block += step;
      const bytes = lines.reduce((sum, line) => sum + line.length, 0);
      if (bytes > BATCH_BYTES) step = Math.max(1, Math.floor(step / 2));
      else if (bytes < BATCH_BYTES / 4) step = Math.min(BLOCKS_MAX, step * 2);
    }
  }
}

/** Count and checksum of a table's rows. */
export async function digestTable(
  snapshot: AnyDb,
  table: Table,
  signal: AbortSignal,
): Promise<RowDigest> {
  const digest = new RowDigest();
  for await (const lines of readRows(snapshot, table, signal))
    for (const line of lines) digest.add(line);
  return digest;
}
