import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WARCParser } from 'warcio';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';
import { receivedResponse } from '../../testing/received-response.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { Archive, type ArchiveOptions } from './archive.ts';
import { listSegments, storedBytes } from './archive-index.repository.ts';
import { LocalSegments, type SegmentStore } from './segment-store.ts';
import { sha256 } from './warc-record.ts';

const NOW = '2026-11-23T00:00:00.000Z';
const PAGE = `<html>原文${'甲'.repeat(2000)}</html>`;
let opened: TemporaryStore;
let nextRound = 1;

beforeAll(async () => {
  opened = await temporaryStore();
});
afterAll(() => opened.remove());

const folder = () => join(opened.folder, 'evidence');
const openArchive = (more: Partial<ArchiveOptions> = {}) =>
  Archive.open({
    store: opened.store,
    segments: new LocalSegments(folder()),
    now: () => NOW,
    ...more,
  });

async function keep(archive: Archive, roundId: number, responses: readonly ReceivedResponse[]) {
  const intake = archive.begin(roundId);
  const payloads = responses.map((response) => intake.add(response));
  await intake.settle();
  await opened.store.transaction((trx) => intake.index(trx));
  return payloads;
}

async function segmentFiles(roundId: number): Promise<string[]> {
  const names = await readdir(join(folder(), `r${roundId}`));
  return names.map((name) => join(folder(), `r${roundId}`, name));
}

/** What an independent reader (webrecorder's warcio) makes of a segment. */
async function readByWarcio(path: string) {
  const records = [];
  const parser = new WARCParser(Readable.from([await readFile(path)]) as never);
  for await (const record of parser) {
    const payload = Buffer.from(await record.readFully(true));
    records.push({
      type: record.warcType,
      url: record.warcTargetURI,
      digest: record.warcPayloadDigest,
      status: record.httpHeaders?.statusCode,
      headers: record.httpHeaders?.headers as Headers | undefined,
      field: (name: string) => record.warcHeader(name),
      payload,
    });
  }
  return records;
}

