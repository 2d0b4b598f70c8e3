import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SnapshotStore } from './snapshot-store.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xunjian-evidence-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('keeps bytes once under their hash, and gives back only what still matches it', async () => {
  const store = new SnapshotStore(folder);
  const bytes = Buffer.from('<html>原文</html>');
  const hash = await store.put(bytes);
  expect(await new SnapshotStore(folder).put(bytes)).toBe(hash);
  expect(Buffer.from((await store.get(hash))!)).toEqual(bytes);
  expect(await store.get('../../etc/passwd')).toBeNull();
  expect(await store.get('0'.repeat(64))).toBeNull();
  const [file] = await readdir(join(folder, hash.slice(0, 2)));
  await writeFile(join(folder, hash.slice(0, 2), file!), 'damaged');
  expect(await store.get(hash)).toBeNull();
});
