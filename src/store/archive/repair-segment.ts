import { open } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';

/** Our members have a plain ten-byte header (no name, no extra field) and an eight-byte trailer (RFC 1952 §2.3). */
const HEADER = Buffer.from([0x1f, 0x8b, 0x08, 0x00]);
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
const MEMBER_BYTES_MAX = 64 * 1024 * 1024;

/** Where the last whole member ends, walking from `start` (the end of a member that is known to be whole). */
export function wholeLength(bytes: Buffer, start: number): number {
  let end = start;
  for (;;) {
    const next = memberEnd(bytes, end);
    if (next === null) return end;
    end = next;
  }
}

function memberEnd(bytes: Buffer, start: number): number | null {
  if (!bytes.subarray(start, start + HEADER.byteLength).equals(HEADER)) return null;
  const deflated = bytes.subarray(start + HEADER_BYTES);
  try {
    const { engine } = inflateRawSync(deflated, {
      info: true,
      maxOutputLength: MEMBER_BYTES_MAX,
    }) as unknown as { engine: { bytesWritten: number } };
    const end = start + HEADER_BYTES + engine.bytesWritten + TRAILER_BYTES;
    return end <= bytes.byteLength ? end : null;
  } catch {
    return null;
  }
}

/**
 * Cuts off what a killed writer left half-written and puts the rest on the disk. `from` = end of the last indexed record.
 * Returns the length that is kept; 0 when the file is gone.
 */
export async function repairSegment(path: string, from: number): Promise<number> {
  const file = await open(path, 'r+').catch(() => null);
  if (file === null) return 0;
  try {
    const { size } = await file.stat();
    if (size <= from) return size;
    const tail = Buffer.alloc(size - from);
    await file.read(tail, 0, tail.byteLength, from);
    const kept = from + wholeLength(tail, 0);
    if (kept < size) await file.truncate(kept);
    await file.datasync();
    return kept;
  } finally {
    await file.close();
  }
}
