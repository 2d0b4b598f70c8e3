import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutput } from '../cli/output.ts';
import { runCommand } from '../cli/run-command.ts';
import { createServer, type HttpServer } from '../http/create-server.ts';
import { UserError } from '../lib/pure/errors.ts';
import { sha256 } from '../store/archive/warc-record.ts';
import { type ArchivedRound, archivedRound, ROWS, STALE_PAGE } from '../testing/archived-round.ts';
import { asOwner } from '../testing/as-actor.ts';
import { evidenceCommands } from './commands.ts';
import { parseRow } from './parse-row.ts';
import { registerEvidenceRoutes } from './routes.ts';

const STALE_SHA = sha256(Buffer.from(STALE_PAGE));
let round: ArchivedRound;
let folder: string;

beforeAll(async () => {
  round = await archivedRound();
  folder = await mkdtemp(join(tmpdir(), '巡鉴 证据-'));
});
afterAll(async () => {
  await round.remove();
  await rm(folder, { recursive: true, force: true });
});

const deps = () => ({
  store: round.opened.store,
  archive: round.archive,
  retention: { keepRounds: null, keepDays: null },
});

interface Line {
  readonly id: number;
  readonly rule: string;
  readonly status: string;
  readonly facts: readonly { readonly key: string; readonly state: string }[];
  readonly records: readonly Record<string, unknown>[];
  readonly visits: readonly { readonly outcome: string }[];
}

/** Runs one evidence command as `main` would, in a folder of its own. */
async function run(...argv: string[]) {
  const printed = { out: '', err: '' };
  const out = createOutput({
    out: (text) => (printed.out += text),
    err: (text) => (printed.err += text),
    json: true,
    terminal: false,
  });
  const code = await runCommand({
    commands: evidenceCommands,
    argv,
    out,
    execute: ({ command, args }) =>
      command.run({
        ...{ args, out, deps: deps(), cwd: folder, dataDir: join(folder, 'data') },
        ...{ signal: new AbortController().signal, now: () => '2026-11-23T00:00:00.000Z' },
        actor: '测试',
      }),
  });
  const lines = printed.out.split('\n').filter((line) => line !== '');
  return { code, lines: lines.map((line) => JSON.parse(line) as Line), err: printed.err };
}

describe('which row is meant', () => {
  it.each([
    ['17', { by: 'finding', id: 17 }],
    [' #17 ', { by: 'finding', id: 17 }],
    ['4301000001', { by: 'site', siteCode: '4301000001' }],
    ['BM12345678', { by: 'site', siteCode: 'bm12345678' }],
    ['微信公众号:gh_1', { by: 'account', platform: '微信公众号', accountId: 'gh_1' }],
    ['网站甲', { by: 'words', words: '网站甲' }],
    ['抖音号：a:b', { by: 'account', platform: '抖音号', accountId: 'a:b' }],
  ])('%s', (text, expected) => {
    expect(parseRow(text)).toEqual(expected);
  });

  it.each(['', '微信公众号:', '12345678901', '甲'.repeat(301)])('%j is none', (text) => {
    expect(() => parseRow(text)).toThrow(UserError);
  });
});

describe('evidence show', () => {
  it('opens a page finding down to its bytes, under the page that it is about', async () => {
    const { code, lines } = await run('evidence', 'show', ROWS.stale, '--out', 'bytes');
    expect(code).toBe(0);
    const [line] = lines;
    expect(line).toMatchObject({
      rule: 'site.veto.home-stale',
      status: 'breached',
      siteCode: ROWS.stale,
      period: '2020Q3',
      ruleset: { id: 'hunan-2020', hash: round.round.ruleset.hash },
    });
    expect(line!.facts.map((fact) => fact.key)).toContain('site.home');
    expect(line!.records).toMatchObject([
      {
        sha256: STALE_SHA,
        state: 'whole',
        url: `http://s${ROWS.stale}.gov.cn/`,
        status: 200,
        bytes: Buffer.byteLength(STALE_PAGE),
      },
    ]);
    const names = (await readdir(join(folder, 'bytes'))).sort();
    expect(names).toEqual(
      [`${STALE_SHA}.bin`, `${STALE_SHA}.warc.gz`, `finding-${line!.id}.json`].sort(),
    );
    expect((await readFile(join(folder, 'bytes', `${STALE_SHA}.bin`))).toString()).toBe(STALE_PAGE);
  });

  it('shows visits as rows where there are no bytes', async () => {
    const { code, lines } = await run('evidence', 'show', ROWS.unreachable, '--period', '2020Q3');
    expect([code, lines[0]!.rule, lines[0]!.records]).toEqual([0, 'site.veto.unreachable', []]);
    expect(lines[0]!.visits).toHaveLength(140);
    expect(lines[0]!.visits.filter((visit) => visit.outcome === 'failed')).toHaveLength(20);
  });

  it('takes a finding by number and a sound site by rule', async () => {
    const [line] = (await run('evidence', 'show', ROWS.stale)).lines;
    expect((await run('evidence', 'show', `#${line!.id}`)).lines).toEqual([line]);
    expect((await run('evidence', 'show', `网站${ROWS.stale}`)).lines).toEqual([line]);
    const { lines } = await run('evidence', 'show', ROWS.sound, '--rule', 'site.veto.home-stale');
    expect(lines).toMatchObject([{ status: 'met' }]);
  });

  it.each([
    [['4399999999'], '没有这个对象'],
    [['99999'], '没有编号为 99999'],
    [[ROWS.stale, '--period', '2019Q1'], '没有 2019Q1 这个批次'],
    [[ROWS.stale, '--rule', 'site.veto.nothing'], '没有 site.veto.nothing'],
    [['某某市'], '没有这个对象'],
    [['微信公众号:'], '认不出是哪一行'],
  ])('%j is refused', async (argv, words) => {
    const { code, err } = await run('evidence', 'show', ...argv);
    expect([code, err.includes(words)]).toEqual([2, true]);
  });
});

