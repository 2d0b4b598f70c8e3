import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../documents/workbook.ts';
import { receivedResponse } from '../testing/received-response.ts';
import { startServer as startSite } from '../testing/servers/start-server.ts';
import { signedIn } from '../testing/signed-in.ts';
import { type AppDeps, openApp, placeOf } from './app-deps.ts';
import { PACKAGE_ROOT, readConfig } from './config.ts';
import { type RunningServer, startServer } from './serve.ts';

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;
const data = (): string => join(folder, '数据 目录');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), '巡鉴 命令-'));
  await writeFile(
    join(folder, '单位.csv'),
    writeCsv([
      ['名称', '上级'],
      ['乙市', ''],
    ]),
  );
  await writeFile(
    join(folder, '坏.csv'),
    writeCsv([
      ['网站标识码', '网站名称', '主办单位', '首页网址'],
      ['1', '某网', '丙市', 'x'],
    ]),
  );
  await writeFile(
    join(folder, '页面.html'),
    '<ul class="list"><li><a href="/1.html">关于召开全市工作座谈会的通知</a><span>2020-09-07</span></li></ul>',
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(...argv: string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const script = join(PACKAGE_ROOT, 'src', 'main', 'cli.ts');
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        script,
        ...argv,
        ...(argv.includes('--data') ? [] : ['--data', data()]),
        '--json',
      ],
      {
        cwd: folder,
        env: { ...process.env, TZ: 'America/St_Johns', LC_ALL: 'C' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

describe('the command line, in a foreign zone and locale and an odd path', () => {
  it('does, and prints results as JSON lines on stdout only', async () => {
    const done = await run('registry', 'import', '单位.csv');
    expect([done.code, JSON.parse(done.stdout).units.added]).toEqual([0, 1]);
    const page = await run(
      'page',
      '页面.html',
      '--url',
      'http://x.gov.cn/tzgg/',
      '--at',
      '2020-09-17',
    );
    expect(JSON.parse(page.stdout)).toMatchObject({
      charset: 'utf-8',
      kind: 'column',
      latestDate: { value: '2020-09-07', source: 'item' },
    });
  });

  it.each([
    [['dance'], 2, '没有“dance”这个命令'],
    [['registry', 'import'], 2, '缺少 文件'],
    [['registry', 'import', '没有.csv'], 2, '读不了文件'],
    [['registry', 'import', '坏.csv'], 2, '“网站标识码”列'],
    [['round', 'freeze', '--period', '2020Q3'], 2, '没有 2020Q3 这个批次'],
    [
      [
        'round',
        'run',
        '--period',
        '2020Q9',
        '--window',
        '2020-07-07..2020-09-17',
        '--at',
        '2020-09-17',
        '--ruleset',
        'hunan-2020',
      ],
      2,
      '无法识别',
    ],
    [
      [
        'round',
        'run',
        '--period',
        '2020Q3',
        '--window',
        '2020-07-07..2020-09-17',
        '--at',
        '2020-12-01',
        '--ruleset',
        'hunan-2020',
      ],
      2,
      '不在采样时间',
    ],
    [
      [
        'round',
        'run',
        '--period',
        '2020Q3',
        '--window',
        '2020-07-07..2020-09-17',
        '--at',
        '2020-09-17',
        '--ruleset',
        'nowhere',
      ],
      2,
      '没有“nowhere”这个规则集',
    ],
    [
      [
        'round',
        'run',
        '--period',
        '2020Q3',
        '--window',
        '2020-07-07..2020-09-17',
        '--at',
        '2020-09-17',
        '--ruleset',
        'hunan-2020',
        '--clock',
        'replay',
      ],
      2,
      '只能配合指向本机',
    ],
    [
      [
        'round',
        'run',
        '--period',
        '2020Q3',
        '--window',
        '2020-07-07..2020-09-17',
        '--at',
        '2020-09-17',
        '--ruleset',
        'hunan-2020',
      ],
      2,
      '已经过去',
    ],
    [
      [
        'round',
        'run',
        '--period',
        '2020Q3',
        '--window',
        '2020-07-07..2020-09-17',
        '--at',
        '2020-09-17',
        '--ruleset',
        'hunan-2020',
        '--clock',
        'replay',
        '--resolve',
        '*=127.0.0.1:1',
      ],
      1,
      '没有正常运行的网站',
    ],
  ])('%j ends with %i', async (argv, code, words) => {
    const ran = await run(...(argv as string[]));
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toContain(words);
  });
});

describe('a command that takes the database where there is one', () => {
  const site = () =>
    startSite((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end('<title>某市</title><p>甲厅发了通知，请贯切落实。</p>');
    });
  const wordsOf = ({ stdout }: Ran) =>
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).text)
      .sort();

  it('looks for what its lexicons say, and makes no database where there is none', async () => {
    await using web = await site();
    await writeFile(join(folder, '本省.csv'), '错误写法,正确写法\n甲厅,乙厅\n');
    const imported = await run('lexicon', 'import', '本省.csv', '--reason', '首次');
    expect(imported.code).toBe(0);
    expect(wordsOf(await run('site', 'text', web.url))).toEqual(['甲厅', '贯切']);
    expect(wordsOf(await run('site', 'text', web.url, '--no-store'))).toEqual(['贯切']);
    const elsewhere = join(folder, '没有');
    expect(wordsOf(await run('site', 'text', web.url, '--data', elsewhere))).toEqual(['贯切']);
    expect(existsSync(elsewhere)).toBe(false);
  });
});

describe('while a server holds the data folder', () => {
  let deps: AppDeps;
  let server: RunningServer;
  let cookie: string;
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await request(new URL(path, server.url), { headers: { cookie, ...headers } });
    return {
      status: response.statusCode,
      headers: response.headers,
      text: await response.body.text(),
    };
  };

  beforeAll(async () => {
    await mkdir(data(), { recursive: true });
    deps = await openApp(readConfig(), placeOf(readConfig(), data(), folder));
    server = await startServer(deps, data(), { port: 0 });
    ({ cookie } = await signedIn(server.app, deps.identity, ['supervisor']));
  });
  afterAll(async () => {
    await server.close();
    await deps.close();
  });

  it('commands go through it', async () => {
    const shown = await run('registry', 'show');
    expect([shown.code, shown.stdout.trim(), shown.stderr]).toEqual([
      0,
      '{"unit":"乙市","sites":0,"accounts":0}',
      '',
    ]);
    const refused = await run('registry', 'import', '坏.csv');
    expect([refused.code, refused.stdout]).toEqual([2, '']);
  });

  it('the first page, the interface description and the read endpoints answer', async () => {
    expect((await get('/', { accept: 'text/html' })).headers['content-security-policy']).toContain(
      "script-src 'self'",
    );
    expect((await get('/api/v1/rounds', { cookie: '' })).status).toBe(401);
    const paths = Object.keys(
      (JSON.parse((await get('/api/openapi.json')).text) as { paths: object }).paths,
    );
    expect(paths).toEqual(
      expect.arrayContaining([
        '/api/v1/rounds',
        '/api/v1/rounds/{period}',
        '/api/v1/sites',
        '/api/v1/bulletins/{period}',
      ]),
    );
    expect(JSON.parse((await get('/api/v1/units')).text).items).toMatchObject([{ name: '乙市' }]);
    expect((await get('/api/v1/rounds/2020Q3')).status).toBe(404);
    expect((await get('/api/v1/bulletins/2020Q3')).status).toBe(404);
  });

  it('archived bytes are plain text and never sniffed', async () => {
    const intake = deps.archive.begin(1);
    const hash = intake.add(receivedResponse({ body: '<script>alert(1)</script>' }));
    await intake.settle();
    await intake.index(deps.store.db);
    const answer = await get(`/api/v1/evidence/records/${hash}`);
    expect([
      answer.status,
      answer.headers['content-type'],
      answer.headers['x-content-type-options'],
    ]).toEqual([200, 'text/plain; charset=utf-8', 'nosniff']);
    expect(answer.headers['content-security-policy']).toContain('sandbox');
    expect((await get(`/api/v1/evidence/records/${'0'.repeat(64)}`)).status).toBe(404);
  });

  it('refuses other hosts, other origins and callers without the token', async () => {
    expect((await get('/api/v1/rounds', { host: 'evil.example' })).status).toBe(403);
    expect((await get('/api/v1/rounds', { origin: 'http://evil.example' })).status).toBe(403);
    const body = JSON.stringify({
      argv: ['registry', 'show'],
      cwd: '/',
      json: true,
      terminal: false,
    });
    const call = await request(new URL('/api/commands', server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-xunjian-token': 'guess' },
      body,
    });
    expect(call.statusCode).toBe(400);
    await call.body.dump();
  });

  it('sends progress as events', async () => {
    const response = await request(new URL('/api/v1/progress', server.url), {
      headers: { accept: 'text/event-stream', cookie },
    });
    const progress = {
      period: '2020Q3',
      stage: '判定',
      done: 1,
      total: 2,
      pages: 0,
      feeds: 0,
      probes: 0,
      apiCalls: 0,
      records: 0,
      pagesPerSecond: 0,
      etaSeconds: null,
      at: '2026-01-01T00:00:00.000Z',
    } as const;
    deps.progress.publish(progress);
    let text = '';
    for await (const chunk of response.body) {
      text += String(chunk);
      if (text.includes('event: progress')) break;
    }
    expect(text).toContain('event: progress');
    expect(text).toContain('"stage":"判定"');
  });
});
