import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutput } from '../cli/output.ts';
import { parseCommand } from '../cli/parse-command.ts';
import { reportError } from '../cli/run-command.ts';
import { Archive } from '../store/archive/archive.ts';
import { LocalSegments } from '../store/archive/segment-store.ts';
import { answer, routes } from '../testing/servers/behaviours.ts';
import { startServer } from '../testing/servers/start-server.ts';
import { TEST_NOW } from '../testing/servers/test-fetcher.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { siteSurveyCommand } from './survey-command.ts';

let opened: TemporaryStore;
let archive: Archive;
beforeAll(async () => {
  opened = await temporaryStore();
  const segments = new LocalSegments(join(opened.folder, 'evidence'));
  archive = await Archive.open({ store: opened.store, segments, now: () => TEST_NOW });
});
afterAll(async () => {
  await archive.close();
  await opened.remove();
});

async function run(...argv: string[]) {
  const printed = { out: '', err: '' };
  const out = createOutput({
    out: (text) => (printed.out += text),
    err: (text) => (printed.err += text),
    json: argv.includes('--json'),
    terminal: false,
  });
  try {
    const command = siteSurveyCommand(() => 'Xunjian/test');
    const { args } = parseCommand([command], ['site', 'survey', ...argv]);
    const deps = { store: opened.store, archive };
    const { signal } = new AbortController();
    const context = { args, out, deps, cwd: '/', dataDir: '/', actor: 'test', signal };
    return { code: await command.run({ ...context, now: () => TEST_NOW }), ...printed };
  } catch (error) {
    return { code: reportError(error, out), ...printed };
  }
}

describe('xunjian site survey', () => {
  it('walks a site into the database and says what came of it', async () => {
    await using server = await startServer(
      routes({
        '/': answer(200, '<a href=/a.html>甲</a><a href=/gone>乙</a>'),
        '/a.html': answer(200, '甲'),
      }),
    );
    const resolve = `www.x.gov.cn=127.0.0.1:${server.port}`;
    const { code, out } = await run('http://www.x.gov.cn/', '--resolve', resolve, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      survey: expect.any(Number),
      outcomes: { page: 2, 'http-error': 1 },
      complete: true,
    });
    const words = await run('http://www.x.gov.cn/', '--resolve', resolve, '--pages', '1');
    expect(words.out).toContain('没有走完');
  });

  it('a site that does not answer is no success; what is no address is the caller’s mistake', async () => {
    await using server = await startServer(answer(503));
    const resolve = `www.y.gov.cn=127.0.0.1:${server.port}`;
    expect((await run('http://www.y.gov.cn/', '--resolve', resolve)).code).toBe(1);
    expect((await run('not an address')).code).toBe(2);
    expect((await run('http://www.x.gov.cn/', '--pages', 'many')).code).toBe(2);
  });
});
