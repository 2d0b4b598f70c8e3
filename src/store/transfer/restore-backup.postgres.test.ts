import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { MIGRATIONS } from '../../../migrations/index.ts';
import { fillStore } from '../../testing/fill-store.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import type { Store } from '../store.ts';
import { readCatalog } from './catalog.ts';
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
  const present = await tables(target.store);
  const [first] = Object.keys(MIGRATIONS).sort();
  await asOnlyAfter(source.store, first!);
  expect((await tables(source.store)).length).toBeLessThan(present.length);
  await sql`insert into unit (name, aliases, print_order, registry_order) values ('甲省', '[]', 1, 1)`.execute(
    source.store.db,
  );
  const file = join(source.folder, 'x.tar');
  await writeBackup(source, file, made, io);
  await restoreBackup(file, target, io, nothing);
  expect(await tables(target.store)).toEqual(present);
  expect((await sql`select name from unit`.execute(target.store.db)).rows).toEqual([
    { name: '甲省' },
  ]);
});

const tables = async (store: Store): Promise<string[]> =>
  (await readCatalog(store.db)).tables.map((table) => table.name).sort();

/** The database as a program that knew one migration left it. */
async function asOnlyAfter(store: Store, migration: string): Promise<void> {
  for (const name of await tables(store))
    await sql`drop table ${sql.table(name)} cascade`.execute(store.db);
  await MIGRATIONS[migration]!.up(store.db);
  await sql`delete from kysely_migration where name <> ${migration}`.execute(store.db);
}
