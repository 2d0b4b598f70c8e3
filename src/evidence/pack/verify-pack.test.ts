import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../lib/pure/random.ts';
import { sha256 } from '../../store/archive/warc-record.ts';
import { archivedRound, ROWS } from '../../testing/archived-round.ts';
import { openRow } from '../open-row.ts';
import { parseRow } from '../parse-row.ts';
import { buildPack } from './build-pack.ts';
import { type Manifest, PACK, unzipPack, zipPack } from './pack-format.ts';
import { openSigningKey, type SigningKey } from './signing-key.ts';
import { verifyPack } from './verify-pack.ts';

let folder: string;
let key: SigningKey;
let pack: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), '巡鉴 包-'));
  key = await openSigningKey(folder);
  const round = await archivedRound();
  const deps = { store: round.opened.store, archive: round.archive };
  const row = await openRow(deps, parseRow(ROWS.stale), { period: null, rule: null });
  pack = Buffer.from(buildPack(row, key).bytes);
  await round.remove();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function entriesOf(bytes: Uint8Array): Map<string, Uint8Array> {
  const unzipped = unzipPack(bytes);
  if (!unzipped.ok) throw new Error(unzipped.why);
  return new Map(unzipped.entries);
}

/** The pack with some entries changed, its manifest made to agree and signed again: what a forger with a key of his own does. */
function forged(change: (entries: Map<string, Uint8Array>) => void): Uint8Array {
  const entries = entriesOf(pack);
  change(entries);
  const manifest = JSON.parse(Buffer.from(entries.get(PACK.manifest)!).toString()) as Manifest;
  const listed = [...entries].filter(([name]) => name !== PACK.manifest && name !== PACK.signature);
  const rewritten = {
    ...manifest,
    entries: listed.map(([name, bytes]) => ({
      name,
      bytes: bytes.byteLength,
      sha256: sha256(bytes),
    })),
  };
  const bytes = Buffer.from(JSON.stringify(rewritten));
  entries.set(PACK.manifest, bytes);
  entries.set(PACK.signature, key.sign(bytes));
  return zipPack(entries);
}

const recordName = (entries: Map<string, Uint8Array>): string =>
  [...entries.keys()].find((name) => name.endsWith('.warc.gz') && !name.includes('revisit'))!;

describe('a flipped bit anywhere is found', () => {
  it('at 1,500 seeded places, and at every byte of the container around the entries', () => {
    expect(verifyPack(pack).ok).toBe(true);
    const random = seededRandom('20200917');
    const places = Array.from({ length: 1500 }, () => Math.floor(random() * pack.byteLength));
    const directory = pack.readUInt32LE(pack.byteLength - 6);
    for (let at = 0; at < 200; at += 1) places.push(at);
    for (let at = directory; at < pack.byteLength; at += 1) places.push(at);
    const missed = places.filter((at) => {
      const changed = Buffer.from(pack);
      changed[at]! ^= 1 << Math.floor(random() * 8);
      return verifyPack(changed).ok;
    });
    expect(missed).toEqual([]);
  });

  it.each([
    ['cut', () => pack.subarray(0, pack.byteLength - 1)],
    ['cut in the middle', () => pack.subarray(0, pack.byteLength >> 1)],
    ['empty', () => Buffer.alloc(0)],
    ['something behind', () => Buffer.concat([pack, Buffer.from([0])])],
    ['something before', () => Buffer.concat([Buffer.from('MZ'), pack])],
    ['no zip at all', () => Buffer.from('%PDF-1.7 这不是证据包')],
  ])('%s', (_name, bytes) => {
    expect(verifyPack(bytes())).toMatchObject({ ok: false, why: expect.any(String) });
  });
});

