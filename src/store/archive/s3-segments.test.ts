import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { AwsV4Signer } from 'aws4fetch';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TransientError } from '../../lib/pure/errors.ts';
import { Secret } from '../../lib/pure/secret.ts';
import { receivedResponse } from '../../testing/received-response.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { Archive } from './archive.ts';
import { S3Segments } from './s3-segments.ts';
import { LocalSegments, type SegmentStore } from './segment-store.ts';

const NOW = '2026-11-23T00:00:00.000Z';
let folder: string;
let server: S3rver;
let port: number;
let opened: TemporaryStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), '巡鉴 s3-'));
  server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: join(folder, 'bucket'),
    configureBuckets: [{ name: 'evidence', configs: [] }],
  });
  ({ port } = await server.run());
  opened = await temporaryStore();
});
afterAll(async () => {
  await server.close();
  await opened.remove();
  await rm(folder, { recursive: true, force: true });
});

const s3 = (spool: string, more: { accessKey?: string; port?: number } = {}) =>
  new S3Segments(join(folder, spool), {
    endpoint: `http://127.0.0.1:${more.port ?? port}/`,
    bucket: 'evidence',
    region: 'us-east-1',
    prefix: 'xunjian/',
    accessKey: more.accessKey ?? 'S3RVER',
    secretKey: new Secret('S3RVER'),
  });

/** The same promises of both stores: the local folder, and a real S3 server on loopback. */
describe.each([
  ['folder', () => new LocalSegments(join(folder, 'local'))],
  ['s3', () => s3('spool')],
] as [string, () => SegmentStore][])('segment store: %s', (_name, make) => {
  it('gives back ranges of what it was handed, and nothing of what it was not', async () => {
    const store = make();
    const key = 'r7/20261123T000000Z-1-ab.warc.gz';
    await mkdir(join(store.pathOf(key), '..'), { recursive: true });
    await writeFile(store.pathOf(key), '0123456789');
    expect(await store.isWaiting(key)).toBe(store.isRemote);
    await store.keep(key);
    await store.keep(key);
    expect(await store.isWaiting(key)).toBe(false);
    const read = async (position: number, length: number) =>
      (await store.read(key, { position, length }))?.toString() ?? null;
    expect(await read(0, 10)).toBe('0123456789');
    expect(await read(3, 4)).toBe('3456');
    expect(await read(9, 1)).toBe('9');
    expect(await read(8, 5)).toBeNull();
    expect(await read(20, 1)).toBeNull();
    expect(await store.read('r7/none', { position: 0, length: 1 })).toBeNull();
    await store.remove(key);
    await store.remove(key);
    expect(await read(0, 1)).toBeNull();
  });
});

describe('an archive whose sealed segments go to S3', () => {
  const PAGE = `<html>${'原'.repeat(500)}</html>`;
  const open = (segments: SegmentStore) =>
    Archive.open({ store: opened.store, segments, now: () => NOW });
  const keep = async (archive: Archive, round: number, body: string) => {
    const intake = archive.begin(round);
    const payload = intake.add(receivedResponse({ body }));
    await intake.settle();
    await opened.store.transaction((trx) => intake.index(trx));
    return payload;
  };
  const local = (spool: string, round: number) =>
    readdir(join(folder, spool, `r${round}`)).catch(() => []);

  it('reads them here until they are sealed, from there afterwards, and compacts them there', async () => {
    const archive = await open(s3('a'));
    const [kept, gone] = [await keep(archive, 1, PAGE), await keep(archive, 1, `${PAGE}2`)];
    expect((await archive.read(kept)).state).toBe('whole');
    expect(await local('a', 1)).toHaveLength(1);
    await archive.finish(1);
    expect(await local('a', 1)).toEqual([]);
    const elsewhere = await open(s3('another machine'));
    expect(Buffer.from((await elsewhere.get(kept))!).toString()).toBe(PAGE);
    await elsewhere.compact(1, new Set([kept]), '测试');
    expect([(await archive.read(kept)).state, (await archive.read(gone)).state]).toEqual([
      'whole',
      'gone',
    ]);
    expect(await local('another machine', 1)).toEqual([]);
  });

  it('a store that is away costs no page: the segment waits here and is handed over later', async () => {
    const away = await open(s3('b', { port: 9 }));
    const payload = await keep(away, 2, `${PAGE}3`);
    await away.finish(2);
    expect(await away.waiting()).toHaveLength(1);
    expect((await away.read(payload)).state).toBe('whole');
    await expect(away.handOver()).rejects.toBeInstanceOf(TransientError);
    const back = await open(s3('b'));
    expect([await back.handOver(), await back.waiting()]).toEqual([1, []]);
    expect((await back.read(payload)).state).toBe('whole');
    expect((await stat(join(folder, 'b', 'r2'))).isDirectory()).toBe(true);
  });

  it('refused keys are a passing fault that names no secret', async () => {
    const wrong = s3('c', { accessKey: 'nobody' });
    const refused = await wrong.read('r1/x', { position: 0, length: 1 }).catch((e: unknown) => e);
    expect(refused).toBeInstanceOf(TransientError);
    expect(String((refused as Error).message)).toContain('403');
    expect(inspect(refused, { depth: 9 })).not.toContain('S3RVER');
  });
});

// The local server does not check version 4 signatures, so the vendor's own worked example does.
// Source: Amazon S3 API Reference, "Signature Calculations for the Authorization Header", GET Object.
it('requests are signed as the vendor documents', async () => {
  const { authHeader } = await new AwsV4Signer({
    method: 'GET',
    url: 'https://examplebucket.s3.amazonaws.com/test.txt',
    headers: {
      range: 'bytes=0-9',
      'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    },
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    service: 's3',
    region: 'us-east-1',
    datetime: '20130524T000000Z',
    allHeaders: true,
  })
    .sign()
    .then(({ headers }) => ({ authHeader: headers.get('authorization') ?? '' }));
  expect(authHeader).toContain(
    'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  );
});
