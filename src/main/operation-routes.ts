import { setTimeout as sleep } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import { collectDefaultMetrics, register } from 'prom-client';
import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { log } from '../lib/node/log.ts';
import type { Store } from '../store/store.ts';

/** The embedded database has one connection and an import may hold it for seconds; longer means it is stuck. */
const DATABASE_LIMIT_MS = 5_000;
const SELECT_ONE: RawBuilder<unknown> = sql`select 1`;

const HEALTH = {
  tags: ['系统'],
  description:
    '错误代码：\n\n- `health.database`：数据库没有答复\n- `health.not-ready`：正在停止，或数据库没有答复',
  response: {
    200: z.object({ status: z.literal('ok') }).meta({ example: { status: 'ok' } }),
    503: z
      .object({ code: z.string(), message: z.string() })
      .meta({ example: { code: 'health.database', message: '数据库 5 秒内没有答复。' } }),
  },
};

/** What machines ask: whether we live, whether to send work here, and numbers. Loopback only, as everything. */
export function registerOperationRoutes(
  app: HttpServer,
  store: Store,
  databaseLimitMs: number = DATABASE_LIMIT_MS,
): { databaseProblem: () => Promise<string | null> } {
  const databaseProblem = watchDatabase(store, databaseLimitMs);
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.get(
    '/healthz',
    {
      config: { access: 'public' },
      schema: { summary: '是否活着：数据库在限时内答复', ...HEALTH },
    },
    async (_, reply) => {
      const problem = await databaseProblem();
      if (problem === null) return { status: 'ok' as const };
      log.warn('健康检查没有通过', { problem });
      return reply.code(503).send({ code: 'health.database', message: problem });
    },
  );
  app.get(
    '/readyz',
    { config: { access: 'public' }, schema: { summary: '是否接受工作', ...HEALTH } },
    async (_, reply) => {
      const problem = stopping ? '服务正在停止。' : await databaseProblem();
      if (problem === null) return { status: 'ok' as const };
      return reply.code(503).send({ code: 'health.not-ready', message: problem });
    },
  );
  registerMetrics(app);
  return { databaseProblem };
}

/** Asks the database at most once at a time, however many ask us: a stuck one must not gather a queue. */
function watchDatabase(store: Store, limitMs: number): () => Promise<string | null> {
  let asking: Promise<string | null> | null = null;
  return async () => {
    asking ??= SELECT_ONE.execute(store.db)
      .then(() => null)
      // The reason stays in the log: it may name hosts and users.
      .catch((error: unknown) => {
        log.error('数据库没有答复', { error });
        return '数据库出错；请看日志，并检查数据目录所在的磁盘或 PostgreSQL。';
      })
      .finally(() => {
        asking = null;
      });
    const late = new AbortController();
    const limit = sleep(limitMs, '', { signal: late.signal, ref: false }).then(
      () => `数据库 ${limitMs / 1000} 秒内没有答复；若持续如此，请看日志后重新启动。`,
      () => null,
    );
    return Promise.race([asking, limit]).finally(() => late.abort());
  };
}

let collecting = false;

function registerMetrics(app: HttpServer): void {
  // Node's own numbers (memory, event loop, collections) are the process's: begun once, however many servers.
  if (!collecting) collectDefaultMetrics();
  collecting = true;
  app.get(
    '/metrics',
    { config: { access: 'public' }, schema: { hide: true } },
    async (_request, reply) => reply.type(register.contentType).send(await register.metrics()),
  );
}
