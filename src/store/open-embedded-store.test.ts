import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { UserError } from '../lib/pure/errors.ts';
import { announceServer, openEmbeddedStore, readLock } from './open-embedded-store.ts';
import type { Store } from './store.ts';

const folders: string[] = [];
const stores: Store[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), '巡鉴 库-'));
  folders.push(folder);
  return folder;
}

async function open(folder: string): Promise<Store> {
  const store = await openEmbeddedStore(folder);
  stores.push(store);
  return store;
}

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const addAudit = (store: Store, actor: string): Promise<unknown> =>
  store.transaction((trx) =>
    sql`insert into audit (actor, action, detail) values (${actor}, 'test', '{}')`.execute(trx),
  );
const actors = async (store: Store): Promise<string[]> =>
  (await sql<{ actor: string }>`select actor from audit order by id`.execute(store.db)).rows.map(
    (row) => row.actor,
  );

describe('embedded store', () => {
  it('keeps what was written, and gives values in one shape', async () => {
    const folder = await newFolder();
    const first = await open(folder);
    await addAudit(first, '甲');
    await first.close();
    const second = await open(folder);
    expect(await actors(second)).toEqual(['甲']);
    const { rows } = await sql<Record<string, unknown>>`
      select 9007199254740991::int8 as big, date '2020-09-17' as day, timestamptz '2020-09-17 15:59:59.999+00' as at, '{"a":[1]}'::jsonb as value`.execute(
      second.db,
    );
    expect(rows[0]).toEqual({
      big: Number.MAX_SAFE_INTEGER,
      day: '2020-09-17',
      at: '2020-09-17T15:59:59.999Z',
      value: { a: [1] },
    });
  });

  it('opens a new one also where no template can be kept', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'file'), '');
    const store = await openEmbeddedStore(folder, join(folder, 'file', 'embedded-x'));
    stores.push(store);
    await addAudit(store, '丙');
    expect(await actors(store)).toEqual(['丙']);
  });

  it('does not mix transactions with each other or with queries from beside', async () => {
    const store = await open(await newFolder());
    const failing = store.transaction(async (trx) => {
      await sql`insert into audit (actor, action, detail) values ('撤销', 'test', '{}')`.execute(
        trx,
      );
      throw new Error('撤销');
    });
    const beside = Array.from({ length: 20 }, (_each, index) => addAudit(store, `第${index}个`));
    await expect(failing).rejects.toThrow('撤销');
    await Promise.all([...beside, actors(store)]);
    const written = await actors(store);
    expect(written).toHaveLength(20);
    expect(written).not.toContain('撤销');
  });

  it('is opened by one process at a time, and says by which', async () => {
    const folder = await newFolder();
    const store = await open(folder);
    announceServer(folder, { port: 8620, token: 'x' });
    const refused = await openEmbeddedStore(folder).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UserError);
    expect((refused as UserError).message).toContain(String(process.pid));
    expect(readLock(folder)?.server).toEqual({ port: 8620, token: 'x' });
    await store.close();
    expect(readLock(folder)).toBeNull();
  });

  it('takes over the lock of a process that is dead, or whose number another bears', async () => {
    for (const lock of [
      { pid: 4_194_303, startTicks: '1' },
      { pid: process.pid, startTicks: '1' },
    ]) {
      const folder = await newFolder();
      await writeFile(join(folder, 'lock'), JSON.stringify(lock));
      await addAudit(await open(folder), '乙');
    }
  });

  it('loses no acknowledged row when killed in the midst of writing', async () => {
    const folder = await newFolder();
    const script = new URL('../testing/write-until-killed.ts', import.meta.url);
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', fileURLToPath(script), folder],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let acknowledged = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line);
      if (acknowledged >= 40) child.kill('SIGKILL');
    }
    const written = await actors(await open(folder));
    expect(acknowledged).toBeGreaterThanOrEqual(40);
    expect(written.length).toBeGreaterThanOrEqual(acknowledged);
  });
});
