import { join } from 'node:path';
import process from 'node:process';
import { createFetcher } from '../lib/node/http/create-fetcher.ts';
import { Archive } from '../store/archive/archive.ts';
import { LocalSegments } from '../store/archive/segment-store.ts';
import { databaseSettings } from '../store/database-settings.ts';
import { openEmbeddedStore } from '../store/open-embedded-store.ts';
import { openPostgresStore } from '../store/open-postgres-store.ts';
import { PagePool } from '../survey/pages/page-pool.ts';
import { surveySite } from '../survey/survey-site.ts';

/** Surveys a site until somebody kills it, or to the end; says `done` and its result (a test of the survey). */
const [folder = '', homeUrl = '', databaseUrl = ''] = process.argv.slice(2);
const now = (): string => new Date().toISOString();
const store =
  databaseUrl === ''
    ? await openEmbeddedStore(folder)
    : await openPostgresStore(databaseSettings(databaseUrl));
const archive = await Archive.open({
  store,
  segments: new LocalSegments(join(folder, 'evidence')),
  now,
});
const fetcher = createFetcher({
  userAgent: 'Xunjian/test',
  resolve: [],
  allowAddresses: ['127.0.0.1'],
  pacePerAddressMs: 0,
  concurrentPerAddress: 8,
  now,
});
const pages = new PagePool({ threads: 1 });
const { result } = await surveySite(
  { store, archive, fetcher, pages, now },
  { homeUrl, roundId: null, subjectId: null, atOnce: 8 },
  new AbortController().signal,
);
process.stdout.write(`done ${JSON.stringify(result)}\n`);
await archive.close();
await pages[Symbol.asyncDispose]();
await fetcher.close();
await store.close();
