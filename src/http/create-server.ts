import fastifySse from '@fastify/sse';
import fastifySwagger from '@fastify/swagger';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { log } from '../lib/node/log.ts';
import { TransientError, UserError } from '../lib/pure/errors.ts';
import { guardRoutes, type Identify } from './gate.ts';
import { observeRequests, requestIdOf } from './observe-requests.ts';

/** The server kit: a Fastify instance whose routes are described by zod schemas. */
export type HttpServer = ReturnType<typeof typed>;

const BODY_BYTES_MAX = 1024 * 1024;
/** A browser that sends nothing for this long is let go. */
const REQUEST_TIMEOUT_MS = 30_000;

function typed(app: FastifyInstance) {
  return app.withTypeProvider<ZodTypeProvider>();
}

/**
 * A server that answers only on loopback, only to its own Host names, and only to its own Origin: a page of another site
 * open in the same browser can neither read nor trigger anything (DNS rebinding and cross-site requests refused).
 */
export async function createServer(identify: Identify): Promise<HttpServer> {
  const app = typed(
    Fastify({
      logger: false,
      bodyLimit: BODY_BYTES_MAX,
      requestTimeout: REQUEST_TIMEOUT_MS,
      genReqId: requestIdOf,
      // Closing lets go of idle connections and waits for answers under way; whoever stops the server sets the limit.
      forceCloseConnections: 'idle',
    }),
  );
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '巡鉴 Xunjian',
        version: '0.1.0',
        description: '政府网站与政务新媒体监管平台的读取接口',
      },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(fastifySse.default);
  observeRequests(app);
  guardRoutes(app, identify);
  app.addHook('onRequest', async (request, reply) => {
    const problem = refusal(
      request.headers.host,
      request.headers.origin,
      request.headers['sec-fetch-site'],
    );
    if (problem)
      return reply
        .code(403)
        .send({ code: 'http.forbidden', message: problem, details: [], requestId: request.id });
  });
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    // Else the connection of an answer that ends now would be kept for the next one, and hold up the closing.
    if (closing) reply.header('connection', 'close');
    reply.headers({
      'x-content-type-options': 'nosniff',
      // A route that shows archived pages allows its own server's pages to frame them; none allows others.
      'x-frame-options':
        reply.getHeader('x-frame-options') === 'SAMEORIGIN' ? 'SAMEORIGIN' : 'DENY',
      'referrer-policy': 'no-referrer',
    });
    // A route may be stricter (archived bytes are); none is laxer than this.
    if (!reply.hasHeader('content-security-policy'))
      reply.header('content-security-policy', OWN_CONTENT_ONLY);
  });
  answerErrors(app);
  return app;
}

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details: readonly string[];
}

/** Every failure in one shape, with the id under which the log tells more. */
function answerErrors(app: HttpServer): void {
  app.setErrorHandler((error: FastifyError | UserError | TransientError, request, reply) => {
    const { status, ...problem } = problemOf(error);
    if (status === INTERNAL) log.error('请求出错', { error });
    return reply.code(status).send({ ...problem, requestId: request.id });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      code: 'http.not-found',
      message: '没有这个地址。',
      details: [],
      requestId: request.id,
    }),
  );
}

const INTERNAL = 500;

function problemOf(error: FastifyError | UserError | TransientError): Problem {
  if (error instanceof UserError) {
    const { code, message, details } = error;
    return { status: statusOf(error), code, message, details };
  }
  if (error instanceof TransientError)
    return {
      status: 503,
      code: error.code,
      message: `${error.message}，请稍后再试。`,
      details: [],
    };
  const status = error.statusCode ?? INTERNAL;
  if (status < INTERNAL)
    return {
      status,
      code: 'http.bad-request',
      message: `请求不对：${error.message}`,
      details: [],
    };
  return {
    status: INTERNAL,
    code: 'http.internal',
    message: '服务器出错；请把请求编号告诉管理员，日志里查得到。',
    details: [],
  };
}

const FORBIDDEN = new Set(['identity.forbidden', 'identity.csrf', 'identity.second-factor']);

/** What is not there is 404, what was deleted on purpose 410, what is not possible now 409. */
function statusOf({ code, family }: UserError): number {
  if (code === 'identity.signed-out') return 401;
  if (code === 'http.too-large') return 413;
  if (FORBIDDEN.has(code)) return 403;
  if (code.endsWith('.unknown')) return 404;
  if (code.endsWith('.gone')) return 410;
  return family === 'state' ? 409 : 400;
}

const OWN_CONTENT_ONLY =
  "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const OWN_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/** Why a request is refused, or null. `origin` must be ours when a browser sends one. */
export function refusal(
  host: string | undefined,
  origin: string | undefined,
  fetchSite: string | string[] | undefined,
): string | null {
  if (host === undefined || !OWN_HOST.test(host)) return '只接受对本机地址的访问。';
  if (origin !== undefined && origin !== `http://${host}`) return '不接受来自其他网站的请求。';
  if (fetchSite === 'cross-site') return '不接受来自其他网站的请求。';
  return null;
}
