import { z } from 'zod';
import { EVIDENCE_LEVELS, SOURCE_KINDS } from '../domain/account-sources.ts';
import { WECHAT_CAPABILITIES } from '../gather/accounts/wechat/wechat-capabilities.ts';
import type { HttpServer } from '../http/create-server.ts';
import { DONE, REFUSALS_OF_ONE } from '../http/problem.ts';
import { IdParams, RowIdText } from '../http/row-id.ts';
import { shanghaiDate } from '../lib/pure/dates.ts';
import { Secret } from '../lib/pure/secret.ts';
import {
  ADDED_KINDS,
  addSource,
  changeCredential,
  type ManageDeps,
  readSources,
  removeSource,
  reportPost,
} from './manage/manage-sources.ts';
import { testSource } from './manage/test-source.ts';
import { SOURCE_STATES } from './source.ts';
import { registerSweepRoutes } from './sweep/sweep-routes.ts';
import type { SweepDeps } from './sweep/sweep-sources.ts';

const EXAMPLE = {
  ...{
    id: 5,
    position: 1,
    kind: 'wechat',
    level: 'A1',
    address: '',
    identity: 'wx0123456789abcdef',
  },
  ...{ hasCredential: true, state: 'expired', reason: '接口凭据失效' },
  ...{ nextStep: '请账号管理员重新授权，或更换密钥', checkedAt: '2020-09-17T04:00:00.000Z' },
  ...{ newestOn: '2020-09-10', newestTitle: '公告' },
  capabilities: [{ name: 'statistics', has: true, errcode: 0, checkedOn: '2020-09-17' }],
} as const;

const SourceItem = z
  .object({
    id: z.number(),
    position: z.number(),
    kind: z.enum(SOURCE_KINDS),
    level: z.enum(EVIDENCE_LEVELS),
    address: z.string().describe('空：平台自己的地址'),
    identity: z.string(),
    hasCredential: z.boolean().describe('有没有密钥；密钥本身从不给出'),
    state: z.enum(SOURCE_STATES),
    reason: z.string(),
    nextStep: z.string(),
    checkedAt: z.string().nullable(),
    newestOn: z.string().nullable(),
    newestTitle: z.string(),
    capabilities: z
      .array(
        z.object({
          name: z.enum(WECHAT_CAPABILITIES),
          has: z.boolean(),
          errcode: z.number().describe('没有时平台给的代码'),
          checkedOn: z.string(),
        }),
      )
      .describe('接口权限：问过才知道；只有公众号有'),
  })
  .meta({ id: 'SourceItem', description: '信源', example: EXAMPLE });

const Text = (max: number) => z.string().trim().max(max);
const SecretText = z.string().trim().min(1).max(8000);
const NewSource = z
  .strictObject({
    kind: z.enum(ADDED_KINDS),
    address: Text(2000),
    identity: Text(200),
    secret: SecretText.nullable(),
  })
  .meta({
    id: 'NewSource',
    example: { kind: 'rss', address: 'https://rss.example.com/1.xml', identity: '', secret: null },
  });
const Credential = z
  .strictObject({ secret: SecretText })
  .meta({ id: 'NewCredential', example: { secret: '新的 AppSecret 或令牌' } });
const NewReport = z
  .strictObject({
    title: Text(200).min(1),
    url: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2000)]),
    publishedOn: z.iso.date(),
  })
  .meta({
    id: 'NewReport',
    example: { title: '公告', url: 'https://mp.weixin.qq.com/s/abc', publishedOn: '2020-09-16' },
  });

const SourceParams = z.strictObject({ id: RowIdText, sourceId: RowIdText });
const TAGS = ['信源'];
const PATH = '/api/v1/accounts/:id/sources';
const ERRORS =
  '错误：400 http.bad-request · 401 identity.signed-out · 403 identity.forbidden · 404 account.unknown · 429 http.too-many';
const CHANGING = `${ERRORS} · 403 identity.csrf`;

/** Where an account can be read: seen by whoever sees it, changed by whoever answers for it. */
export function registerSourceRoutes(
  app: HttpServer,
  deps: ManageDeps & Parameters<typeof registerSweepRoutes>[1] & Pick<SweepDeps, 'authorisations'>,
): void {
  registerSweepRoutes(app, deps);
  const now = (): string => new Date().toISOString();
  app.get(
    PATH,
    {
      config: { access: 'registry.read' },
      schema: {
        ...{ tags: TAGS, summary: '一个账号的信源和它们的状态', description: ERRORS },
        params: IdParams,
        response: {
          200: z.object({ items: z.array(SourceItem) }).meta({ example: { items: [EXAMPLE] } }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ params: { id }, actor }) => ({ items: await readSources(deps, actor, id) }),
  );
  registerSourceChanges(app, deps, now);
  app.post(
    `${PATH}/:sourceId/test`,
    {
      config: { access: 'registry.edit' },
      schema: {
        ...{ tags: TAGS, summary: '立即查看一次信源，并记下结果', params: SourceParams },
        description: `${CHANGING} · 404 source.unknown · 409 source.by-hand`,
        response: { 200: SourceItem, ...REFUSALS_OF_ONE },
      },
    },
    ({ params: { id, sourceId }, actor }) =>
      testSource(
        { ...deps, openFetchers: () => deps.sweeps.openFetchers() },
        actor,
        { accountId: id, sourceId },
        now,
      ),
  );
  app.post(
    '/api/v1/accounts/:id/reported-posts',
    {
      config: { access: 'registry.edit' },
      schema: {
        ...{ tags: TAGS, summary: '单位报送账号最近发布的一条', params: IdParams, body: NewReport },
        description: `报送只说明有更新，从不证明没有更新。${CHANGING} · 400 submission.future`,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params: { id }, body, actor }, reply) => {
      await reportPost(deps, actor, id, { ...body, now: now(), today: shanghaiDate(now()) });
      return reply.code(204).send(null);
    },
  );
}

function registerSourceChanges(app: HttpServer, deps: ManageDeps, now: () => string): void {
  app.post(
    PATH,
    {
      config: { access: 'registry.edit' },
      schema: {
        ...{ tags: TAGS, summary: '添加一个信源', params: IdParams, body: NewSource },
        description: `${CHANGING} · 400 source.address、source.identity · 409 source.many、source.same`,
        response: { 201: SourceItem, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params: { id }, body: { secret, ...source }, actor }, reply) => {
      const given = { ...source, secret: secret === null ? null : new Secret(secret) };
      return reply.code(201).send(await addSource(deps, actor, id, given));
    },
  );
  app.put(
    `${PATH}/:sourceId/credential`,
    {
      config: { access: 'registry.edit' },
      schema: {
        ...{ tags: TAGS, summary: '更换一个信源的密钥', params: SourceParams, body: Credential },
        description: `${CHANGING} · 404 source.unknown`,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params: { id, sourceId }, body, actor }, reply) => {
      const at = { accountId: id, sourceId };
      await changeCredential(deps, actor, at, new Secret(body.secret));
      return reply.code(204).send(null);
    },
  );
  app.delete(
    `${PATH}/:sourceId`,
    {
      config: { access: 'registry.edit' },
      schema: {
        ...{
          tags: TAGS,
          summary: '去掉一个信源；它看到的内容留着，密钥不留',
          params: SourceParams,
        },
        description: `${CHANGING} · 404 source.unknown`,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params: { id, sourceId }, actor }, reply) => {
      await removeSource(deps, actor, { accountId: id, sourceId }, now());
      return reply.code(204).send(null);
    },
  );
}
