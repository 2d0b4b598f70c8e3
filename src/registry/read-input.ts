import { readFile } from 'node:fs/promises';
import { UserError } from '../lib/pure/errors.ts';

/** Reads an input file; throws {@link UserError} `file.unreadable`. */
export async function readInput(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new UserError('file.unreadable', `读不了文件 ${path}（${cause.code ?? '未知原因'}）。`, {
      cause,
    });
  });
}
