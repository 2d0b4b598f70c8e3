import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect, inject, it } from 'vitest';
import { createTestDatabase, dropTestDatabase } from '../testing/postgres/test-databases.ts';
import * as behave from '../testing/servers/behaviours.ts';
import { startServer } from '../testing/servers/start-server.ts';

const SCRIPT = new URL('../testing/survey-until-killed.ts', import.meta.url).pathname;
const PAGES = 1_500;
const KILL_AT = 500;
it('a survey that is killed goes on and visits what was kept no more', async () => {
  const folder = await mkdtemp(join(tmpdir(), '巡鉴 普查-'));
  const url =
    inject('database') === 'postgres' ? await createTestDatabase(inject('postgresUrl')) : '';
  let asked = 0;
  let onAsked = (): void => undefined;
  await using server = await startServer((request, response) => {
    const at = Number(/\/p(\d+)$/.exec(request.url ?? '')?.[1] ?? (request.url === '/' ? 1 : 0));
    if (at === 0) return behave.answer(404)(request, response);
    asked += 1;
    onAsked();
    const links = [at * 2, at * 2 + 1].filter((next) => next <= PAGES);
    behave.answer(200, links.map((next) => `<a href=/p${next}>${next}</a>`).join(''))(
      request,
      response,
    );
  });
  const start = () =>
    spawn(process.execPath, [SCRIPT, folder, server.url, url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const first = start();
  const ended = once(first, 'exit');
  onAsked = () => {
    if (asked === KILL_AT) first.kill('SIGKILL');
  };
  await ended;

  onAsked = () => undefined;
  const second = start();
  let said = '';
  second.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = await once(second, 'exit');
  expect(code).toBe(0);
  const result = JSON.parse(said.slice(said.indexOf('{')));
  expect(result).toMatchObject({ complete: true, waiting: 0 });
  // What was on its way when the kill came is asked for again, the rest is not.
  expect(asked).toBeLessThan(PAGES + KILL_AT);
  await rm(folder, { recursive: true, force: true });
  if (url !== '') await dropTestDatabase(url);
});
