import type { LogEvent } from 'kysely';
import { Gauge, Histogram } from 'prom-client';

const SECONDS = new Histogram({
  name: 'xunjian_database_query_seconds',
  help: '数据库语句用时（秒），含排队后的执行，不含取连接',
  labelNames: ['statement', 'outcome'] as const,
  buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
});

const STATEMENTS: Readonly<Record<string, string>> = {
  SelectQueryNode: 'select',
  InsertQueryNode: 'insert',
  UpdateQueryNode: 'update',
  DeleteQueryNode: 'delete',
};

/** Kysely's `log`: the time of every statement by its kind. Never the statement itself, it would be a label without end. */
export function observeQuery(event: LogEvent): void {
  const statement = STATEMENTS[event.query.query.kind] ?? 'other';
  const outcome = event.level === 'error' ? 'error' : 'ok';
  SECONDS.observe({ statement, outcome }, event.queryDurationMillis / 1000);
}

/** Work that waits for the only connection of the embedded database. */
export const CONNECTION_WAITING = new Gauge({
  name: 'xunjian_database_waiting',
  help: '等内嵌数据库连接的操作数',
});
