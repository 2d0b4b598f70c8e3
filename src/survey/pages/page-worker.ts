import { parentPort, workerData } from 'node:worker_threads';
import { SeenKeys } from '../../derive/scan/seen-keys.ts';
import { buildTermAutomaton } from '../../derive/text/term-automaton.ts';
import type { ForgetWalk, PageReply, PageRequest, PageWorkerData } from './page-message.ts';
import { readPage } from './read-page.ts';

/** Links remembered per walk and thread (8 MB); beyond it they are reported again, and the frontier drops them. */
const SEEN_MAX = 600_000;

/** Walks remembered at once: a page that comes after its walk's end leaves one behind. */
const WALKS_MAX = 256;

const { terms } = workerData as PageWorkerData;
const automaton = terms.length === 0 ? null : buildTermAutomaton(terms);

const walks = new Map<number, SeenKeys>();

function seenOf(walk: number): SeenKeys {
  const known = walks.get(walk);
  if (known) return known;
  const fresh = new SeenKeys(SEEN_MAX);
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
    const reading = readPage(message, seenOf(message.walk), automaton);
    const moved = [reading.packedLinks, reading.member]
      .flatMap((bytes) => (bytes === null ? [] : [bytes.buffer as ArrayBuffer]))
      .filter((buffer) => buffer.byteLength > 0);
    parentPort!.postMessage({ id, ok: true, reading } satisfies PageReply, moved);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    parentPort!.postMessage({ id, ok: false, message: said } satisfies PageReply);
  }
});
