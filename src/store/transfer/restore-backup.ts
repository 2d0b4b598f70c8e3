import { sql } from 'kysely';
import { MIGRATIONS } from '../../../migrations/index.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { type AnyDb, readCatalog, type Table, writeNumbering } from './catalog.ts';
import { assertEmpty, assertSameRows, type TransferIo } from './copy-store.ts';
import {
  beginEvidence,
  clearEvidence,
  endEvidence,
  isEvidenceFree,
  placeEvidence,
} from './evidence-folder.ts';
import { type Manifest, tableOfEntry } from './manifest.ts';
import { checkSeal, readEntries, refuse } from './read-backup.ts';
import { readLines, verifyBackup } from './verify-backup.ts';
import type { Installation } from './write-backup.ts';
import { withLateKeys, writeRows } from './write-rows.ts';

/**
 * Restores a backup into an empty installation, whichever database wrote it: first the whole file is verified, then all rows
 * are written and read back in one transaction, in which `finish` runs last; the evidence takes its place with it. A backup of
 * an older version is lifted to this one. Throws {@link UserError} `restore.…`, `copy.target-filled` or `copy.unproven`; then
 * nothing is kept.
 */
export async function restoreBackup(
  path: string,
  to: Installation,
  io: TransferIo,
  finish: (trx: AnyDb, manifest: Manifest) => Promise<void>,
): Promise<Manifest> {
  await checkSeal(path, io.signal);
  await to.store.transaction(async (trx) => assertEmpty(trx, await readCatalog(trx)));
  if (!(await isEvidenceFree(to.evidenceDir)))
    throw new UserError(
      'restore.evidence-filled',
      `证据目录 ${to.evidenceDir} 里已有文件，没有恢复任何内容；请换一个空的目录（XUNJIAN_EVIDENCE_DIR 或 --data）。`,
      { family: 'state' },
    );
  const staging = await beginEvidence(to.evidenceDir);
  try {
    const manifest = await verifyBackup(path, staging, io);
    await to.store.transaction(async (trx) => {
      await load(path, trx, manifest, io);
      await finish(trx, manifest);
      await placeEvidence(to.evidenceDir);
    });
    await endEvidence(to.evidenceDir);
    return manifest;
  } catch (error) {
    // Where the answer to the commit was lost the rows may be in: then the files stay with them.
    if (await isStillEmpty(to)) await clearEvidence(to.evidenceDir);
    throw error;
  }
}

async function isStillEmpty({ store }: Installation): Promise<boolean> {
  try {
    await store.transaction(async (trx) => assertEmpty(trx, await readCatalog(trx)));
    return true;
  } catch {
    return false;
  }
}

async function load(path: string, trx: AnyDb, manifest: Manifest, io: TransferIo): Promise<void> {
  const later = await shapeAs(path, trx, manifest.migrations);
  const catalog = await readCatalog(trx);
  await assertEmpty(trx, catalog);
  const tables = new Map(catalog.tables.map((table) => [table.name, table]));
  assertSameShape(path, tables, manifest);
  await withLateKeys(trx, catalog, async () => {
    await loadRows(path, trx, tables, io);
    for (const { name, numbering, ...expected } of manifest.tables) {
      const table = tables.get(name)!;
      await assertSameRows(trx, table, expected, io.signal);
      await writeNumbering(trx, table, numbering);
    }
  });
  for (const name of later) await MIGRATIONS[name]!.up(trx);
}

async function loadRows(
  path: string,
  trx: AnyDb,
  tables: ReadonlyMap<string, Table>,
  io: TransferIo,
): Promise<void> {
  let rows = 0;
  for await (const entry of readEntries(path, io.signal)) {
    const table = tables.get(tableOfEntry(entry.name) ?? '');
    if (!table) continue;
    const lines = await readLines(path, entry);
    await writeRows(trx, table, lines);
    rows += lines.length;
    io.onProgress(`写入 ${table.name}：共 ${rows} 行`);
  }
}

/**
 * Gives the empty tables the shape that the backup was made in, and returns the migrations to run after loading it: those
 * that came later.
 */
async function shapeAs(path: string, trx: AnyDb, archived: readonly string[]): Promise<string[]> {
  const known = Object.keys(MIGRATIONS).sort();
  if (archived.some((name) => !known.includes(name)))
    throw refuse('newer', path, '是更新版本的巡鉴写的，请先升级巡鉴');
  const later = known.filter((name) => !archived.includes(name));
  if (later.length === 0) return [];
  const { tables } = await readCatalog(trx);
  await assertEmpty(trx, { tables, late: [] });
  await sql`drop table ${sql.join(tables.map(({ name }) => sql.table(name)))}`.execute(trx);
  for (const name of known.filter((each) => archived.includes(each)))
    await MIGRATIONS[name]!.up(trx);
  return later;
}

function assertSameShape(
  path: string,
  tables: ReadonlyMap<string, Table>,
  manifest: Manifest,
): void {
  const differs =
    manifest.tables.length !== tables.size ||
    manifest.tables.some(
      ({ name, columns }) =>
        tables
          .get(name)
          ?.columns.map((column) => column.name)
          .join() !== columns.join(),
    );
  if (differs) throw refuse('differs', path, '的表结构与这个版本不同');
}