describe('what is kept', () => {
  it('what was made of answers comes back as a resource, once, and no tool takes it for the page', async () => {
    const archive = await openArchive();
    const round = nextRound++;
    const picture = {
      ...{ url: 'http://www.example.gov.cn/', madeAt: NOW, type: 'image/png' },
      ...{ body: Buffer.from('\x89PNG 图'), maker: 'Chromium 156' },
    };
    const intake = archive.begin(round);
    const payloads = [intake.addMade(picture), intake.addMade(picture)];
    await intake.settle();
    await opened.store.transaction((trx) => intake.index(trx));
    expect(new Set(payloads)).toEqual(new Set([sha256(picture.body)]));
    const reading = await archive.read(payloads[0]!);
    expect(reading).toMatchObject({
      ...{ state: 'whole', place: { kind: 'resource', status: 0, url: picture.url } },
      record: { type: 'resource', httpHead: '', payload: picture.body },
    });
    await archive.finish(round);
    const [file] = await segmentFiles(round);
    const records = (await readByWarcio(file!)).filter(({ type }) => type === 'resource');
    expect(records).toMatchObject([
      {
        url: 'urn:view:http://www.example.gov.cn/',
        digest: `sha256:${payloads[0]}`,
        payload: picture.body,
      },
    ]);
  });

  it('comes back whole, by the SHA-256 of the body, with head, address and time', async () => {
    const archive = await openArchive();
    const round = nextRound++;
    const [payload] = await keep(archive, round, [receivedResponse({ body: PAGE })]);
    expect(payload).toBe(sha256(Buffer.from(PAGE)));
    const reading = await archive.read(payload!);
    if (reading.state !== 'whole') throw new Error(reading.state);
    expect(reading.record.payload.toString()).toBe(PAGE);
    expect(Object.fromEntries(reading.record.fields)).toMatchObject({
      'warc-type': 'response',
      'warc-date': '2020-09-17T01:02:03.456Z',
      'warc-target-uri': 'http://www.example.gov.cn/',
      'warc-ip-address': '192.0.2.7',
      'warc-payload-digest': `sha256:${payload}`,
    });
    expect(reading.place).toMatchObject({ status: 200, kind: 'response', roundId: round });
    expect(await archive.get('0'.repeat(64))).toBeNull();
    expect(await archive.get('../../etc/passwd')).toBeNull();
    await archive.close();
  });

  it('is read by another WARC reader, coding headers set aside, bytes outside ASCII unharmed', async () => {
    const archive = await openArchive();
    const round = nextRound++;
    const responses = [
      receivedResponse({
        body: PAGE,
        rawHeaders: ['Content-Encoding', 'gzip', 'X-Name', 'Ã¤', 'Transfer-Encoding', 'chunked'],
      }),
      receivedResponse({ body: PAGE, url: 'http://www.example.gov.cn/again' }),
      receivedResponse({ status: 503, statusMessage: 'Try\r\nX-Evil: 1', cut: 'disconnect' }),
      receivedResponse({ method: 'POST', body: randomBytes(300_000), url: 'https://[::1]/x' }),
    ];
    const payloads = await keep(archive, round, responses);
    await archive.close();
    const [file] = await segmentFiles(round);
    const records = await readByWarcio(file!);
    const pick = (url: string) =>
      records.find((record) => record.url === url && record.type !== 'warcinfo')!;
    expect(records.map((record) => record.type).sort()).toEqual(
      ['response', 'response', 'response', 'revisit', 'warcinfo'].sort(),
    );
    const first = records.find((record) => record.digest === `sha256:${payloads[0]}`)!;
    expect(first.headers?.get('x-orig-content-encoding')).toBe('gzip');
    expect(first.headers?.get('content-length')).toBe(String(Buffer.byteLength(PAGE)));
    expect(first.payload.toString()).toBe(PAGE);
    const again = pick('http://www.example.gov.cn/again');
    expect([again.type, again.digest, again.field('WARC-Refers-To-Target-URI')]).toEqual([
      'revisit',
      first.digest,
      'http://www.example.gov.cn/',
    ]);
    const failed = records.find((record) => record.status === 503)!;
    expect([failed.headers?.get('x-evil'), failed.field('WARC-Truncated')]).toEqual([
      null,
      'disconnect',
    ]);
    const post = pick('https://[::1]/x');
    expect([post.field('X-Request-Method'), sha256(post.payload)]).toEqual(['POST', payloads[3]]);
  });

  it('fills segments up to their size and begins another', async () => {
    const archive = await openArchive({ segmentBytes: 40_000 });
    const round = nextRound++;
    const bodies = Array.from({ length: 12 }, () => randomBytes(9_000));
    const payloads = await keep(
      archive,
      round,
      bodies.map((body) => receivedResponse({ body })),
    );
    await archive.close();
    const sizes = await Promise.all(
      (await segmentFiles(round)).map(async (path) => (await stat(path)).size),
    );
    expect(sizes.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(40_000);
    const reopened = await openArchive();
    for (const [index, payload] of payloads.entries())
      expect(Buffer.from((await reopened.get(payload))!)).toEqual(bodies[index]);
  });
});

describe('what went wrong', () => {
  it('a damaged, cut or missing segment gives no bytes, and says so', async () => {
    const archive = await openArchive();
    const round = nextRound++;
    const [payload] = await keep(archive, round, [receivedResponse({ body: `${PAGE}坏` })]);
    await archive.close();
    const [file] = await segmentFiles(round);
    const bytes = await readFile(file!);
    const damage = async (change: () => Promise<unknown>) => {
      await change();
      const reading = await archive.read(payload!);
      expect(reading.state).toBe('damaged');
      expect(await archive.get(payload!)).toBeNull();
      await writeFile(file!, bytes);
    };
    const flipped = Buffer.from(bytes);
    flipped[bytes.byteLength - 40]! ^= 1;
    await damage(() => writeFile(file!, flipped));
    await damage(() => truncate(file!, bytes.byteLength - 1));
    expect((await archive.read(payload!)).state).toBe('whole');
  });

  it('the torn tail of a killed writer is cut off at the next start; a living one is left alone', async () => {
    const archive = await openArchive();
    const round = nextRound++;
    const [payload] = await keep(archive, round, [receivedResponse({ body: `${PAGE}断` })]);
    // Written and flushed, but its transaction never came: whole members stay, only the torn one goes.
    const orphan = archive.begin(round);
    orphan.add(receivedResponse({ body: `${PAGE}孤` }));
    await orphan.settle();
    const [file] = await segmentFiles(round);
    const whole = (await stat(file!)).size;
    await appendFile(file!, Buffer.from('1f8b0800000000000403ff', 'hex'));
    await openArchive();
    expect((await stat(file!)).size).toBe(whole + 11);
    await sql`update evidence_segment set writer = '{"host":"elsewhere","pid":1,"startTicks":""}',
              created_at = '2020-01-01' where round_id = ${round}`.execute(opened.store.db);
    const mended = await openArchive();
    expect((await stat(file!)).size).toBe(whole);
    expect((await mended.read(payload!)).state).toBe('whole');
    expect(await readByWarcio(file!)).toHaveLength(3);
    expect(await listSegments(opened.store.db, { roundId: round })).toMatchObject([
      { state: 'sealed', bytes: whole },
    ]);
    await archive.close();
  });

  it('a disk that refuses stops the subject with a fault that may pass, and the archive goes on afterwards', async () => {
    const good = new LocalSegments(folder());
    let refusing = true;
    const segments: SegmentStore = {
      isRemote: false,
      pathOf: (key) => (refusing ? join('/dev/null', key) : good.pathOf(key)),
      keep: () => good.keep(),
      read: (key, range) => good.read(key, range),
      remove: (key) => good.remove(key),
      isWaiting: () => good.isWaiting(),
    };
    const archive = await openArchive({ segments });
    const round = nextRound++;
    const response = receivedResponse({ body: `${PAGE}满` });
    await expect(keep(archive, round, [response, response])).rejects.toMatchObject({
      name: 'TransientError',
      code: 'archive.write',
    });
    refusing = false;
    const [payload] = await keep(archive, round, [response]);
    expect((await archive.read(payload!)).state).toBe('whole');
    await archive.close();
  });

  it('beyond the storage budget only digests are left, and the record says why', async () => {
    const used = await storedBytes(opened.store.db);
    const archive = await openArchive({ maxBytes: used + 20_000 });
    const round = nextRound++;
    const bodies = Array.from({ length: 4 }, () => randomBytes(9_000));
    const payloads = await keep(
      archive,
      round,
      bodies.map((body) => receivedResponse({ body })),
    );
    const states = await Promise.all(
      payloads.map(async (payload) => (await archive.read(payload)).state),
    );
    expect(states).toEqual(['whole', 'whole', 'gone', 'gone']);
    const reading = await archive.read(payloads[3]!);
    expect(reading).toMatchObject({ why: expect.stringContaining('上限') });
    await archive.close();
  });

  it('two archives over one folder never share a segment', async () => {
    const round = nextRound++;
    const [left, right] = [await openArchive(), await openArchive()];
    await Promise.all(
      [left, right].map((archive, index) =>
        keep(archive, round, [receivedResponse({ body: `${PAGE}${index}` })]),
      ),
    );
    await Promise.all([left.close(), right.close()]);
    expect(await segmentFiles(round)).toHaveLength(2);
  });
});

it('a writer killed in the middle loses nothing that was committed', async () => {
  const { spawn } = await import('node:child_process');
  const other = await temporaryStore();
  await other.store.close();
  const script = new URL('../../testing/archive-until-killed.ts', import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', decodeURI(script), other.folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const committed: string[] = [];
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    committed.push(...lines);
    if (committed.length >= 40) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const { openEmbeddedStore } = await import('../open-embedded-store.ts');
  const store = await openEmbeddedStore(other.folder);
  const archive = await Archive.open({
    store,
    segments: new LocalSegments(join(other.folder, 'evidence')),
    now: () => NOW,
  });
  for (const payload of committed) expect((await archive.read(payload)).state).toBe('whole');
  const [segment] = await listSegments(store.db);
  expect(segment?.state).toBe('sealed');
  await readByWarcio(join(other.folder, 'evidence', `r${segment!.roundId}`, segment!.name));
  await store.close();
  await other.remove();
});