describe('evidence pack and verify', () => {
  it.each([ROWS.stale, ROWS.unreachable])(
    'the pack of %s verifies without a database',
    async (row) => {
      const packed = await run('evidence', 'pack', row, '--out', `${row}.zip`);
      expect(packed.code).toBe(0);
      expect(packed.lines).toMatchObject([{ findings: 1, missing: 0 }]);
      const { code, lines } = await run('evidence', 'verify', `${row}.zip`);
      expect([code, lines]).toMatchObject([
        0,
        [{ ok: true, rejudged: { outcome: 'same' }, subject: { siteCode: row } }],
      ]);
    },
  );

  it('makes the same bytes again, with one key that only its owner reads', async () => {
    const [first] = (await run('evidence', 'pack', ROWS.stale, '--out', 'a.zip')).lines;
    const [second] = (await run('evidence', 'pack', ROWS.stale, '--out', 'b.zip')).lines;
    expect({ ...second, file: '' }).toEqual({ ...first, file: '' });
    expect((await stat(join(folder, 'data', 'evidence-key.pem'))).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(first)).not.toContain('PRIVATE');
  });

  it('ends with 1 and names what is broken, and with 2 when there is no such file', async () => {
    await run('evidence', 'pack', ROWS.stale, '--out', 'c.zip');
    const bytes = await readFile(join(folder, 'c.zip'));
    bytes[bytes.indexOf('WARC') > 0 ? 0 : bytes.byteLength >> 1]! ^= 1;
    await writeFile(join(folder, 'd.zip'), bytes);
    const broken = await run('evidence', 'verify', 'd.zip');
    expect([broken.code, broken.lines]).toMatchObject([
      1,
      [{ ok: false, why: expect.any(String) }],
    ]);
    expect((await run('evidence', 'verify', 'none.zip')).code).toBe(2);
    const other = await run('evidence', 'verify', 'c.zip', '--fingerprint', '0'.repeat(64));
    expect([other.code, other.lines]).toMatchObject([1, [{ where: 'public-key.pem' }]]);
  });
});

describe('evidence check and status', () => {
  it('proves every record, and names the one that was damaged', async () => {
    const sound = await run('evidence', 'check', '--period', '2020Q3');
    expect([sound.code, sound.lines]).toMatchObject([0, [{ records: 4, broken: 0 }]]);
    await round.archive.finish(round.round.id);
    const dir = join(round.opened.folder, 'evidence', `r${round.round.id}`);
    const [name] = await readdir(dir);
    const bytes = await readFile(join(dir, name!));
    const { lines } = await run('evidence', 'show', ROWS.stale);
    const damaged = Buffer.from(bytes);
    damaged[Number(lines[0]!.records[0]!.offset) + 30]! ^= 1;
    await writeFile(join(dir, name!), damaged);
    const broken = await run('evidence', 'check');
    expect([broken.code, broken.lines]).toMatchObject([
      1,
      [
        { payload: STALE_SHA, segment: name },
        { records: 4, broken: 1 },
      ],
    ]);
    expect((await run('evidence', 'show', ROWS.stale)).code).toBe(1);
    await writeFile(join(dir, name!), bytes);
    expect((await run('evidence', 'check')).code).toBe(0);
    expect((await run('evidence', 'check', '--period', '2019Q1')).code).toBe(2);
  });

  it('status sums up the segments and names the settings', async () => {
    const { code, lines } = await run('evidence', 'status');
    expect(code).toBe(0);
    expect(lines).toMatchObject([
      { period: '2020Q3', state: 'sealed', segments: 1 },
      { maxBytes: null, keepRounds: null, keepDays: null, expired: [], waiting: 0 },
    ]);
    expect((await run('evidence', 'prune')).err).toContain('没有设置保存期限');
    expect((await run('evidence', 'upload')).lines).toMatchObject([{ segments: 0 }]);
  });
});

describe('over HTTP', () => {
  let app: HttpServer;
  beforeAll(async () => {
    app = await createServer(asOwner);
    registerEvidenceRoutes(app, {
      ...deps(),
      audit: round.opened.audit,
      dataDir: round.opened.folder,
    });
  });
  afterAll(() => app.close());
  const get = (url: string) => app.inject({ url, headers: { host: '127.0.0.1' } });

  it('gives the row as the command does, and the bytes as plain text to be saved', async () => {
    const rows = await get(`/api/v1/evidence/rows/${ROWS.stale}?period=2020Q3`);
    expect(rows.json().items).toEqual((await run('evidence', 'show', ROWS.stale)).lines);
    const bytes = await get(`/api/v1/evidence/records/${STALE_SHA}`);
    expect([bytes.statusCode, sha256(bytes.rawPayload), bytes.headers]).toMatchObject([
      200,
      STALE_SHA,
      {
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
        'content-disposition': `attachment; filename="${STALE_SHA}.txt"`,
      },
    ]);
  });

  it.each([
    [`/api/v1/evidence/records/${'0'.repeat(64)}`, 404],
    ['/api/v1/evidence/records/..%2Fx', 400],
    ['/api/v1/evidence/rows/4399999999', 404],
    ['/api/v1/evidence/rows/%3Cscript%3E', 404],
  ])('%s gives %i with a Chinese reason', async (url, status) => {
    const answer = await get(url);
    expect([answer.statusCode, /[一-龥]/.test(answer.json().message)]).toEqual([status, true]);
  });
});
