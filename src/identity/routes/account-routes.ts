import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ABILITIES } from '../../domain/actor.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { endOwnSession } from '../end-sessions.ts';
import { type IdentityDeps, identityDb } from '../identity-db.ts';
import { makeToken, revokeToken, type TokenOwner } from '../manage-tokens.ts';
import { changeOwnPassword } from '../manage-users.ts';
import { checkPassword } from '../password.ts';
import {
  confirmSecondFactorSetup,
  offerSecondFactor,
  removeSecondFactor,
} from '../second-factor.ts';
import { confirmSecondFactor, listSessions, listTokens } from '../session.repository.ts';
import { requireUser } from '../user.repository.ts';

/** What everybody does with his own account: password, second factor, sessions, tokens. */
export function registerAccountRoutes(app: HttpServer, deps: IdentityDeps): void {
  registerPassword(app, deps);
  registerSecondFactor(app, deps);
  registerSessions(app, deps);
  registerTokens(app, deps);
}

/** The signed-in person, who alone changes what is his: a machine's token has no account to look after. */
function ownerOf({ actor, session }: Pick<FastifyRequest, 'actor' | 'session'>): TokenOwner {
  const { userId, name, can } = actor;
  if (userId !== null && session !== null) return { userId, name, can };
  throw new UserError('identity.forbidden', '这件事要本人登录后办理，接口令牌不能代办。');
}

