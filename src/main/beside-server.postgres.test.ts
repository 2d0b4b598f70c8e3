import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { writeCsv } from '../documents/workbook.ts';
import { createTestDatabase, dropTestDatabase } from '../testing/postgres/test-databases.ts';
import { signedIn } from '../testing/signed-in.ts';
import { type AppDeps, openApp, placeOf } from './app-deps.ts';
import { PACKAGE_ROOT, readConfig } from './config.ts';
import { type RunningServer, startServer } from './serve.ts';

let folder: string;
let url: string;
let deps: AppDeps;
let server: RunningServer;
const environment = () => ({ DATABASE_URL: url, XUNJIAN_DATA: folder });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), '巡鉴 旁边-'));
  url = await createTestDatabase(inject('postgresUrl'));
  const config = readConfig(environment());
  deps = await openApp(config, placeOf(config, undefined, folder));
  server = await startServer(deps, folder, { port: 0 });
});
afterAll(async () => {
  await server.close();
  await deps.close();
  await dropTestDatabase(url);
  await rm(folder, { recursive: true, force: true });
});

async function run(...argv: string[]): Promise<{ code: number; stdout: string }> {
  const script = join(PACKAGE_ROOT, 'src', 'main', 'cli.ts');
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, ...argv, '--json'],
    {
      cwd: folder,
      env: { ...process.env, ...environment() },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout };
}

it('commands open PostgreSQL beside a server, which sees at once what they did', async () => {
  await writeFile(
    join(folder, '单位.csv'),
    writeCsv([
      ['名称', '上级'],
      ['乙市', ''],
    ]),
  );
  const both = await Promise.all([run('registry', 'import', '单位.csv'), run('registry', 'show')]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  const { cookie } = await signedIn(server.app, deps.identity, ['supervisor']);
  const { body } = await request(new URL('/api/v1/units', server.url), { headers: { cookie } });
  expect(await body.json()).toMatchObject({ items: [{ name: '乙市' }] });
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});

it('--data names the embedded database of a folder, whatever DATABASE_URL says', async () => {
  const shown = await run('registry', 'show', '--data', join(folder, '内嵌'));
  expect([shown.code, shown.stdout]).toEqual([0, '']);
  expect(existsSync(join(folder, '内嵌', 'db'))).toBe(true);
});
