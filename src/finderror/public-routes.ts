import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { describeRefusals } from '../http/describe-refusals.ts';
import { REFUSALS, REFUSALS_OF_ONE } from '../http/problem.ts';
import type { FindErrorDeps } from './find-error-deps.ts';
import { leaveMessage, WRITER_PER_DAY } from './leave-message.ts';
import { listPublished } from './publish-message.ts';
import { FormState, LeftBody, PROBLEM_TYPES, Published } from './schemas.ts';

const TAGS = ['找错留言（公开）'];
/** One address may send so often a minute, taken or not. */
const TRIES_PER_MINUTE = 10;
const PUBLIC = { access: 'public' } as const;
const FORM = {
  ...PUBLIC,
  rateLimit: { max: TRIES_PER_MINUTE, timeWindow: 60_000 },
} as const;

/** What everybody may do: leave a message, and read what was published. */
export function registerPublicRoutes(app: HttpServer, deps: FindErrorDeps): void {
  app.get(
    '/api/v1/public/find-errors/form',
    {
      config: PUBLIC,
      schema: {
        ...{ tags: TAGS, summary: '公开的找错表单开不开，问题的种类' },
        querystring: z.strictObject({}),
        response: { 200: FormState, ...REFUSALS },
      },
    },
    async () => ({
      ...{ isOpen: deps.findError.formPerDay > 0, problemTypes: [...PROBLEM_TYPES] },
      ...{ perDay: WRITER_PER_DAY, keepDays: deps.findError.keepDays },
    }),
  );
  app.post(
    '/api/v1/public/find-errors',
    {
      config: FORM,
      schema: {
        ...{ tags: TAGS, summary: '提交一条找错留言；不用登录' },
        description: describeRefusals({
          'finderror.form-closed': '没有开通',
          'finderror.writer': '同一网络今天提交得太多',
          'finderror.full': '今天收到的已满',
          'finderror.repeated': '同样的今天已经收到',
        }),
        body: LeftBody,
        response: {
          201: z.object({ id: z.number() }).meta({ id: 'LeftFindErrorId', example: { id: 7 } }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ body: { homepage: _trap, ...message }, ip }, reply) => {
      const at = new Date().toISOString();
      return reply.code(201).send(await leaveMessage(deps, { message, address: ip, at }));
    },
  );
  app.get(
    '/api/v1/public/find-errors',
    {
      config: PUBLIC,
      schema: {
        ...{ tags: TAGS, summary: '已公布的找错留言和答复，新的在前' },
        querystring: z.strictObject({
          limit: z.coerce.number().int().min(1).max(50).default(20).describe('每页条数，1–50'),
          offset: z.coerce.number().int().min(0).max(10_000).default(0).describe('跳过的条数'),
        }),
        response: { 200: Published, ...REFUSALS },
      },
    },
    async ({ query }) => ({ items: await listPublished(deps, query) }),
  );
}
