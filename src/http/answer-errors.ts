import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { log } from '../lib/node/log.ts';
import { TransientError, UserError } from '../lib/pure/errors.ts';
import type { HttpServer } from './create-server.ts';
import { wordSchemaError } from './word-schema-error.ts';

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details: readonly string[];
  readonly field?: string;
}

/** Every failure in one shape, with the id under which the log tells more. */
export function answerErrors(app: HttpServer): void {
  app.setErrorHandler(
    (error: FastifyError | UserError | TransientError | TooManyError, request, reply) => {
      const { status, ...problem } = problemOf(error);
      if (status === INTERNAL) log.error('请求出错', { error });
      return reply.code(status).send({ ...problem, requestId: request.id });
    },
  );
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

/** Asked too often; the caller learns when to come back. */
export class TooManyError extends Error {
  readonly statusCode = 429;
  readonly seconds: number;
  constructor(seconds: number) {
    super(`请求太频繁，请 ${seconds} 秒后再试。`);
    this.seconds = seconds;
  }
}

export function problemOf(
  error: FastifyError | UserError | TransientError | TooManyError,
): Problem {
  if (error instanceof TooManyError)
    return { status: 429, code: 'http.too-many', message: error.message, details: [] };
  if (error instanceof UserError) {
    const { code, message, details, field } = error;
    const more = field === undefined ? {} : { field };
    return { status: statusOf(error), code, message, details, ...more };
  }
  if (hasZodFastifySchemaValidationErrors(error)) return wordSchemaError(error.validation);
  if (error instanceof TransientError)
    return {
      status: 503,
      code: error.code,
      message: `${error.message}，请稍后再试。`,
      details: [],
    };
  const status = error.statusCode ?? INTERNAL;
  if (status < INTERNAL) return wordRefusal(status, error.code);
  return {
    status: INTERNAL,
    code: 'http.internal',
    message: '服务器出错；请把请求编号告诉管理员，日志里查得到。',
    details: [],
  };
}

/** What the server itself could not read. */
function wordRefusal(status: number, code: string): Problem {
  const problem = (name: string, message: string): Problem => ({
    ...{ status, code: name, message },
    details: [],
  });
  if (status === 413) return problem('http.too-large', '发来的内容太大。');
  if (status === 414) return problem('http.too-large', '地址太长。');
  if (status === 415)
    return problem('http.media-type', '内容的类型不对；请用 application/json 发送。');
  return problem(
    'http.bad-request',
    `请求不对：${UNREADABLE[code] ?? '读不懂，请检查写法后再试'}。`,
  );
}

const UNREADABLE: Readonly<Record<string, string>> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: '没有内容',
  FST_ERR_CTP_INVALID_JSON_BODY: '内容不是合法的 JSON',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: '内容与所写的长度不符',
  FST_ERR_BAD_URL: '地址写法不对',
};

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
