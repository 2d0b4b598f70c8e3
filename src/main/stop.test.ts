import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../documents/workbook.ts';
import { readLock } from '../store/open-embedded-store.ts';
import { PACKAGE_ROOT } from './config.ts';

let folder: string;
const data = (): string => join(folder, '数据');
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), '巡鉴 停止-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Child {
  readonly process: ChildProcess;
  readonly ended: Promise<{ code: number | null; out: string; err: string }>;
}

function run(script: 'cli' | 'start', argv: readonly string[], env: NodeJS.ProcessEnv = {}): Child {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(PACKAGE_ROOT, 'src', 'main', `${script}.ts`),
      ...argv,
    ],
    { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return { process: child, ended: once(child, 'close').then(([code]) => ({ code, out, err })) };
}

/** A supervisor of this name, made and let in by the machine's owner; returns the session's cookie. */
async function signIn(url: string, login: string): Promise<string> {
  const command = (...argv: string[]) => run('cli', [...argv, '--data', data(), '--json']).ended;
  await command('user', 'add', login, '--name', '值班', '--role', 'supervisor');
  const { link } = JSON.parse((await command('user', 'link', login)).out) as { link: string };
  const answer = await request(new URL(link, url));
  await answer.body.dump();
  return String(answer.headers['set-cookie']).split(';')[0] ?? '';
}

describe('a server that is asked to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s ends its streams, gives the data folder back and exits with 0',
    async (signal) => {
      const server = run('start', ['--empty', '--data', data()], {
        XUNJIAN_PORT: '0',
        XUNJIAN_PROT: 'hunter2',
        DATABASE_URL: '',
      });
      const [line] = (await once(createInterface({ input: server.process.stdout! }), 'line')) as [
        string,
      ];
      const url = line.replace('巡鉴已启动：', '');
      const stream = await request(new URL('/api/v1/progress', url), {
        headers: { accept: 'text/event-stream', cookie: await signIn(url, signal) },
      });
      const idle = await request(new URL('/healthz', url));
      await idle.body.dump();
      server.process.kill(signal);
      expect(await stream.body.text()).toContain('event: ready');
      const { code, err } = await server.ended;
      expect([code, readLock(data())]).toEqual([0, null]);
      const lines = err.split('\n').filter((each) => each.startsWith('{'));
      const messages = lines.map((each) => (JSON.parse(each) as { message: string }).message);
      expect(messages).toEqual(
        expect.arrayContaining(['生效的设置', '已启动', '正在停止', '已停止']),
      );
      expect(err).toContain('是不是 XUNJIAN_PORT？');
      expect(err).not.toContain('hunter2');
    },
  );

  it('refuses to start on a wrong setting, naming it', async () => {
    const { code, err } = await run('start', ['--empty'], { XUNJIAN_PORT: '很多' }).ended;
    expect([code, err]).toEqual([2, expect.stringContaining('XUNJIAN_PORT：“很多” 不能用')]);
  });
});

/** A site whose answers stop at the `n`-th visit until the gate is opened. */
async function hangingSite(n: number) {
  let asked = 0;
  let answered = 0;
  let open = false;
  let reached: () => void = () => undefined;
  const hanging = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const server = createServer((incoming: IncomingMessage, answer: ServerResponse) => {
    asked += 1;
    if (!open && asked > n) return reached();
    answered += 1;
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    answer.end(`<title>乙市</title><p>${incoming.url}</p>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    hanging,
    answered: () => answered,
    open: () => {
      open = true;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('a round that is asked to stop', () => {
  it('stops at a safe point, and the same command makes only the visits that are left', async () => {
    const ANSWERED_FIRST = 60;
    const site = await hangingSite(ANSWERED_FIRST);
    const argv = ['--data', join(folder, '批次'), '--json'];
    await writeFile(
      join(folder, '名录.csv'),
      writeCsv([
        ['网站标识码', '网站名称', '主办单位', '首页网址'],
        ['4300000041', '乙市', '乙市', 'http://yi.example.gov.cn/'],
      ]),
    );
    await writeFile(
      join(folder, '单位.csv'),
      writeCsv([
        ['名称', '上级'],
        ['乙市', ''],
      ]),
    );
    const imported = await run('cli', ['registry', 'import', '单位.csv', '名录.csv', ...argv])
      .ended;
    expect(imported).toMatchObject({ code: 0 });
    const round = [
      ...['round', 'run', '--period', '2020Q3', '--window', '2020-07-07..2020-09-17'],
      ...['--at', '2020-09-17', '--ruleset', 'hunan-2020', '--clock', 'replay'],
      ...['--resolve', `*=127.0.0.1:${site.port}`, ...argv],
    ];
    const first = run('cli', round);
    await site.hanging;
    first.process.kill('SIGTERM');
    const stopped = await first.ended;
    expect([stopped.code, stopped.out]).toEqual([1, '']);
    expect(stopped.err).toContain('再运行同一条命令会接着做');
    const before = site.answered();
    site.open();
    const second = await run('cli', round).ended;
    expect([second.code, JSON.parse(second.out)]).toEqual([
      0,
      expect.objectContaining({ probes: 140 }),
    ]);
    // What was answered and kept is not asked again: the visits that are left, and the crawl.
    expect(site.answered() - before).toBeLessThanOrEqual(
      140 - before + JSON.parse(second.out).pages,
    );
    site.close();
  });
});
