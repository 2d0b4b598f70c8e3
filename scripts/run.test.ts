import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { ROOT } from '../tools/source-files.ts';

const run = promisify(execFile);

it.each([
  ['a folder in which vitest cannot run', ['test'], '请把文件夹改名'],
  ['a task that nobody knows', ['tset'], '没有“tset”这个任务'],
])('%s is refused in words, before anything is installed', async (_name, argv, words) => {
  const folder = await mkdtemp(join(tmpdir(), '巡鉴 #1 '));
  try {
    await cp(join(ROOT, 'scripts'), join(folder, 'scripts'), { recursive: true });
    const refused = run(process.execPath, [join(folder, 'scripts', 'run.mjs'), ...argv]);
    await expect(refused).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(words),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
