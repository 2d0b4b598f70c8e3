import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../documents/workbook.ts';
import { openEmbeddedStore } from '../store/open-embedded-store.ts';
import { PACKAGE_ROOT } from './config.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), '巡鉴 审计-'));
  await writeFile(
    join(folder, '单位.csv'),
    writeCsv([
      ['名称', '上级'],
      ['乙市', ''],
    ]),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(...argv: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const script = join(PACKAGE_ROOT, 'src', 'main', 'cli.ts');
    const words = ['--disable-warning=ExperimentalWarning', script, ...argv];
    const child = spawn(process.execPath, [...words, '--data', join(folder, 'data'), '--json'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

describe('xunjian audit verify', () => {
  it('ends 0 for a whole chain, and 1 naming the first broken row', async () => {
    expect((await run('registry', 'import', '单位.csv')).code).toBe(0);
    expect((await run('registry', 'import', '单位.csv')).code).toBe(0);
    const whole = await run('audit', 'verify');
    expect([whole.code, JSON.parse(whole.stdout)]).toMatchObject([
      0,
      { rows: 2, ok: true, anchored: 2 },
    ]);
    const store = await openEmbeddedStore(join(folder, 'data'));
    await store.transaction(async (trx) => {
      await sql`alter table audit disable trigger user`.execute(trx);
      await sql`update audit set actor = '别人' where position = 1`.execute(trx);
      await sql`alter table audit enable trigger user`.execute(trx);
    });
    await store.close();
    const broken = await run('audit', 'verify');
    expect([broken.code, JSON.parse(broken.stdout)]).toMatchObject([
      1,
      { ok: false, firstBroken: { position: 1 } },
    ]);
  });

  it('a new key needs a reason, and is itself in the trail', async () => {
    expect((await run('audit', 'rekey')).code).toBe(2);
    const { code, stdout } = await run('audit', 'rekey', '--reason', '换人保管');
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      { from: expect.any(String), to: expect.any(String) },
    ]);
    expect((await run('registry', 'import', '单位.csv')).code).toBe(0);
  });
});
