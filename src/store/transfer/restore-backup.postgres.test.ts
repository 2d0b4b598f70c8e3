import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { MIGRATIONS } from '../../../migrations/index.ts';
import { fillStore } from '../../testing/fill-store.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import type { Store } from '../store.ts';
import { restoreBackup } from './restore-backup.ts';
import { type Installation, writeBackup } from './write-backup.ts';

const opened: TemporaryStore[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.remove();
});
async function install(kind: Store['kind']): Promise<Installation & { readonly folder: string }> {
  const temporary = await temporaryStore(kind);
  opened.push(temporary);
  const { store, folder } = temporary;
  return { store, folder, evidenceDir: join(folder, 'evidence') };
}

const io = { signal: new AbortController().signal, onProgress: () => undefined };
const made = { program: 'test', createdAt: '2026-11-24T00:00:00.000Z' };
const nothing = async (): Promise<void> => undefined;

it.each([
  ['embedded', 'postgres'],
  ['postgres', 'embedded'],
] as const)('a backup of %s restores into %s', async (from, to) => {
  const [source, target] = [await install(from), await install(to)];
  await fillStore(source.store.db);
  const file = join(source.folder, 'x.tar');
  const written = await writeBackup(source, file, made, io);
  await restoreBackup(file, target, io, nothing);
  const again = await writeBackup(target, join(target.folder, 'y.tar'), made, io);
  expect(again).toEqual({ ...written, source: to });
});

it('a backup of an older version is lifted to this one', async () => {
  const [source, target] = [await install('postgres'), await install('postgres')];
  await fillStore(source.store.db);
  // The newest migration undone: what an older program would have written.
  const newest = Object.keys(MIGRATIONS).sort().at(-1)!;
  const before = await tables(source.store);
  await asBefore(source.store, newest);
  const older = await tables(source.store);
  expect(older.length).toBeLessThan(before.length);
  const file = join(source.folder, 'x.tar');
  await writeBackup(source, file, made, io);
  await restoreBackup(file, target, io, nothing);
  expect(await tables(target.store)).toEqual(before);
  const { rows } = await sql<{ n: number }>`select count(*) as n from unit`.execute(
    target.store.db,
  );
  expect(rows[0]?.n).toBe(3);
});

const tables = async (store: Store): Promise<string[]> =>
  (
    await sql<{
      name: string;
    }>`select tablename::text as name from pg_tables where schemaname = current_schema() order by 1`.execute(
      store.db,
    )
  ).rows.map((row) => row.name);

/** Drops the tables that one migration made, found by making them once more beside. */
async function asBefore(store: Store, migration: string): Promise<void> {
  const all = await tables(store);
  await sql`create schema beside`.execute(store.db);
  await store.transaction(async (trx) => {
    await sql`set local search_path to beside`.execute(trx);
    await MIGRATIONS[migration]!.up(trx);
  });
  const made = await sql<{
    name: string;
  }>`select tablename::text as name from pg_tables where schemaname = 'beside'`.execute(store.db);
  for (const { name } of made.rows.filter((row) => all.includes(row.name)))
    await sql`drop table ${sql.table(name)} cascade`.execute(store.db);
  await sql`drop schema beside cascade`.execute(store.db);
  await sql`delete from kysely_migration where name = ${migration}`.execute(store.db);
}
