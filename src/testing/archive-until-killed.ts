import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import process from 'node:process';
import { Archive } from '../store/archive/archive.ts';
import { LocalSegments } from '../store/archive/segment-store.ts';
import { openEmbeddedStore } from '../store/open-embedded-store.ts';
import { receivedResponse } from './received-response.ts';

/** Archives responses and says which are committed, until somebody kills it (a test of the archive). */
const folder = process.argv[2] ?? '';
const store = await openEmbeddedStore(folder);
const archive = await Archive.open({
  store,
  segments: new LocalSegments(join(folder, 'evidence')),
  now: () => new Date().toISOString(),
});
const RESPONSES_MAX = 100_000;
for (let count = 0; count < RESPONSES_MAX; count += 1) {
  const intake = archive.begin(1);
  const payload = intake.add(receivedResponse({ body: randomBytes(20_000) }));
  await intake.settle();
  await store.transaction((trx) => intake.index(trx));
  process.stdout.write(`${payload}\n`);
}
