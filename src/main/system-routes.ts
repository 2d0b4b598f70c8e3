import { statfs } from 'node:fs/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { REFUSALS, REFUSALS_OF_ONE } from '../http/problem.ts';
import { recordAudit } from '../identity/index.ts';
import { readClock } from '../jobs/clock/clock.repository.ts';
import type { Clock } from '../jobs/clock/clock.ts';
import { findChromium } from '../lib/node/chromium.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Store } from '../store/store.ts';
import type { AppDeps } from './app-deps.ts';
import { effectiveSettings } from './config.ts';

/** What the system pages need beside the store. */
export interface SystemRouteDeps
  extends Pick<AppDeps, 'store' | 'jobs' | 'chromiumPath' | 'dataDir' | 'evidenceDir'> {
  /** Chinese reason why the database does not answer, or null. */
  readonly databaseProblem: () => Promise<string | null>;
  readonly clocks: readonly Clock[];
}

const STARTED_AT = new Date().toISOString();
/** Below this the next round may not fit: the seed's archive and database take about 1 GB. */
const FREE_BYTES_MIN = 2e9;
const GB = 1e9;
const FAILED_SHOWN = 100;
const TAGS = ['系统'];
const QUEUE_WORDS: Readonly<Record<string, string>> = {
  'round-visit': '首页访问',
  'round-site': '采集网站',
  'round-survey': '全站普查',
  'round-account': '采集新媒体',
  'round-judge': '判定',
};

/** Health, settings, jobs and versions, for the people who look after the installation. */
export function registerSystemRoutes(app: HttpServer, deps: SystemRouteDeps): void {
  registerHealth(app, deps);
  registerAbout(app, deps.store, deps.dataDir);
  registerSettings(app);
  registerJobs(app, deps);
}

const Health = z
  .object({
    ok: z.boolean(),
    checks: z.array(z.object({ name: z.string(), ok: z.boolean(), words: z.string() })),
  })
  .meta({
    id: 'Health',
    example: { ok: true, checks: [{ name: 'database', ok: true, words: '数据库正常' }] },
  });

function registerHealth(app: HttpServer, deps: SystemRouteDeps): void {
  app.get(
    '/api/v1/system/health',
    {
      config: { access: 'system.read' },
      schema: { tags: TAGS, summary: '运行状况', response: { 200: Health, ...REFUSALS } },
    },
    async () => {
      const problem = await deps.databaseProblem();
      const free = await freeBytes(deps.evidenceDir);
      const isRoomy = free === null || free >= FREE_BYTES_MIN;
      const chromium = findChromium(deps.chromiumPath);
      const checks = [
        { name: 'database', ok: problem === null, words: problem ?? '数据库正常' },
        {
          name: 'disk',
          ok: isRoomy,
          words:
            free === null
              ? '看不到证据目录所在磁盘的余量'
              : `证据目录所在磁盘还有 ${(free / GB).toFixed(1)} GB${isRoomy ? '' : '，请清理或扩容'}`,
        },
        {
          name: 'chromium',
          ok: chromium !== null,
          words: chromium === null ? '没有 Chromium，通报不出 PDF' : '有 Chromium，可以出 PDF',
        },
      ];
      return { ok: checks.every(({ ok }) => ok), checks };
    },
  );
}

async function freeBytes(folder: string): Promise<number | null> {
  const stats = await statfs(folder).catch(() => null);
  return stats === null ? null : stats.bavail * stats.bsize;
}

const About = z
  .object({
    version: z.string(),
    node: z.string(),
    database: z.string(),
    startedAt: z.string(),
    dataDir: z.string(),
  })
  .meta({
    id: 'About',
    example: {
      version: '0.1.0',
      node: 'v24.21.0',
      database: 'PostgreSQL 15.18',
      startedAt: '2026-11-24T01:00:00.000Z',
      dataDir: '/var/lib/xunjian',
    },
  });

function registerAbout(app: HttpServer, store: Store, folder: string): void {
  app.get(
    '/api/v1/system/about',
    {
      config: { access: 'system.read' },
      schema: { tags: TAGS, summary: '版本和位置', response: { 200: About, ...REFUSALS } },
    },
    async () => {
      const { rows } = await sql<{ version: string }>`
        select current_setting('server_version') as version`.execute(store.db);
      const kind = store.kind === 'embedded' ? '内嵌数据库，PostgreSQL' : 'PostgreSQL';
      return {
        version: '0.1.0',
        node: process.version,
        database: `${kind} ${rows[0]?.version ?? ''}`.trim(),
        startedAt: STARTED_AT,
        dataDir: folder,
      };
    },
  );
}

const Settings = z
  .object({
    items: z.array(
      z.object({
        name: z.string(),
        value: z.string(),
        origin: z.enum(['default', 'environment', 'option']),
        meaning: z.string(),
      }),
    ),
  })
  .meta({
    id: 'Settings',
    example: {
      items: [{ name: 'XUNJIAN_PORT', value: '8620', origin: 'default', meaning: '服务的端口' }],
    },
  });

