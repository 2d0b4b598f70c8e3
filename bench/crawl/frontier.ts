import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { databaseSettings } from '../../src/store/database-settings.ts';
import { openPostgresStore } from '../../src/store/open-postgres-store.ts';
import { claimEntries, deletePlaces } from '../../src/survey/frontier/frontier.repository.ts';
import { openSurvey } from '../../src/survey/survey.repository.ts';
import { surveyDb } from '../../src/survey/survey-db.ts';
import { runCluster } from '../../src/testing/postgres/run-cluster.ts';
import { createDatabase, urlOf } from '../../src/testing/postgres/test-databases.ts';

const CLAIM = 400;
const CLAIMS = 50;

/**
 * `[--sizes 10000,1000000,5000000]`: what a claim of 400 addresses costs when so many wait, and after as many were visited. PostgreSQL
 * of its own, durable. Prints the median and the slowest of 50 claims, each followed by taking what was claimed out of the queue.
 */
export async function benchFrontier(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { sizes: { type: 'string', default: '10000,1000000,5000000' } },
  });
  const cluster = await runCluster(undefined, { fsync: 'on', synchronous_commit: 'on' });
  await createDatabase(cluster.url, 'frontier', 'template1');
  const store = await openPostgresStore(databaseSettings(urlOf(cluster.url, 'frontier')));
  const db = surveyDb(store);
  try {
    for (const size of values.sizes.split(',').map(Number)) {
      const of = { homeUrl: `http://size${size}.test/`, roundId: null, subjectId: null };
      const { id } = await openSurvey(db, of, new Date().toISOString());
      await sql`insert into survey_url (survey_id, key, url, kind, depth, from_key, link_text)
        select ${id}::int4, n, 'http://www.x.gov.cn/zwgk/tzgg/202009/t20200917_' || n || '.html', 'page', 3, 1, '关于印发方案的通知'
          from generate_series(1, ${size}::int8) n`.execute(db);
      await sql`insert into survey_queue (survey_id, rank, key)
        select ${id}::int4, 0, n from generate_series(1, ${size}::int8) n`.execute(db);
      await sql`analyze survey_queue`.execute(db);
      const times: number[] = [];
      for (let round = 0; round < CLAIMS; round += 1) {
        const started = performance.now();
        const claimed = await claimEntries(db, id, 'bench', CLAIM);
        times.push(performance.now() - started);
        await deletePlaces(db, id, claimed);
      }
      times.sort((a, b) => a - b);
      const median = times[Math.floor(times.length / 2)]!;
      process.stdout.write(
        `等待 ${String(size).padStart(9)} 个：取 ${CLAIM} 个 中位数 ${median.toFixed(1)} 毫秒，最慢 ${times.at(-1)!.toFixed(1)} 毫秒\n`,
      );
    }
  } finally {
    await store.close();
    await cluster.remove();
  }
}
