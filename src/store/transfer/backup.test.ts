import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pack } from 'tar-stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fillStore } from '../../testing/fill-store.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { restoreBackup } from './restore-backup.ts';
import { type Installation, writeBackup } from './write-backup.ts';

type Installed = Installation & Pick<TemporaryStore, 'folder' | 'remove'>;

async function installed(): Promise<Installed> {
  const temporary = await temporaryStore();
  return { ...temporary, evidenceDir: join(temporary.folder, '证据') };
}

const opened: Installed[] = [];
async function install(): Promise<Installed> {
  const each = await installed();
  opened.push(each);
  return each;
}
afterEach(async () => {
  for (const each of opened.splice(0)) await each.remove();
});

const io = { signal: new AbortController().signal, onProgress: () => undefined };
const made = { program: 'test', createdAt: '2026-11-24T00:00:00.000Z' };
const nothing = async (): Promise<void> => undefined;
const BODY = Buffer.from('<html>原文</html>');
const KEPT = join('warc', '一', '甲.warc.gz');

async function everything({ store, evidenceDir }: Installation): Promise<unknown> {
  const rows: unknown[] = [];
  for (const table of ['unit', 'unit_rename', 'fact', 'page', 'audit', 'probe'])
    rows.push(
      (
        await sql`select to_jsonb(t)::text as row from ${sql.table(table)} t order by to_jsonb(t)::text collate "C"`.execute(
          store.db,
        )
      ).rows,
    );
  const files = await readdir(evidenceDir, { recursive: true });
  return { rows, evidence: files.filter((name) => !name.endsWith('.part')).sort() };
}

let original: Installed;
let whole: string;
let file: string;
beforeAll(async () => {
  original = await installed();
  await fillStore(original.store.db);
  await mkdir(join(original.evidenceDir, 'warc', '一'), { recursive: true });
  await writeFile(join(original.evidenceDir, KEPT), BODY);
  await writeFile(join(original.evidenceDir, 'warc', '一.part'), '没写完');
  await writeFile(join(original.evidenceDir, 'warc', '空.warc.gz'), '');
  whole = join(original.folder, '备份.tar');
  await writeBackup(original, whole, made, io);
});
afterAll(() => original.remove());
beforeEach(async () => {
  file = join(original.folder, '要恢复的');
  await copyFile(whole, file);
});

describe('a backup', () => {
  it('restored into an empty installation is the same: rows, numbering, bytes', async () => {
    const target = await install();
    const manifest = await restoreBackup(file, target, io, nothing);
    expect(manifest).toMatchObject({ ...made, evidence: { files: 2 } });
    expect(await everything(target)).toEqual(await everything(original));
    expect(await readFile(join(target.evidenceDir, KEPT))).toEqual(BODY);
    const again = join(target.folder, '再备份.tar');
    const second = await writeBackup(target, again, made, io);
    expect(second.tables).toEqual(manifest.tables);
    expect(second.evidence).toEqual(manifest.evidence);
  });

  it('does not overwrite a file, and leaves none when it fails', async () => {
    await expect(writeBackup(original, whole, made, io)).rejects.toMatchObject({
      code: 'backup.exists',
    });
    const abort = new AbortController();
    const cut = { signal: abort.signal, onProgress: () => abort.abort() };
    const other = join(original.folder, '另一份.tar');
    await expect(writeBackup(original, other, made, cut)).rejects.toThrow();
    await expect(
      writeBackup(original, join(original.folder, '没有', 'x.tar'), made, io),
    ).rejects.toMatchObject({ code: 'backup.unwritable' });
    expect((await readdir(original.folder)).filter((name) => name.includes('.tar'))).toEqual([
      '备份.tar',
    ]);
  });
});

