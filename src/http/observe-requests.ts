import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Counter, Gauge, Histogram } from 'prom-client';
import { log, withLogFields } from '../lib/node/log.ts';

// Labels are routes as they are written in the code, never addresses that a caller invents.
const REQUESTS = new Counter({
  name: 'xunjian_http_requests_total',
  help: '已答复的请求；code 为 0 表示对方先断开',
  labelNames: ['method', 'route', 'code'] as const,
});
const DURATION = new Histogram({
  name: 'xunjian_http_request_seconds',
  help: '请求用时（秒）；不含事件流和命令',
  labelNames: ['method', 'route'] as const,
  buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});
const UNDER_WAY = new Gauge({
  name: 'xunjian_http_requests_under_way',
  help: '正在处理的请求，含打开的事件流',
});

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** Long by their nature: their time says nothing about speed. */
const LONG_ROUTES = new Set(['/api/v1/progress', '/api/commands']);
/** Asked every few seconds by machines: their lines would bury the others. */
const QUIET_ROUTES = new Set(['/healthz', '/readyz', '/metrics']);
const PATH_CHARACTERS_MAX = 300;

/** What an identifier from outside may look like; anything else is replaced, for it goes into logs and headers. */
const SANE_ID = /^[\w.:-]{1,64}$/;

/** The caller's `X-Request-Id` when it is sane, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
}

/** Every request: its id goes back in `X-Request-Id` and into all lines that it causes; it is counted and timed. */
export function observeRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    // On the raw answer, so that event streams and streamed commands carry it as well.
    reply.raw.setHeader('x-request-id', request.id);
    const startedAt = performance.now();
    UNDER_WAY.inc();
    finished(reply.raw, () => {
      UNDER_WAY.dec();
      record(request, reply, (performance.now() - startedAt) / 1000);
    });
    withLogFields({ requestId: request.id }, done);
  });
}

function record(request: FastifyRequest, reply: FastifyReply, seconds: number): void {
  const route = request.routeOptions.url ?? '(none)';
  const method = METHODS.has(request.method) ? request.method : 'other';
  const code = reply.raw.headersSent ? reply.raw.statusCode : 0;
  REQUESTS.inc({ method, route, code });
  if (!LONG_ROUTES.has(route)) DURATION.observe({ method, route }, seconds);
  const level = code >= 500 ? 'warn' : QUIET_ROUTES.has(route) ? 'debug' : 'info';
  log[level]('请求', {
    requestId: request.id,
    method,
    // Without the query: a caller may have put anything there.
    path: request.url.split('?', 1)[0]?.slice(0, PATH_CHARACTERS_MAX),
    code,
    milliseconds: Math.round(seconds * 1000),
  });
}