function registerSettings(app: HttpServer): void {
  app.get(
    '/api/v1/system/settings',
    {
      config: { access: 'system.read' },
      schema: {
        tags: TAGS,
        summary: '实际生效的设置，不含密码',
        response: { 200: Settings, ...REFUSALS },
      },
    },
    async () => ({ items: effectiveSettings(undefined) }),
  );
}

const Jobs = z
  .object({
    clocks: z
      .array(
        z.object({
          name: z.string(),
          words: z.string(),
          isRunning: z.boolean(),
          endedAt: z.string().nullable().describe('上一次结束'),
          nextAt: z.string(),
          problem: z.string().describe('上一次没有办成的原因；空：办成了'),
        }),
      )
      .describe('定时任务'),
    queues: z.array(
      z.object({
        name: z.string(),
        words: z.string(),
        waiting: z.number(),
        active: z.number(),
        failed: z.number(),
        done: z.number(),
      }),
    ),
    failed: z.array(
      z.object({
        id: z.string(),
        queue: z.string(),
        at: z.string(),
        error: z.string(),
        tries: z.number(),
        mayRetry: z.boolean(),
      }),
    ),
  })
  .meta({
    id: 'Jobs',
    example: {
      clocks: [
        {
          ...{ name: 'account-sweep', words: '巡看账号', isRunning: false, problem: '' },
          ...{ endedAt: '2026-11-28T20:24:00.000Z', nextAt: '2026-11-29T20:33:00.000Z' },
        },
      ],
      queues: [
        { name: 'round-site', words: '采集网站', waiting: 3, active: 2, failed: 0, done: 589 },
      ],
      failed: [],
    },
  });

function registerJobs(app: HttpServer, { store, jobs, clocks }: SystemRouteDeps): void {
  app.get(
    '/api/v1/system/jobs',
    {
      config: { access: 'system.read' },
      schema: { tags: TAGS, summary: '任务队列', response: { 200: Jobs, ...REFUSALS } },
    },
    async () => ({ clocks: await readClocks(store, clocks), ...(await readJobs(store)) }),
  );
  app.post(
    '/api/v1/system/jobs/:id/retry',
    {
      config: { access: 'system.manage' },
      schema: {
        tags: TAGS,
        summary: '把失败的任务再做一次',
        description: '错误：job.unknown 没有这个失败的任务',
        params: z.object({ id: z.uuid() }),
        response: {
          200: z.object({ done: z.literal(true) }).meta({ example: { done: true } }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ params: { id }, actor }) => {
      const found = (await readJobs(store)).failed.find((job) => job.id === id);
      if (!found) throw new UserError('job.unknown', '没有这个失败的任务。');
      await (await jobs.open([])).retry(found.queue, id);
      await store.transaction((trx) =>
        recordAudit(trx, {
          actor: actor.name,
          action: 'job.retry',
          subject: `job:${id}`,
          detail: { queue: found.queue },
          before: { state: 'failed', tries: found.tries },
          after: { state: 'retry' },
        }),
      );
      return { done: true } as const;
    },
  );
}

async function readClocks(
  store: Store,
  clocks: readonly Clock[],
): Promise<z.input<typeof Jobs>['clocks']> {
  const at = new Date().toISOString();
  const standing = await Promise.all(clocks.map((clock) => readClock(store, clock, at)));
  return standing.map(({ name, isRunning, endedAt, nextAt, problem }, index) => ({
    ...{ name, words: clocks[index]!.words, isRunning, endedAt, nextAt, problem },
  }));
}

/** The queue's own tables are there once it was first used. */
async function readJobs(store: Store): Promise<Omit<z.input<typeof Jobs>, 'clocks'>> {
  const there = await sql<{ there: boolean }>`
    select to_regclass('job.job') is not null as there`.execute(store.db);
  if (there.rows[0]?.there !== true) return { queues: [], failed: [] };
  const counted = await sql<{
    name: string;
    waiting: number;
    active: number;
    failed: number;
    done: number;
  }>`
    select name, count(*) filter (where state in ('created', 'retry'))::int as waiting,
           count(*) filter (where state = 'active')::int as active,
           count(*) filter (where state = 'failed')::int as failed,
           count(*) filter (where state = 'completed')::int as done
      from job.job group by name order by name`.execute(store.db);
  const failed = await sql<{ id: string; queue: string; at: string; error: string; tries: number }>`
    select id::text, name as queue, coalesce(completed_on, created_on) as at,
           left(coalesce(output->>'reason', output->>'message', ''), 300) as error, retry_count + 1 as tries
      from job.job where state = 'failed' order by 3 desc limit ${FAILED_SHOWN}`.execute(store.db);
  return {
    queues: counted.rows.map((row) => ({ ...row, words: QUEUE_WORDS[row.name] ?? row.name })),
    failed: failed.rows.map((row) => ({
      ...row,
      at: new Date(row.at).toISOString(),
      mayRetry: true,
    })),
  };
}
