import { parentPort, workerData } from 'node:worker_threads';
import { SeenKeys } from '../../derive/scan/seen-keys.ts';
import { checkerOf } from '../../derive/text/checker-of.ts';
import type { ForgetWalk, PageReply, PageRequest, PageWorkerData } from './page-message.ts';
import { readPage, type SeenInWalk } from './read-page.ts';

/** Links remembered per walk and thread (8 MB); beyond it they are reported again, and the frontier drops them. */
const SEEN_MAX = 600_000;

/** Walks remembered at once: a page that comes after its walk's end leaves one behind. */
const WALKS_MAX = 256;

const { automaton, checker: parts } = workerData as PageWorkerData;
const tools = { automaton, checker: parts === null ? null : checkerOf(parts) };

const walks = new Map<number, SeenInWalk>();

function seenOf(walk: number): SeenInWalk {
  const known = walks.get(walk);
  if (known) return known;
  const fresh = { links: new SeenKeys(SEEN_MAX), words: new SeenKeys(SEEN_MAX) };
  walks.set(walk, fresh);
  const [oldest] = walks.keys();
  if (walks.size > WALKS_MAX && oldest !== undefined) walks.delete(oldest);
  return fresh;
}

parentPort!.on('message', (message: PageRequest | ForgetWalk) => {
  if ('forget' in message) {
    walks.delete(message.forget);
    return;
  }
  const { id } = message;
  try {
    const reading = readPage(message, seenOf(message.walk), tools);
    const moved = [reading.packedLinks, reading.member, reading.linkWords?.packed]
      .flatMap((bytes) => (bytes ? [bytes.buffer as ArrayBuffer] : []))
      .filter((buffer) => buffer.byteLength > 0);
    parentPort!.postMessage({ id, ok: true, reading } satisfies PageReply, moved);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    parentPort!.postMessage({ id, ok: false, message: said } satisfies PageReply);
  }
});
