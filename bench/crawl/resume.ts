import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { NODE_FLAGS } from '../../scripts/install.mjs';
import { databaseSettings } from '../../src/store/database-settings.ts';
import { openPostgresStore } from '../../src/store/open-postgres-store.ts';
import type { Store } from '../../src/store/store.ts';
import { runCluster } from '../../src/testing/postgres/run-cluster.ts';
import { createDatabase, urlOf } from '../../src/testing/postgres/test-databases.ts';
import { ROOT } from '../../tools/source-files.ts';
import { DURABLE, serve } from './run-crawl.ts';

const POLL_MS = 20;
const KILL_AFTER_PAGES = 2_000;

/**
 * `[--pages 5000] [--waiting 5000000]`: a survey is killed with SIGKILL, its queue grows by so many waiting addresses, and it is started
 * again. Prints the time from the start of the new process to the first page that it commits. PostgreSQL of its own, durable.
 */
export async function benchResume(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      pages: { type: 'string', default: '5000' },
      waiting: { type: 'string', default: '5000000' },
    },
  });
  const folder = await mkdtemp(join(tmpdir(), 'xunjian-resume-'));
  const cluster = await runCluster(undefined, DURABLE);
  const world = await serve(1, Number(values.pages));
  await createDatabase(cluster.url, 'resume', 'template1');
  const database = urlOf(cluster.url, 'resume');
  const store = await openPostgresStore(databaseSettings(database));
  const start = (): ChildProcess => startSurvey(folder, database, world.sites[0]!.port);
  try {
    await killWhen(start(), async () => (await pagesKept(store)) >= KILL_AFTER_PAGES);
    await queueMore(store, Number(values.waiting));
    const kept = await pagesKept(store);
    const started = performance.now();
    await killWhen(start(), async () => (await pagesKept(store)) > kept);
    const seconds = (performance.now() - started) / 1_000;
    process.stdout.write(
      `杀死时已存 ${kept} 页，再加 ${values.waiting} 个等待的网址；重新启动到存下新的一页：${seconds.toFixed(1)} 秒\n`,
    );
  } finally {
    world.stop();
    await store.close();
    await cluster.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

function startSurvey(folder: string, database: string, port: number): ChildProcess {
  const script = join(ROOT, 'bench', 'crawl', 'survey-sites.ts');
  const args = [...NODE_FLAGS, script, folder, database, '2', '1', '16', String(port)];
  return spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Kills without warning as soon as `isTime`; throws when the process ends by itself before that. */
async function killWhen(child: ChildProcess, isTime: () => Promise<boolean>): Promise<void> {
  while (!(await isTime())) {
    if (child.exitCode !== null)
      throw new Error('普查已经结束，没有等到要杀死它的时候；--pages 应更大');
    await sleep(POLL_MS);
  }
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function pagesKept(store: Store): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from survey_page`.execute(store.db);
  return rows[0]!.count;
}

async function queueMore(store: Store, count: number): Promise<void> {
  await sql`insert into survey_url (survey_id, key, url, kind, depth, from_key, link_text)
    select max(id), n, 'http://www.x.gov.cn/zwgk/tzgg/202009/t20200917_' || n || '.html', 'page', 3, 1, '通知'
      from survey, generate_series(1, ${count}::int8) n group by n`.execute(store.db);
  await sql`insert into survey_queue (survey_id, rank, key)
    select max(id), 0, n from survey, generate_series(1, ${count}::int8) n group by n`.execute(
    store.db,
  );
  await sql`analyze survey_queue, survey_url`.execute(store.db);
}
