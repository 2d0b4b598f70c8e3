import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
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
  const stream = decoded(response);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
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
    if (length === 0) throw error;
    return { body: Buffer.concat(chunks), truncated: true };
  }
  if (chunks.length === 0) return { body: EMPTY, truncated: false };
  return { body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks), truncated: false };
}

function decoded(response: IncomingMessage): Readable {
  const encoding = (response.headers['content-encoding'] ?? '').trim().toLowerCase();
  const decoder =
    encoding === 'gzip' || encoding === 'x-gzip'
      ? createGunzip()
      : encoding === 'br'
        ? createBrotliDecompress()
        : encoding === 'deflate'
          ? createInflate()
          : encoding === 'zstd'
            ? createZstdDecompress()
            : null;
  if (decoder === null) return response;
  response.on('error', (error) => decoder.destroy(error));
  response.on('aborted', () =>
    decoder.destroy(Object.assign(new Error('连接中断'), { code: 'ECONNRESET' })),
  );
  return response.pipe(decoder);
}
