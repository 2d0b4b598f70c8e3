import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { UserError } from '../../lib/pure/errors.ts';
import { HEAD_NAME, SEAL_BYTES, SEAL_FORM } from './backup-writer.ts';

/** Of a tar entry's header, which begins with its name. */
const HEADER_BYTES = 512;

/**
 * Reads the whole file once and compares its seal. Throws {@link UserError} `restore.foreign` (not ours), `restore.torn` (no
 * end) or `restore.damaged`.
 */
export async function checkSeal(path: string, signal: AbortSignal): Promise<void> {
  const { size, head, tail } = await ends(path);
  if (head.subarray(0, HEAD_NAME.length).toString('latin1') !== HEAD_NAME)
    throw refuse('foreign', path, '不是巡鉴的备份文件');
  const expected = SEAL_FORM.exec(tail.toString('latin1'))?.[1];
  if (expected === undefined)
    throw refuse('torn', path, '不完整：结尾缺失，可能没有写完或传输中断');
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { end: size - SEAL_BYTES - 1, signal }))
    hash.update(chunk as Uint8Array);
  if (hash.digest('hex') !== expected) throw refuse('damaged', path, '已损坏：内容与封签不符');
}

/** A refusal of a backup file: what is wrong with it, and that nothing was written. */
export function refuse(code: string, path: string, why: string): UserError {
  return new UserError(`restore.${code}`, `${path} ${why}；没有恢复任何内容，请改用另一份备份。`);
}

async function ends(path: string): Promise<{ size: number; head: Buffer; tail: Buffer }> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw new UserError('restore.unreadable', `读不了文件 ${path}；请检查路径和权限。`, { cause });
  });
  try {
    const { size } = await handle.stat();
    const read = async (length: number, position: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    };
    return {
      size,
      head: await read(HEADER_BYTES, 0),
      tail: await read(SEAL_BYTES, Math.max(0, size - SEAL_BYTES)),
    };
  } finally {
    await handle.close();
  }
}

export interface BackupEntry {
  readonly name: string;
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** The entries of a sealed backup in their order. Each must be read to its end, or left unread. */
export async function* readEntries(path: string, signal: AbortSignal): AsyncGenerator<BackupEntry> {
  const { size } = await ends(path);
  const reader = extract();
  const feeding = pipeline(createReadStream(path, { end: size - SEAL_BYTES - 1 }), reader, {
    signal,
  });
  // The reader ends with the same error.
  feeding.catch(() => undefined);
  for await (const entry of reader) {
    const { name, size: bytes, type } = entry.header;
    if (type !== 'file') throw refuse('damaged', path, `里有不认识的内容（${name}）`);
    if (name !== HEAD_NAME)
      yield {
        name,
        size: bytes ?? 0,
        content: entry as AsyncIterable<unknown> as AsyncIterable<Uint8Array>,
      };
    entry.resume();
  }
  await feeding;
}
