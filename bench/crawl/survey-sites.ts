import { join } from 'node:path';
import process from 'node:process';
import { sql } from 'kysely';
import { forEachParallel } from '../../src/lib/node/for-each-parallel.ts';
import { createFetcher } from '../../src/lib/node/http/create-fetcher.ts';
import { seededRandom } from '../../src/lib/pure/random.ts';
import { Archive } from '../../src/store/archive/archive.ts';
import { LocalSegments } from '../../src/store/archive/segment-store.ts';
import { databaseSettings } from '../../src/store/database-settings.ts';
import { openEmbeddedStore } from '../../src/store/open-embedded-store.ts';
import { openPostgresStore } from '../../src/store/open-postgres-store.ts';
import { PagePool } from '../../src/survey/pages/page-pool.ts';
import { surveySite } from '../../src/survey/survey-site.ts';

/**
 * Our side of the crawl benchmark, as one process: `FOLDER DATABASE_URL|- THREADS SITES_AT_ONCE REQUESTS_AT_ONCE PORT…`. Everything
 * switched on: archive, database rows. Prints one line of JSON.
 */
const [folder = '', url = '-', threads = '2', sitesAtOnce = '4', atOnce = '16', ...ports] =
  process.argv.slice(2);
const now = (): string => new Date().toISOString();
const store =
  url === '-' ? await openEmbeddedStore(folder) : await openPostgresStore(databaseSettings(url));
const archive = await Archive.open({
  store,
  segments: new LocalSegments(join(folder, 'evidence')),
  now,
});
const fetcher = createFetcher({
  userAgent: 'Xunjian/bench',
  resolve: [],
  allowAddresses: ['127.0.0.1'],
  pacePerAddressMs: 0,
  concurrentPerAddress: 500,
  now,
});
const pages = new PagePool({ threads: Number(threads), terms: madeTerms() });
/** As many terms as a full lexicon has, of two to six characters; few of them stand in any page. */
function madeTerms(): string[] {
  const random = seededRandom('terms');
  const terms = new Set<string>();
  const character = (): string => String.fromCharCode(0x4e00 + Math.floor(random() * 6_000));
  while (terms.size < 50_000)
    terms.add(Array.from({ length: 2 + Math.floor(random() * 5) }, character).join(''));
  return [...terms];
}

const { signal } = new AbortController();
const found: Record<string, string[]> = {};
let records = 0;
const started = performance.now();
const before = process.cpuUsage();
await forEachParallel(ports, Number(sitesAtOnce), signal, async (port) => {
  const { surveyId, result } = await surveySite(
    { store, archive, fetcher, pages, now },
    {
      homeUrl: `http://127.0.0.1:${port}/`,
      roundId: null,
      subjectId: null,
      atOnce: Number(atOnce),
    },
    signal,
  );
  records += result.outcomes.page ?? 0;
  const { rows } = await sql<{ url: string }>`
    select u.url from survey_page p join survey_url u using (survey_id, key)
     where p.survey_id = ${surveyId} and p.outcome = 'http-error'`.execute(store.db);
  found[port] = rows.map((row) => new URL(row.url).pathname);
});
await archive.close();
const { user, system } = process.cpuUsage(before);
process.stdout.write(
  `${JSON.stringify({
    pages: records,
    seconds: (performance.now() - started) / 1_000,
    cpuSeconds: (user + system) / 1_000_000,
    peakRssMb: process.resourceUsage().maxRSS / 1_024,
    found,
  })}\n`,
);
await pages[Symbol.asyncDispose]();
await fetcher.close();
await store.close();