describe('hostile and foreign containers', () => {
  it.each([
    ['a foreign zip', { 'a.txt': strToU8('x') }, /不应有这个名称/],
    ['a name that climbs', { '../../etc/passwd': strToU8('x') }, /不应有这个名称/],
    ['an absolute name', { '/etc/passwd': strToU8('x') }, /不应有这个名称/],
    ['a prototype name', { 'records/__proto__': strToU8('x') }, /不应有这个名称/],
    ['a manifest of another format', { 'manifest.json': strToU8('{}') }, /没有签名/],
  ])('%s', (_name, files, why) => {
    const verified = verifyPack(zipSync(files as Record<string, Uint8Array>, { level: 0 }));
    expect(verified).toMatchObject({ ok: false, why: expect.stringMatching(why) });
  });

  it('a bomb is refused before it is unpacked', () => {
    const bomb = zipSync({ 'manifest.json': new Uint8Array(50_000_000) }, { level: 9 });
    expect(verifyPack(bomb)).toMatchObject({
      ok: false,
      where: 'manifest.json',
      why: /压缩/ as never,
    });
  });

  it('a record that unpacks without end is refused', () => {
    const bytes = forged((entries) =>
      entries.set(recordName(entries), gzipSync(new Uint8Array(70 * 1024 * 1024))),
    );
    expect(verifyPack(bytes)).toMatchObject({ ok: false, why: expect.stringContaining('过大') });
  });
});

describe('what a forger with another key signs again', () => {
  const swap = (from: string, to: string) => (entries: Map<string, Uint8Array>) => {
    const name = recordName(entries);
    const record = gunzipSync(entries.get(name)!).toString('latin1').replace(from, to);
    entries.set(name, gzipSync(Buffer.from(record, 'latin1')));
  };
  it.each([
    ['another body under the old digest', swap('<html>', '<HTML>'), /WARC-Block-Digest/],
    [
      'a record under a name that is not its digest',
      (entries: Map<string, Uint8Array>) => {
        const name = recordName(entries);
        entries.set(`records/${'0'.repeat(64)}.warc.gz`, entries.get(name)!);
      },
      /文件名不是/,
    ],
    [
      'a record left out',
      (entries: Map<string, Uint8Array>) => void entries.delete(recordName(entries)),
      /不在包里/,
    ],
    [
      'other parameters under the old hash of the ruleset',
      (entries: Map<string, Uint8Array>) => {
        const text = Buffer.from(entries.get(PACK.ruleset)!).toString();
        entries.set(PACK.ruleset, Buffer.from(text.replace('"days": 14', '"days": 1')));
      },
      /规则集的摘要/,
    ],
    [
      'a fact left out',
      (entries: Map<string, Uint8Array>) => void entries.set(PACK.facts, Buffer.from('[]')),
      /事实 .* 不在包里/,
    ],
  ])('%s', (_name, change, why) => {
    expect(verifyPack(forged(change))).toMatchObject({
      ok: false,
      why: expect.stringMatching(why),
    });
  });

  it('a changed fact no longer gives the packed judgement', () => {
    const bytes = forged((entries) => {
      const text = Buffer.from(entries.get(PACK.facts)!).toString();
      entries.set(PACK.facts, Buffer.from(text.replaceAll('2020-08-01', '2020-09-16')));
    });
    expect(verifyPack(bytes)).toMatchObject({
      ok: true,
      summary: { rejudged: { outcome: 'different', rules: ['site.veto.home-stale'] } },
    });
  });

  it('is another key, which shows where the expected one is known', async () => {
    const other = await openSigningKey(await mkdtemp(join(folder, 'k-')));
    expect(verifyPack(pack, key.fingerprint).ok).toBe(true);
    expect(verifyPack(pack, other.fingerprint)).toMatchObject({ ok: false, where: PACK.publicKey });
  });
});

describe('read by others', () => {
  it('python reads the zip and finds every digest of the manifest', async () => {
    const path = join(folder, 'pack.zip');
    await writeFile(path, pack);
    const script = `
import hashlib, json, sys, zipfile
pack = zipfile.ZipFile(sys.argv[1]); assert pack.testzip() is None
entries = json.loads(pack.read('manifest.json'))['entries']
print(sum(hashlib.sha256(pack.read(e['name'])).hexdigest() == e['sha256'] for e in entries), len(entries))`;
    let said: string;
    try {
      said = execFileSync('python3', ['-c', script, path], { encoding: 'utf8' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    const [right, all] = said.trim().split(' ');
    expect([right, Number(all)]).toEqual([all, entriesOf(pack).size - 2]);
  });

  it('the container of version 1 never changes, whatever the zip library does', () => {
    const bytes = zipPack(
      new Map([
        [PACK.manifest, strToU8('{}')],
        [PACK.readme, strToU8('读我')],
      ]),
    );
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      '84b9de8d7a8f9716ffad9edcecf8ac36e3842b9a6f28531391723cba2db96ffc',
    );
  });
});
