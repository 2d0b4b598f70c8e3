import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { describeRefusals } from '../http/describe-refusals.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE } from '../http/problem.ts';
import { IdParams, RowId, RowIdText } from '../http/row-id.ts';
import { shanghaiDate } from '../lib/pure/dates.ts';
import { unitsBelow } from '../registry/index.ts';
import type { StoreDeps } from '../store/store.ts';
import type { FindErrorDeps } from './find-error-deps.ts';
import { listMessages, MESSAGE_STANDS } from './list-messages.ts';
import { registerMessageRoutes } from './message-routes.ts';
import { registerPublicRoutes } from './public-routes.ts';
import { MessageList, Taken } from './schemas.ts';
import { acceptMessage, answerMessage, assignMessage, extendMessage } from './step-message.ts';
import { takeMessages } from './take-messages.ts';

const TAGS = ['找错留言'];
const PATH = '/api/v1/find-errors/:id';
const now = (): string => new Date().toISOString();
const VERSION = z.int().min(1).max(1_000_000).describe('看到的版本');
const NOTE_MAX = 500;
const ANSWER_MAX = 2_000;
const DAY = z.iso.date();
const REFUSED = describeRefusals({
  'finderror.unknown': '没有这条留言，或看不到',
  'finderror.state': '现在不能这样办',
  'finderror.changed': '看过之后别人办过',
});

/** Messages of 我为政府网站找错: listed, taken in, and their steps. */
export function registerFindErrorRoutes(app: HttpServer, deps: FindErrorDeps): void {
  registerPublicRoutes(app, deps);
  registerMessageRoutes(app, deps);
  registerList(app, deps);
  registerTaking(app, deps);
  registerAssigning(app, deps);
  registerAnswering(app, deps);
}

function registerList(app: HttpServer, deps: StoreDeps): void {
  app.get(
    '/api/v1/find-errors',
    {
      config: { access: 'finderror.read' },
      schema: {
        tags: TAGS,
        summary: '找错留言：没办完的、先到期的在前',
        querystring: z.strictObject({
          limit: z.coerce.number().int().min(1).max(200).default(50).describe('每页条数，1–200'),
          offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('跳过的条数'),
          stands: z.enum(MESSAGE_STANDS).optional().describe('状态；overdue 为逾期没有答复'),
          unitId: RowIdText.describe('单位及其下级').optional(),
          q: z.string().trim().max(100).optional().describe('编号、网站名称、内容里的字'),
        }),
        response: { 200: MessageList, ...REFUSALS },
      },
    },
    async ({ actor, query: { unitId, ...query } }) =>
      listMessages(deps, actor, {
        ...query,
        unitIds: unitId === undefined ? undefined : await unitsBelow(deps.store.db, unitId),
        today: shanghaiDate(now()),
      }),
  );
}

/** Messages in one request. */
const TAKEN_MAX = 500;

function registerTaking(app: HttpServer, deps: StoreDeps): void {
  app.post(
    '/api/v1/find-errors',
    {
      config: { access: 'finderror.assign' },
      schema: {
        tags: TAGS,
        summary: '收下国家平台转来的留言；编号收过的不再收',
        body: z
          .strictObject({
            items: z
              .array(
                z.strictObject({
                  number: z.string().trim().min(1).max(200),
                  siteCode: z.string().trim().max(200).default(''),
                  siteName: z.string().trim().max(200).default(''),
                  pageUrl: z.string().trim().max(1_000).default(''),
                  problemType: z.string().trim().max(200).default(''),
                  content: z.string().trim().min(1).max(2_000),
                  leftAt: z.iso.datetime(),
                  receivedAt: z.iso.datetime().optional().describe('转来的时间；不写就是现在'),
                }),
              )
              .min(1)
              .max(TAKEN_MAX),
          })
          .meta({
            id: 'NewFindErrors',
            example: {
              items: [
                {
                  ...{ number: '202611160001', siteCode: '4306000001', content: '首页打不开' },
                  leftAt: '2026-11-16T01:30:00.000Z',
                },
              ],
            },
          }),
        response: {
          200: Taken,
          ...REFUSALS,
        },
      },
    },
    async ({ actor, body: { items } }) => takeMessages(deps, actor, { items, at: now() }),
  );
}

function registerAssigning(app: HttpServer, deps: StoreDeps): void {
  const config = { access: 'finderror.assign' } as const;
  const common = { tags: TAGS, params: IdParams, response: { ...DONE, ...REFUSALS_OF_ONE } };
  app.post(
    `${PATH}/assignment`,
    {
      config,
      schema: {
        ...{ ...common, summary: '交给一个单位办；转办要写理由', description: REFUSED },
        body: z
          .strictObject({
            ...{ version: VERSION, unitId: RowId, note: z.string().trim().max(NOTE_MAX) },
          })
          .meta({ id: 'AssignFindError', example: { version: 1, unitId: 3, note: '' } }),
      },
    },
    async ({ actor, params: { id }, body }, reply) => {
      await assignMessage(deps, actor, { id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${PATH}/extension`,
    {
      config,
      schema: {
        ...{ ...common, summary: '复杂的延期，最多到收到后一个月', description: REFUSED },
        body: z
          .strictObject({
            ...{ version: VERSION, until: DAY, reason: z.string().trim().min(1).max(NOTE_MAX) },
          })
          .meta({
            id: 'ExtendFindError',
            example: { version: 2, until: '2026-11-27', reason: '涉及三个部门的历史页面' },
          }),
      },
    },
    async ({ actor, params: { id }, body }, reply) => {
      await extendMessage(deps, actor, { id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}

function registerAnswering(app: HttpServer, deps: StoreDeps): void {
  const config = { access: 'finderror.reply' } as const;
  const common = { tags: TAGS, params: IdParams, response: { ...DONE, ...REFUSALS_OF_ONE } };
  app.post(
    `${PATH}/acceptance`,
    {
      config,
      schema: {
        ...{ ...common, summary: '受理：是本单位的', description: REFUSED },
        body: z
          .strictObject({ version: VERSION })
          .meta({ id: 'AcceptFindError', example: { version: 1 } }),
      },
    },
    async ({ actor, params: { id }, body }, reply) => {
      await acceptMessage(deps, actor, { id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${PATH}/answer`,
    {
      config,
      schema: {
        ...{ ...common, summary: '答复：是否属实，怎样处理', description: REFUSED },
        body: z
          .strictObject({
            ...{ version: VERSION, isTrue: z.boolean() },
            answer: z.string().trim().min(1).max(ANSWER_MAX),
          })
          .meta({
            id: 'AnswerFindError',
            example: { version: 2, isTrue: true, answer: '页面已恢复，感谢您的反馈。' },
          }),
      },
    },
    async ({ actor, params: { id }, body }, reply) => {
      await answerMessage(deps, actor, { id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}
