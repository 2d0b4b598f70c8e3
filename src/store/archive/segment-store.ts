import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A part of a segment, in bytes. */
export interface ByteRange {
  readonly position: number;
  readonly length: number;
}

/**
 * Where segments lie, by key (`r<round>/<file name>`). A segment is always written to `pathOf`, by one process; sealed, it is
 * handed over by `keep`, after which a store elsewhere may have moved it.
 */
export interface SegmentStore {
  /** Whether sealed segments leave this machine. */
  readonly isRemote: boolean;
  /** The local file that the segment is written to. */
  pathOf(key: string): string;
  /** Takes a sealed segment over. Doing it again does no harm. Throws TransientError when the store cannot be reached. */
  keep(key: string): Promise<void>;
  /** The bytes of a range; null when the segment is gone or shorter. Throws TransientError when the store cannot be reached. */
  read(key: string, range: ByteRange): Promise<Buffer | null>;
  /** Deletes a segment wherever it lies; doing it again does no harm. */
  remove(key: string): Promise<void>;
  /** Whether the segment still lies in its local file only because it was not handed over yet. */
  isWaiting(key: string): Promise<boolean>;
}

/** Segments in a folder of the data folder: what every installation begins with. */
export class LocalSegments implements SegmentStore {
  readonly isRemote = false;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  pathOf(key: string): string {
    return join(this.#folder, key);
  }

  async keep(): Promise<void> {
    // Written where it stays.
  }

  read(key: string, range: ByteRange): Promise<Buffer | null> {
    return readRange(this.pathOf(key), range);
  }

  async remove(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  async isWaiting(): Promise<boolean> {
    return false;
  }
}

/** The bytes of a range of a file, or null when the file is not there or shorter. */
export async function readRange(path: string, range: ByteRange): Promise<Buffer | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
  try {
    const bytes = Buffer.alloc(range.length);
    const { bytesRead } = await file.read(bytes, 0, range.length, range.position);
    return bytesRead === range.length ? bytes : null;
  } finally {
    await file.close();
  }
}

/** Whether there is a file. */
export function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
