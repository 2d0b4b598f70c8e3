import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWorkbook } from '../../documents/workbook.ts';
import { readRegisterFiles } from '../../registry/read-register-files.ts';
import { CASE_FILES, caseOf, caseText } from './test-cases.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const CASE = fileURLToPath(new URL(`../../../${CASE_FILES.sampled}`, import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(...argv: string[]): {
  child: ChildProcess;
  ended: Promise<Ended>;
  firstLine: Promise<string>;
} {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...argv]);
  let [stdout, stderr] = ['', ''];
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.includes('\n')) resolve(stdout.split('\n')[0]!);
    });
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    stdout,
    stderr,
  }));
  return { child, ended, firstLine };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), '模拟省 测试-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('province serve', () => {
  it('writes the office’s files, says that it is ready, and ends well on SIGTERM', async () => {
    const out = join(folder, '输出');
    const { child, ended, firstLine } = start('serve', CASE, '--port', '0', '--out', out);
    const ready = JSON.parse(await firstLine) as { ready: boolean; port: number; host: string };
    expect(ready).toEqual({ ready: true, port: expect.any(Number), host: '*.province.test' });
    const answer = await fetch(`http://127.0.0.1:${ready.port}/`);
    expect(answer.status).toBe(404);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, stdout: `${JSON.stringify(ready)}\n` });
    const files = [
      'history.json',
      'observations.csv',
      'registry.xlsx',
      'sample.csv',
      '单位.csv',
      '新媒体.csv',
      '网站.csv',
    ];
    expect((await readdir(out)).sort()).toEqual(files.sort());
    await expectRegister(out);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['no case', ['serve', '--out', '.'], /用法：xunjian province serve/],
    ['no folder', ['serve', CASE], /用法/],
    ['a port that is none', ['serve', CASE, '--out', '.', '--port', '70000'], /端口“70000”/],
    ['too many pages', ['serve', CASE, '--out', '.', '--pages', '99999'], /每站页数“99999”不对/],
    ['a truth of ordinary sites', ['serve', CASE, '--out', '.', '--truth', 't'], /要和 --pages/],
    ['an unknown option', ['serve', CASE, '--out', '.', '--fast'], /--fast/],
    ['a case that is nowhere', ['serve', 'nowhere.json', '--out', '.'], /读不了案例文件/],
  ])('%s ends with 2 and Chinese words', async (_name, argv, words) => {
    const { ended } = start(...argv);
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
  });

  it('grows whole sites and writes their truth where the examiner asks for it', async () => {
    const [out, truth] = [join(folder, 'grown'), join(folder, 'truth.jsonl')];
    const argv = ['serve', CASE, '--port', '0', '--out', out, '--pages', '60', '--truth', truth];
    const { child, ended, firstLine } = start(...argv);
    await firstLine;
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    const rows = (await readFile(truth, 'utf8')).trimEnd().split('\n');
    const first = JSON.parse(rows[0]!) as Record<string, unknown>;
    expect(Object.keys(first)).toEqual([
      'host',
      'by',
      'kind',
      'expected',
      'page',
      'target',
      'words',
    ]);
    expect(await readdir(out)).not.toContain('truth.jsonl');
  });

  it('a case that contradicts itself ends with 2 and says where', async () => {
    const path = join(folder, 'case.json');
    await writeFile(path, caseText('seed').replace('"running": 594', '"running": 593'));
    const { code, stderr } = await start('serve', path, '--out', join(folder, 'bad')).ended;
    expect(code).toBe(2);
    expect(stderr).toContain('网站合计 running 写 593，各单位相加是 594');
  });
});

/** The workbook and the .csv files are read by the platform's own import without complaint, and say the same. */
async function expectRegister(out: string): Promise<void> {
  const read = async (...names: string[]) =>
    readRegisterFiles(
      await Promise.all(
        names.map(async (name) => ({ name, bytes: await readFile(join(out, name)) })),
      ),
    );
  const [book, tables] = [
    await read('registry.xlsx'),
    await read('单位.csv', '网站.csv', '新媒体.csv'),
  ];
  expect([book.errors, book.warnings]).toEqual([[], []]);
  const bare = (rows: readonly { place: unknown }[]) =>
    rows.map(({ place: _place, ...row }) => row);
  expect(bare(tables.units)).toEqual(bare(book.units));
  expect(bare(tables.sites)).toEqual(bare(book.sites));
  expect(bare(tables.accounts)).toEqual(bare(book.accounts));
  expect(book.sites.filter((site) => site.status === 'running')).toHaveLength(
    caseOf('sampled').sitesByUnit.reduce((sum, row) => sum + row.running, 0),
  );
  const [sample] = await readWorkbook(await readFile(join(out, 'sample.csv')), 'sample.csv');
  expect(sample?.rows[0]).toEqual(['类别', '网站标识码', '平台', '账号ID', '名称']);
  expect(sample?.rows).toHaveLength(1 + 6 + 9);
}
