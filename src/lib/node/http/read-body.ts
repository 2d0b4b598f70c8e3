import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';

const EMPTY = new Uint8Array(0);

/**
 * Reads and decompresses a body up to `maxBytes` decompressed bytes: a bomb is cut where the limit is, not after it was
 * unpacked. What was read before a broken stream is kept as truncated when there is any; else the error is thrown.
 */
export async function readBody(
  response: IncomingMessage,
  maxBytes: number,
): Promise<{ body: Uint8Array; truncated: boolean }> {
  const stream = unpacked(response, (bytes) => {
    received += bytes;
  });
  const chunks: Buffer[] = [];
  let length = 0;
  let received = 0;
  try {
    for await (const chunk of stream) {
      const room = maxBytes - length;
      if (chunk.length > room) {
        if (room > 0) chunks.push(chunk.subarray(0, room));
        response.destroy();
        return { body: Buffer.concat(chunks), truncated: true };
      }
      chunks.push(chunk);
      length += chunk.length;
    }
  } catch (error) {
    response.destroy();
    // A redirect often says gzip and carries nothing: nothing is an empty body, not a broken one.
    if (received === 0 && response.complete) return { body: EMPTY, truncated: false };
    if (length === 0) throw error;
    return { body: Buffer.concat(chunks), truncated: true };
  }
  if (chunks.length === 0) return { body: EMPTY, truncated: false };
  return { body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks), truncated: false };
}

function unpacked(
  response: IncomingMessage,
  onReceived: (bytes: number) => void,
): AsyncIterable<Buffer> {
  const encoding = (response.headers['content-encoding'] ?? '').trim().toLowerCase();
  if (encoding === 'deflate') return inflated(response);
  const decoder =
    encoding === 'gzip' || encoding === 'x-gzip'
      ? createGunzip()
      : encoding === 'br'
        ? createBrotliDecompress()
        : encoding === 'zstd'
          ? createZstdDecompress()
          : null;
  if (decoder === null) return response;
  response.on('data', (chunk: Buffer) => onReceived(chunk.length));
  response.on('error', (error) => decoder.destroy(error));
  response.on('aborted', () =>
    decoder.destroy(Object.assign(new Error('连接中断'), { code: 'ECONNRESET' })),
  );
  return response.pipe(decoder);
}

/** `deflate` with its zlib frame (RFC 1950), or bare (RFC 1951) as old servers send it and browsers accept it. */
async function* inflated(response: IncomingMessage): AsyncGenerator<Buffer> {
  const chunks = response[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await chunks.next();
  if (first.done) return;
  const framed = (first.value[0]! & 0x0f) === 8;
  const decoder = framed ? createInflate() : createInflateRaw();
  const all = async function* (): AsyncGenerator<Buffer> {
    for (let chunk: IteratorResult<Buffer> = first; !chunk.done; chunk = await chunks.next()) {
      yield chunk.value;
    }
  };
  pipeline(all, decoder, () => undefined);
  yield* decoder;
}
