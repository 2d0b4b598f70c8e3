import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { describeRefusals } from '../http/describe-refusals.ts';
import { DONE, REFUSALS_OF_ONE } from '../http/problem.ts';
import { IdParams } from '../http/row-id.ts';
import { readAccountAuthorisation, withdrawAuthorisation } from './account-authorisation.ts';
import { inviteAccount } from './invite-account.ts';
import type { WechatDeps } from './wechat-db.ts';

const AT = '2026-11-30T04:00:00.000Z';
const UNTIL = '2026-12-07T04:00:00.000Z';

const Given = z.object({
  appId: z.string(),
  nickName: z.string(),
  userName: z.string().describe('原始 ID，gh_…'),
  principalName: z.string().describe('认证主体'),
  state: z
    .enum(['authorised', 'withdrawn', 'broken', 'mismatch'])
    .describe('mismatch：扫码的是另一个账号，不归这个账号'),
  reason: z.string(),
  reads: z.array(z.string()).describe('授权时勾选的权限集让我们能读什么'),
  authorisedAt: z.string(),
  changedAt: z.string(),
});

const Authorisation = z
  .object({
    obstacle: z.string().nullable().describe('为什么现在不能生成授权链接'),
    invitation: z
      .object({
        ...{ madeBy: z.string(), madeAt: z.string(), expiresAt: z.string() },
        opened: z.number().describe('链接被打开过几次'),
      })
      .nullable()
      .describe('有效的授权链接；链接本身只在生成时给出一次'),
    authorisation: Given.nullable(),
  })
  .meta({
    id: 'AccountAuthorisation',
    description: '一个公众号给第三方平台的授权',
    example: {
      obstacle: null,
      invitation: { madeBy: '周晓岚', madeAt: AT, expiresAt: UNTIL, opened: 1 },
      authorisation: {
        ...{ appId: 'wx0123456789abcdef', nickName: '岳阳发布', userName: 'gh_0123456789ab' },
        ...{ principalName: '岳阳市人民政府办公室', state: 'authorised', reason: '' },
        ...{ reads: ['发布、评论与文章统计'], authorisedAt: AT, changedAt: AT },
      },
    },
  });

const Invitation = z
  .object({
    url: z.string().describe('用电脑打开；页面上有微信的二维码，由账号管理员扫'),
    ...{ expiresAt: z.string(), accountName: z.string() },
  })
  .meta({
    id: 'AccountInvitation',
    example: {
      url: 'https://xunjian.example.gov.cn/api/v1/callbacks/wechat/invitations/…',
      ...{ expiresAt: UNTIL, accountName: '岳阳发布' },
    },
  });

const TAGS = ['公众号授权'];
const PATH = '/api/v1/accounts/:id';
const UNKNOWN = {
  'account.unknown': '没有这个账号，或看不到',
  'wechat.platform': '不是微信公众号',
};

/** An account's authorisation: seen by whoever sees the account, begun and taken back by whoever answers for it. */
export function registerAuthorisationRoutes(app: HttpServer, deps: WechatDeps): void {
  app.get(
    `${PATH}/wechat-authorisation`,
    {
      config: { access: 'registry.read' },
      schema: {
        ...{ tags: TAGS, summary: '一个公众号的授权：状态、自何时、能读什么' },
        ...{ description: describeRefusals(UNKNOWN), params: IdParams },
        response: { 200: Authorisation, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }) => {
      const found = await readAccountAuthorisation(deps, actor, id);
      return structuredClone(found) as z.infer<typeof Authorisation>;
    },
  );
  app.post(
    `${PATH}/wechat-invitation`,
    {
      config: { access: 'registry.edit' },
      schema: {
        ...{ tags: TAGS, summary: '生成授权链接，七天有效；原来的链接作废', params: IdParams },
        description: describeRefusals({
          ...UNKNOWN,
          ...{ 'wechat.not-set': '没有设置第三方平台', 'wechat.no-origin': '没有设置公网地址' },
        }),
        response: { 201: Invitation, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }, reply) => {
      return reply.code(201).send(await inviteAccount(deps, actor, { accountId: id }));
    },
  );
  app.delete(
    `${PATH}/wechat-authorisation`,
    {
      config: { access: 'registry.edit' },
      schema: {
        ...{ tags: TAGS, summary: '在本平台撤回授权：令牌删除，授权链接作废', params: IdParams },
        description: describeRefusals({ ...UNKNOWN, 'wechat.none': '没有可撤回的' }),
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }, reply) => {
      await withdrawAuthorisation(deps, actor, id);
      return reply.code(204).send(null);
    },
  );
}
