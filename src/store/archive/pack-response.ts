import { constants, gzipSync } from 'node:zlib';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';
import { responseRecord } from './warc-record.ts';

/** Level 1: half the time of level 6 for a tenth more bytes (docs/decisions/0008, 0018). */
const FASTEST = { level: constants.Z_BEST_SPEED } as const;

/** A response as one gzip member of a segment, for whoever packs on another thread; `payload` = SHA-256 (hex) of its body. */
export function packResponse(response: ReceivedResponse, payload: string): Uint8Array {
  const packed = gzipSync(responseRecord(response, payload), FASTEST);
  // In memory of its own, so that it can change hands whole.
  return packed.byteLength === packed.buffer.byteLength ? packed : Uint8Array.from(packed);
}