describe('what is no whole backup of ours is refused, and nothing is kept of it', () => {
  let target: Installed;
  beforeAll(async () => {
    target = await installed();
    await mkdir(target.evidenceDir);
    return () => target.remove();
  });

  const flipped = async (position: (size: number) => number): Promise<void> => {
    const bytes = await readFile(file);
    const at = position(bytes.length);
    bytes[at] = bytes[at]! ^ 1;
    await writeFile(file, bytes);
  };
  const otherDigit = async (): Promise<void> => {
    const text = (await readFile(file)).toString('latin1');
    const digit = text.at(-2) === '0' ? '1' : '0';
    await writeFile(file, `${text.slice(0, -2)}${digit}\n`, 'latin1');
  };
  const resealed = async (change: (text: string) => string): Promise<void> => {
    const bytes = (await readFile(file)).subarray(0, -85);
    const body = Buffer.from(change(bytes.toString('latin1')), 'latin1');
    const seal = createHash('sha256').update(body).digest('hex');
    await writeFile(file, [body, `xunjian-seal sha256 ${seal}\n`]);
  };
  const otherTar = async (): Promise<void> => {
    const tar = pack();
    tar.entry({ name: '别的.txt' }, '别的');
    tar.finalize();
    const chunks: Uint8Array[] = [];
    for await (const chunk of tar) chunks.push(chunk as Uint8Array);
    await writeFile(file, chunks);
  };
  it.each<[string, () => Promise<void>, string]>([
    ['cut in the middle', async () => truncate(file, 3000), 'restore.torn'],
    [
      'cut by one byte',
      async () => truncate(file, (await readFile(file)).length - 1),
      'restore.torn',
    ],
    ['nothing in it', () => truncate(file, 0), 'restore.foreign'],
    ['another tar', otherTar, 'restore.foreign'],
    ['a text', () => writeFile(file, '你好'), 'restore.foreign'],
    ['a byte flipped in a header', () => flipped(() => 700), 'restore.damaged'],
    ['a byte flipped in the middle', () => flipped((size) => size >> 1), 'restore.damaged'],
    ['a byte flipped in the padding', () => flipped((size) => size - 90), 'restore.damaged'],
    ['a byte flipped in the words of the seal', () => flipped((size) => size - 80), 'restore.torn'],
    ['another digit in the seal', otherDigit, 'restore.damaged'],
    [
      'a count changed and sealed again',
      () => resealed((text) => text.replace('"rows": 400', '"rows": 401')),
      'restore.damaged',
    ],
    [
      'written by a newer version',
      () => resealed((text) => text.replace('"0050-bulletin"', '"0051-bulletin"')),
      'restore.newer',
    ],
    [
      'in a newer format',
      () => resealed((text) => text.replace('"format": 1', '"format": 2')),
      'restore.format',
    ],
  ])('%s', async (_name, spoil, code) => {
    const before = await everything(target);
    await spoil();
    await expect(restoreBackup(file, target, io, nothing)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/没有恢复任何内容|请检查/),
    });
    expect(await everything(target)).toEqual(before);
  });

  it('a target that holds rows or files is refused and stays as it is', async () => {
    const before = await everything(original);
    await expect(restoreBackup(file, original, io, nothing)).rejects.toMatchObject({
      code: 'copy.target-filled',
    });
    expect(await everything(original)).toEqual(before);
    await writeFile(join(target.evidenceDir, 'x'), 'x');
    await expect(restoreBackup(file, target, io, nothing)).rejects.toMatchObject({
      code: 'restore.evidence-filled',
    });
    expect(await readdir(target.evidenceDir)).toEqual(['x']);
    await rm(join(target.evidenceDir, 'x'));
  });

  it('a restore cut off at its end keeps nothing, and can be run again', async () => {
    const stop = async (): Promise<void> => {
      throw new Error('断电');
    };
    await expect(restoreBackup(file, target, io, stop)).rejects.toThrow('断电');
    expect(await readdir(target.evidenceDir)).toEqual([]);
    // As a killed process leaves it: files in place, the database rolled back.
    await mkdir(join(target.evidenceDir, '.restoring', 'ab'), { recursive: true });
    await mkdir(join(target.evidenceDir, 'warc'));
    await restoreBackup(file, target, io, nothing);
    expect(await everything(target)).toEqual(await everything(original));
  });
});
