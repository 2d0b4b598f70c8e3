import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { TransientError } from '../../lib/pure/errors.ts';
import type { Secret } from '../../lib/pure/secret.ts';
import { type ByteRange, isThere, readRange, type SegmentStore } from './segment-store.ts';
import { sha256 } from './warc-record.ts';

/** An S3-compatible store. Addresses are path-style (`endpoint/bucket/key`), which every compatible store understands. */
export interface S3Options {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  /** Put before every key, e.g. `xunjian/`; may be empty. */
  readonly prefix: string;
  readonly accessKey: string;
  readonly secretKey: Secret;
}

/** A segment of 64 MB over a slow line of 1 MB a second, twice. */
const TRANSFER_LIMIT_MS = 120_000;
const READ_LIMIT_MS = 15_000;
/** Tries beyond the first, with growing pauses, after 5xx and 429. */
const RETRIES = 2;

/** Sealed segments in an S3-compatible store; those being written, and those it has not taken yet, in a local folder. */
export class S3Segments implements SegmentStore {
  readonly isRemote = true;
  readonly #folder: string;
  readonly #options: S3Options;
  readonly #client: AwsClient;

  constructor(folder: string, options: S3Options) {
    this.#folder = folder;
    this.#options = options;
    this.#client = new AwsClient({
      accessKeyId: options.accessKey,
      secretAccessKey: options.secretKey.reveal(),
      region: options.region,
      service: 's3',
      retries: RETRIES,
    });
  }

  pathOf(key: string): string {
    return join(this.#folder, key);
  }

  /** Uploads, asks for the length that arrived, and only then deletes the local file. */
  async keep(key: string): Promise<void> {
    const path = this.pathOf(key);
    const bytes = await readFile(path).catch(() => null);
    if (bytes === null) return;
    await this.#ask(key, {
      method: 'PUT',
      body: new Uint8Array(bytes),
      headers: {
        'content-type': 'application/warc',
        // The store refuses what arrives otherwise than it was sent.
        'x-amz-content-sha256': sha256(bytes),
      },
    });
    const head = await this.#ask(key, { method: 'HEAD' });
    const arrived = Number(head.headers.get('content-length'));
    if (arrived !== bytes.byteLength)
      throw new TransientError(
        'archive.remote',
        `证据库只收下了 ${arrived} 字节，应为 ${bytes.byteLength}。`,
      );
    await rm(path, { force: true });
  }

  async read(key: string, range: ByteRange): Promise<Buffer | null> {
    const local = await readRange(this.pathOf(key), range);
    if (local !== null) return local;
    const last = range.position + range.length - 1;
    const answer = await this.#ask(
      key,
      { method: 'GET', headers: { range: `bytes=${range.position}-${last}` } },
      [206, 404, 416],
    );
    if (answer.status !== 206) return null;
    const bytes = Buffer.from(await answer.arrayBuffer());
    return bytes.byteLength === range.length ? bytes : null;
  }

  async remove(key: string): Promise<void> {
    await this.#ask(key, { method: 'DELETE' }, [200, 204, 404]);
    await rm(this.pathOf(key), { force: true });
  }

  isWaiting(key: string): Promise<boolean> {
    return isThere(this.pathOf(key));
  }

  async #ask(
    key: string,
    init: { method: string; body?: Uint8Array<ArrayBuffer>; headers?: Record<string, string> },
    expected: readonly number[] = [200],
  ): Promise<Response> {
    const { endpoint, bucket, prefix } = this.#options;
    const url = `${endpoint.replace(/\/+$/, '')}/${bucket}/${prefix}${key}`;
    const signal = AbortSignal.timeout(init.body ? TRANSFER_LIMIT_MS : READ_LIMIT_MS);
    let answer: Response;
    try {
      answer = await this.#client.fetch(url, { ...init, signal, redirect: 'error' });
    } catch (cause) {
      throw new TransientError('archive.remote', '证据库连不上，稍后再试。', { cause });
    }
    if (expected.includes(answer.status)) return answer;
    await answer.body?.cancel();
    throw new TransientError(
      'archive.remote',
      `证据库返回 ${answer.status}：${answer.status === 403 ? '请检查密钥和权限' : '请检查证据库的设置'}。`,
    );
  }
}