function registerPassword(app: HttpServer, deps: IdentityDeps): void {
  app.post(
    '/api/v1/session/password',
    {
      config: { access: 'signedIn' },
      schema: {
        summary: '改自己的密码；其他地方的登录随即失效',
        description: '错误：identity.wrong 原密码不对；password.weak、password.reused',
        tags: ['我的账户'],
        body: z
          .strictObject({ old: z.string().max(500), new: z.string().min(1).max(500) })
          .meta({ example: { old: '青山-绿水-2026-晴', new: '白云-蓝天-2027-雨' } }),
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async (request, reply) => {
      await changeOwnPassword(deps, ownerOf(request).userId, {
        old: request.body.old,
        password: request.body.new,
        sessionHash: request.session?.hash ?? '',
      });
      return reply.code(204).send(null);
    },
  );
}

const Offer = z.object({ secret: z.string(), otpauth: z.string(), qrSvg: z.string() }).meta({
  example: {
    secret: 'JBSWY3DPEHPK3PXP',
    otpauth: 'otpauth://totp/巡鉴:zhangsan?secret=JBSWY3DPEHPK3PXP&issuer=巡鉴',
    qrSvg: '<svg xmlns="http://www.w3.org/2000/svg">…</svg>',
  },
});
const Code = z
  .strictObject({ code: z.string().min(6).max(10) })
  .meta({ example: { code: '123456' } });
const OwnPassword = z
  .strictObject({ password: z.string().max(500) })
  .meta({ example: { password: '青山-绿水-2026-晴' } });

function registerSecondFactor(app: HttpServer, deps: IdentityDeps): void {
  const own = (request: Pick<FastifyRequest, 'actor' | 'session'>) =>
    requireUser(identityDb(deps.store.db), ownerOf(request).userId);
  app.post(
    '/api/v1/session/totp',
    {
      config: { access: 'signedIn' },
      schema: {
        summary: '开始设置两步验证：二维码只显示一次',
        description: '错误：identity.totp-on 已经开启',
        tags: ['我的账户'],
        response: { 200: Offer, ...REFUSALS_OF_ONE },
      },
    },
    async (request) => offerSecondFactor(deps, await own(request)),
  );
  app.post(
    '/api/v1/session/totp/confirm',
    {
      config: { access: 'signedIn' },
      schema: {
        summary: '用验证码确认两步验证；恢复码只显示一次',
        description: '错误：identity.code 验证码不对；identity.totp-not-offered 没有先取二维码',
        tags: ['我的账户'],
        body: Code,
        response: {
          200: z
            .object({ recoveryCodes: z.array(z.string()) })
            .meta({ example: { recoveryCodes: ['0f9a4c2be1', '7d31c09a55'] } }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async (request) => {
      const recoveryCodes = await confirmSecondFactorSetup(
        deps,
        await own(request),
        request.body.code,
      );
      if (request.session)
        await confirmSecondFactor(identityDb(deps.store.db), request.session.hash);
      return { recoveryCodes: [...recoveryCodes] };
    },
  );
  app.delete(
    '/api/v1/session/totp',
    {
      config: { access: 'signedIn' },
      schema: {
        summary: '关闭自己的两步验证',
        description: '错误：identity.wrong 密码不对',
        tags: ['我的账户'],
        body: OwnPassword,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async (request, reply) => {
      const user = await own(request);
      if (!(await checkPassword(user.passwordHash, request.body.password)))
        throw new UserError('identity.wrong', '密码不对。', { field: 'password' });
      await removeSecondFactor(deps, request.actor.name, user.id);
      return reply.code(204).send(null);
    },
  );
}

const SessionList = z
  .object({
    items: z.array(
      z.object({
        id: z.int(),
        address: z.string(),
        agent: z.string(),
        createdAt: z.string(),
        lastSeenAt: z.string(),
        expiresAt: z.string(),
        current: z.boolean(),
      }),
    ),
  })
  .meta({
    example: {
      items: [
        {
          ...{ id: 12, address: '10.0.0.8', agent: 'Mozilla/5.0' },
          createdAt: '2026-11-24T01:00:00.000Z',
          lastSeenAt: '2026-11-24T03:20:00.000Z',
          expiresAt: '2026-11-24T13:00:00.000Z',
          current: true,
        },
      ],
    },
  });

function registerSessions(app: HttpServer, deps: IdentityDeps): void {
  app.get(
    '/api/v1/sessions',
    {
      config: { access: 'signedIn' },
      schema: {
        summary: '自己在哪些地方登录着',
        tags: ['我的账户'],
        response: { 200: SessionList, ...REFUSALS },
      },
    },
    async (request) => {
      const sessions = await listSessions(identityDb(deps.store.db), ownerOf(request).userId);
      return {
        items: sessions.map(({ id, address, agent, createdAt, seenAt, endsAt }) => ({
          ...{ id, address, agent, createdAt, lastSeenAt: seenAt, expiresAt: endsAt },
          current: id === request.session?.id,
        })),
      };
    },
  );
  app.delete(
    '/api/v1/sessions/:id',
    {
      config: { access: 'signedIn' },
      schema: {
        summary: '让一处登录失效',
        description: '错误：session.unknown',
        tags: ['我的账户'],
        params: IdParams,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async (request, reply) => {
      await endOwnSession(deps, ownerOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
}

const TokenList = z
  .object({
    items: z.array(
      z.object({
        id: z.int(),
        name: z.string(),
        prefix: z.string(),
        abilities: z.array(z.enum(ABILITIES)),
        expiresOn: z.iso.date(),
        lastUsedAt: z.string().nullable(),
        createdAt: z.string(),
      }),
    ),
  })
  .meta({
    example: {
      items: [
        {
          ...{ id: 3, name: '数据大屏取数', prefix: 'xj_Yk3lQ', abilities: ['round.read'] },
          expiresOn: '2027-03-31',
          lastUsedAt: null,
          createdAt: '2026-11-24T01:00:00.000Z',
        },
      ],
    },
  });

const NewTokenBody = z
  .strictObject({
    name: z.string().trim().min(1).max(50),
    abilities: z.array(z.enum(ABILITIES)).min(1).max(ABILITIES.length),
    expiresOn: z.iso.date(),
  })
  .meta({
    example: {
      ...{ name: '数据大屏取数', abilities: ['round.read', 'bulletin.read'] },
      expiresOn: '2027-03-31',
    },
  });

function registerTokens(app: HttpServer, deps: IdentityDeps): void {
  app.get(
    '/api/v1/tokens',
    {
      config: { access: 'token.own' },
      schema: {
        summary: '自己的接口令牌',
        tags: ['我的账户'],
        response: { 200: TokenList, ...REFUSALS },
      },
    },
    async (request) => {
      const tokens = await listTokens(identityDb(deps.store.db), ownerOf(request).userId);
      return {
        items: tokens.map(({ userId: _, expiresAt, usedAt, ...row }) => ({
          ...row,
          abilities: [...row.abilities],
          expiresOn: shanghaiDate(expiresAt),
          lastUsedAt: usedAt,
        })),
      };
    },
  );
  app.post(
    '/api/v1/tokens',
    {
      config: { access: 'token.own' },
      schema: {
        summary: '新建接口令牌；令牌只显示这一次',
        description: '错误：token.abilities 超出自己的权限；token.many 太多；token.expiry 日期不对',
        tags: ['我的账户'],
        body: NewTokenBody,
        response: {
          201: z
            .object({ id: z.int(), token: z.string() })
            .meta({ example: { id: 3, token: 'xj_Yk3lQ0n8vZc2mT5rWq1xB7dJ' } }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await makeToken(deps, ownerOf(request), request.body)),
  );
  app.delete(
    '/api/v1/tokens/:id',
    {
      config: { access: 'token.own' },
      schema: {
        summary: '作废一个令牌',
        description: '错误：token.unknown',
        tags: ['我的账户'],
        params: IdParams,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async (request, reply) => {
      await revokeToken(deps, ownerOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
}
