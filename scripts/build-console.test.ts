import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../tools/source-files.ts';
import { ensureConsole } from './build-console.mjs';

it('without the tools of the build it says what to install', async () => {
  const folder = await mkdtemp(join(tmpdir(), '巡鉴 构建-'));
  try {
    await mkdir(join(folder, 'console'));
    await writeFile(join(folder, 'console', 'index.html'), '');
    await cp(join(ROOT, 'package-lock.json'), join(folder, 'package-lock.json'));
    await expect(ensureConsole(folder)).rejects.toThrow('npm ci --include=dev');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
