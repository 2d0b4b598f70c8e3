import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import pg from 'pg';
import { expect, it } from 'vitest';
import { databaseSettings } from '../../store/database-settings.ts';
import { openPostgresStore } from '../../store/open-postgres-store.ts';
import { findBundledPrograms } from './find-programs.ts';
import { runCluster } from './run-cluster.ts';

it('the programs that npm brings serve where none are installed', async () => {
  const cluster = await runCluster([() => null, findBundledPrograms]);
  try {
    const store = await openPostgresStore(databaseSettings(cluster.url));
    const { rows } =
      await sql`select current_setting('server_version_num')::int >= 150000 as fit`.execute(
        store.db,
      );
    expect(rows).toEqual([{ fit: true }]);
    await store.close();
  } finally {
    await cluster.remove();
  }
});

it.each([
  ['nothing is found', () => null, '没有找到 PostgreSQL 15 以上'],
  ['what is found does not run', () => '/没有这个目录', '/没有这个目录：'],
])('when %s the failure says so and what to do', async (_name, find, words) => {
  await expect(runCluster([find])).rejects.toThrow(words);
  await expect(runCluster([find])).rejects.toThrow('请安装 Debian 的 postgresql 软件包');
});

it('a cluster ends with the run that started it, killed or not', async () => {
  const script = fileURLToPath(new URL('hold-cluster.ts', import.meta.url));
  // The run that is killed: it starts the holder as the global set-up does, and passes on what the holder says.
  const run = spawn(
    process.execPath,
    [
      '-e',
      `require('node:child_process').spawn(process.execPath, [${JSON.stringify(script)}], { stdio: ['pipe', 'inherit', 'ignore'], detached: true })`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(run.stdout, 'close');
  const [line] = (await once(createInterface({ input: run.stdout }), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.end();
  run.kill('SIGKILL');
  // The holder has the same output: it closes when the holder, too, is gone.
  await ended;
  await expect(new pg.Client({ connectionString: url }).connect()).rejects.toThrow('ECONNREFUSED');
});
