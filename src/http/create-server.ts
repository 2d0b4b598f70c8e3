import fastifyCookie from '@fastify/cookie';
import fastifyRateLimit from '@fastify/rate-limit';
import fastifySse from '@fastify/sse';
import fastifySwagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { answerErrors, problemOf, TooManyError } from './answer-errors.ts';
import { completeRoutes, describeRoute } from './complete-routes.ts';
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

/** One address may ask this often; a page of the console asks a dozen times. */
const REQUESTS_PER_MINUTE = 3_000;

export interface ServerOptions {
  /** `https://xunjian.example.gov.cn`: the address that a reverse proxy serves us under; null = loopback only. */
  readonly publicOrigin?: string | null;
  readonly requestsPerMinute?: number;
}

async function describeItself(app: HttpServer): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '巡鉴 Xunjian',
        version: '0.1.0',
        description:
          '政府网站与政务新媒体监管平台的接口。改动要带 x-csrf-token（浏览器）或令牌（机器）。',
      },
    },
    transform: describeRoute,
    // Without it the named schemas are pointed at and not there.
    transformObject: jsonSchemaTransformObject,
  });
}

/**
 * A server that answers only on loopback, only to its own Host names, and only to its own Origin: a page of another site
 * open in the same browser can neither read nor trigger anything (DNS rebinding and cross-site requests refused).
 */
export async function createServer(
  identify: Identify,
  { publicOrigin = null, requestsPerMinute = REQUESTS_PER_MINUTE }: ServerOptions = {},
): Promise<HttpServer> {
  const app = typed(
    Fastify({
      logger: false,
      bodyLimit: BODY_BYTES_MAX,
      requestTimeout: REQUEST_TIMEOUT_MS,
      genReqId: requestIdOf,
      // Behind a reverse proxy of this machine its word counts for the caller's address; nobody else's does.
      trustProxy: publicOrigin === null ? false : 'loopback',
      // Closing lets go of idle connections and waits for answers under way; whoever stops the server sets the limit.
      forceCloseConnections: 'idle',
      // What is refused before there is a route answers in the same shape.
      frameworkErrors: (error, request, reply) => {
        const { status, ...problem } = problemOf(error);
        return (reply as FastifyReply).code(status).send({ ...problem, requestId: request.id });
      },
    }),
  );
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await describeItself(app);
  await app.register(fastifySse.default);
  await app.register(fastifyCookie);
  observeRequests(app);
  app.addHook('onRequest', async (request, reply) => {
    const problem = refusal(request.headers, publicOrigin, isArrival(request));
    if (problem)
      return reply
        .code(403)
        .send({ code: 'http.forbidden', message: problem, details: [], requestId: request.id });
  });
  await app.register(fastifyRateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, { ttl }) =>
      new TooManyError(Math.max(1, Math.ceil(ttl / 1000))),
  });
  guardRoutes(app, identify);
  completeRoutes(app);
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

const OWN_CONTENT_ONLY =
  "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const OWN_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/** Whether a browser opens a route made for that as a page in its window: no script, image, frame or form of another site. */
const isArrival = ({ method, headers, routeOptions }: FastifyRequest): boolean =>
  routeOptions.config?.comesFromOutside === true &&
  method === 'GET' &&
  headers['sec-fetch-mode'] === 'navigate' &&
  headers['sec-fetch-dest'] === 'document';

/** Why a request is refused, or null: it must be meant for us, and a browser must have sent it from a page of ours. */
export function refusal(
  headers: {
    readonly host?: string | undefined;
    readonly origin?: string | undefined;
    readonly 'sec-fetch-site'?: string | string[] | undefined;
  },
  publicOrigin: string | null,
  mayComeFromOutside = false,
): string | null {
  const { host, origin } = headers;
  const isPublic = publicOrigin !== null && host === new URL(publicOrigin).host;
  if (host === undefined || !(isPublic || OWN_HOST.test(host)))
    return '只接受对本机或所设公开地址的访问。';
  const own = isPublic ? publicOrigin : `http://${host}`;
  if (origin !== undefined && origin !== own) return '不接受来自其他网站的请求。';
  if (headers['sec-fetch-site'] === 'cross-site' && !mayComeFromOutside)
    return '不接受来自其他网站的请求。';
  return null;
}
