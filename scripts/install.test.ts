import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runtimeEnv, withLock } from './install.mjs';

const folders: string[] = [];

async function lockPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), '巡鉴 锁-'));
  folders.push(folder);
  return join(folder, '.install.lock');
}

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

describe('installation lock', () => {
  it('lets one caller in at a time', async () => {
    const path = await lockPath();
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside -= 1;
    };
    await Promise.all([withLock(path, work), withLock(path, work), withLock(path, work)]);
    expect(most).toBe(1);
    expect(existsSync(path)).toBe(false);
  });

  it('takes over the lock of a dead process', async () => {
    const path = await lockPath();
    await writeFile(path, '4194303 123');
    expect(await withLock(path, async () => 'done')).toBe('done');
  });

  it('takes over the lock of a process whose number another one bears by now', async () => {
    const path = await lockPath();
    await writeFile(path, `${process.pid} 1`);
    expect(await withLock(path, async () => 'done')).toBe('done');
  });

  it('gives the lock back when the work fails', async () => {
    const path = await lockPath();
    await expect(withLock(path, async () => Promise.reject(new Error('断网')))).rejects.toThrow(
      '断网',
    );
    expect(existsSync(path)).toBe(false);
  });
});

it('our processes keep what Node made of their modules, where the caller names no other place', async () => {
  const root = join(await lockPath(), '..');
  const place = (env: NodeJS.ProcessEnv): string =>
    execFileSync(process.execPath, ['-p', "require('node:module').getCompileCacheDir()"], {
      env,
      encoding: 'utf8',
    });
  vi.stubEnv('NODE_COMPILE_CACHE', undefined);
  expect(place(runtimeEnv(root))).toContain(join(root, 'node_modules', '.cache', 'xunjian'));
  vi.stubEnv('NODE_COMPILE_CACHE', join(root, 'elsewhere'));
  expect(place(runtimeEnv(root))).toContain(join(root, 'elsewhere'));
});
