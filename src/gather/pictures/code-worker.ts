import { parentPort } from 'node:worker_threads';
import type { CodeReply, CodeRequest } from './code-message.ts';
import { readCodes } from './read-codes.ts';

/** A thread that reads codes: what a hostile picture does to it, it does to nobody else. */
parentPort?.on('message', async ({ id, bytes }: CodeRequest) => {
  const reading = await readCodes(bytes);
  parentPort?.postMessage({ id, reading } satisfies CodeReply);
});
