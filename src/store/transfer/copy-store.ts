import { UserError } from '../../lib/pure/errors.ts';
import type { Store } from '../store.ts';
import {
  type AnyDb,
  type Catalog,
  readCatalog,
  readNumbering,
  type Table,
  writeNumbering,
} from './catalog.ts';
import { digestTable, readRows } from './read-rows.ts';
import { RowDigest } from './row-digest.ts';
import { findFilledTable, withLateKeys, writeRows } from './write-rows.ts';

/** What a table held on both sides: the proof of a copy. */
export interface CopiedTable {
  readonly table: string;
  readonly rows: number;
  /** See {@link RowDigest}. */
  readonly checksum: string;
}

export interface TransferIo {
  readonly signal: AbortSignal;
  /** Chinese, for a progress line. */
  readonly onProgress: (message: string) => void;
}

/**
 * Copies every row of one store into another of the same version that is empty, in one transaction, and proves count and
 * checksum of each table before it commits. `finish` runs in that transaction after the proof. Throws {@link UserError}
 * `copy.target-filled`, `copy.target-differs` or `copy.unproven`; then the target holds nothing.
 */
export async function copyStore(
  from: Store,
  to: Store,
  io: TransferIo,
  finish: (trx: AnyDb, copied: readonly CopiedTable[]) => Promise<void>,
): Promise<CopiedTable[]> {
  return from.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((source) =>
      to.transaction(async (target) => {
        const catalog = await readCatalog(source);
        assertSameTables(catalog, await readCatalog(target));
        await assertEmpty(target, catalog);
        const copied = await withLateKeys(target, catalog, () =>
          copyTables(source, target, catalog, io),
        );
        await finish(target, copied);
        return copied;
      }),
    );
}

async function copyTables(
  source: AnyDb,
  target: AnyDb,
  catalog: Catalog,
  io: TransferIo,
): Promise<CopiedTable[]> {
  const copied: CopiedTable[] = [];
  for (const table of catalog.tables) {
    const digest = new RowDigest();
    for await (const lines of readRows(source, table, io.signal)) {
      for (const line of lines) digest.add(line);
      await writeRows(target, table, lines);
      io.onProgress(`复制 ${table.name}：${digest.rows} 行`);
    }
    await writeNumbering(target, table, await readNumbering(source, table));
    await assertSameRows(target, table, digest, io.signal);
    copied.push({ table: table.name, rows: digest.rows, checksum: digest.checksum });
  }
  return copied;
}

/** Throws {@link UserError} `copy.target-filled` unless all tables are empty; locks them. */
export async function assertEmpty(trx: AnyDb, catalog: Catalog): Promise<void> {
  const filled = await findFilledTable(trx, catalog);
  if (filled !== null)
    throw new UserError(
      'copy.target-filled',
      `目标里已有数据（表 ${filled}），没有写入任何内容；请换一个空的库或数据目录。`,
      { family: 'state' },
    );
}

/** Reads a table back and throws {@link UserError} `copy.unproven` unless it holds exactly those rows. */
export async function assertSameRows(
  target: AnyDb,
  table: Table,
  expected: Pick<RowDigest, 'rows' | 'checksum'>,
  signal: AbortSignal,
): Promise<void> {
  const found = await digestTable(target, table, signal);
  if (found.rows !== expected.rows || found.checksum !== expected.checksum)
    throw new UserError(
      'copy.unproven',
      `表 ${table.name} 写入后与原来不一致（应为 ${expected.rows} 行，读回 ${found.rows} 行），已全部撤销。`,
      { family: 'state' },
    );
}

function assertSameTables(from: Catalog, to: Catalog): void {
  const shape = (catalog: Catalog): string =>
    JSON.stringify(catalog.tables.map(({ name, columns }) => ({ name, columns })).sort(byName));
  if (shape(from) !== shape(to))
    throw new UserError(
      'copy.target-differs',
      '目标的表结构与来源不同；请用同一版本的巡鉴，并换一个空的库。',
      { family: 'state' },
    );
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
