import { z } from 'zod';
import { ABILITIES, type Ability, type Actor } from '../../domain/actor.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { type IdentityDeps, identityDb } from '../identity-db.ts';
import { hashOf, newSecret } from '../keys.ts';
import { changeOwnPassword } from '../manage-users.ts';
import { checkPassword } from '../password.ts';
import {
  confirmSecondFactorSetup,
  offerSecondFactor,
  removeSecondFactor,
} from '../second-factor.ts';
import {
  confirmSecondFactor,
  deleteSessions,
  deleteToken,
  insertToken,
  listSessions,
  listTokens,
} from '../session.repository.ts';
import { requireUser } from '../user.repository.ts';

const Id = z.object({ id: z.coerce.number().int().min(1) });
/** Tokens of one user: more is a mistake. */
const TOKENS_MAX = 20;
const TOKEN_DAYS_MAX = 366;
const DAY_MS = 86_400_000;

/** What everybody does with his own account: password, second factor, sessions, tokens. */
export function registerAccountRoutes(app: HttpServer, deps: IdentityDeps): void {
  registerPassword(app, deps);
  registerSecondFactor(app, deps);
  registerSessions(app, deps);
  registerTokens(app, deps);
}

const ownId = (request: { actor: { userId: number | null } }): number => {
  if (request.actor.userId === null) throw new UserError('identity.signed-out', '请先登录。');
  return request.actor.userId;
};

function registerPassword(app: HttpServer, deps: IdentityDeps): void {
  app.post(
    '/api/v1/session/password',
    {
      config: { access: 'signedIn' },
      schema: {
        summary: '改自己的密码；其他地方的登录随即失效',
        description: '错误：identity.wrong 原密码不对；password.weak、password.reused',
        tags: ['我的账户'],
        body: z.strictObject({ old: z.string().max(500), new: z.string().min(1).max(500) }),
        response: { 204: z.null(), ...REFUSALS_OF_ONE },
      },
    },
    async (request, reply) => {
      await changeOwnPassword(deps, ownId(request), {
        old: request.body.old,
        password: request.body.new,
        sessionHash: request.session?.hash ?? '',
      });
      return reply.code(204).send(null);
    },
  );
}

function registerSecondFactor(app: HttpServer, deps: IdentityDeps): void {
  const own = (request: { actor: { userId: number | null } }) =>
    requireUser(identityDb(deps.store.db), ownId(request));
  app.post(
    '/api/v1/session/totp',
    {
      config: { access: 'signedIn' },
      schema: {
        summary: '开始设置两步验证：二维码只显示一次',
        description: '错误：identity.totp-on 已经开启',
        tags: ['我的账户'],
        response: {
          200: z.object({ secret: z.string(), otpauth: z.string(), qrSvg: z.string() }),
          ...REFUSALS_OF_ONE,
        },
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
        body: z.strictObject({ code: z.string().min(6).max(10) }),
        response: { 200: z.object({ recoveryCodes: z.array(z.string()) }), ...REFUSALS_OF_ONE },
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
        body: z.strictObject({ password: z.string().max(500) }),
        response: { 204: z.null(), ...REFUSALS_OF_ONE },
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

function registerSessions(app: HttpServer, deps: IdentityDeps): void {
  const SessionRow = z.object({
    id: z.int(),
    address: z.string(),
    agent: z.string(),
    createdAt: z.string(),
    lastSeenAt: z.string(),
    expiresAt: z.string(),
    current: z.boolean(),
  });
  app.get(
    '/api/v1/sessions',
    {
      config: { access: 'signedIn' },
      schema: {
        summary: '自己在哪些地方登录着',
        tags: ['我的账户'],
        response: { 200: z.object({ items: z.array(SessionRow) }), ...REFUSALS },
      },
    },
    async (request) => {
      const sessions = await listSessions(identityDb(deps.store.db), ownId(request));
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
        params: Id,
        response: { 204: z.null(), ...REFUSALS_OF_ONE },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const ended = await deleteSessions(identityDb(deps.store.db), ownId(request), { id });
      if (ended === 0) throw new UserError('session.unknown', '没有这处登录，或它已经失效。');
      return reply.code(204).send(null);
    },
  );
}

const TokenRow = z.object({
  id: z.int(),
  name: z.string(),
  prefix: z.string(),
  abilities: z.array(z.enum(ABILITIES)),
  expiresOn: z.iso.date(),
  lastUsedAt: z.string().nullable(),
  createdAt: z.string(),
});

function registerTokens(app: HttpServer, deps: IdentityDeps): void {
  app.get(
    '/api/v1/tokens',
    {
      config: { access: 'token.own' },
      schema: {
        summary: '自己的接口令牌',
        tags: ['我的账户'],
        response: { 200: z.object({ items: z.array(TokenRow) }), ...REFUSALS },
      },
    },
    async (request) => {
      const tokens = await listTokens(identityDb(deps.store.db), ownId(request));
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
        body: z.strictObject({
          name: z.string().trim().min(1).max(50),
          abilities: z.array(z.enum(ABILITIES)).min(1).max(ABILITIES.length),
          expiresOn: z.iso.date(),
        }),
        response: { 201: z.object({ id: z.int(), token: z.string() }), ...REFUSALS_OF_ONE },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await makeToken(deps, request.actor, request.body)),
  );
  app.delete(
    '/api/v1/tokens/:id',
    {
      config: { access: 'token.own' },
      schema: {
        summary: '作废一个令牌',
        description: '错误：token.unknown',
        tags: ['我的账户'],
        params: Id,
        response: { 204: z.null(), ...REFUSALS_OF_ONE },
      },
    },
    async (request, reply) => {
      const userId = ownId(request);
      await deps.store.transaction(async (trx) => {
        if (!(await deleteToken(identityDb(trx), userId, request.params.id)))
          throw new UserError('token.unknown', '没有这个令牌，或它已经作废。');
        await recordAudit(trx, {
          actor: request.actor.name,
          action: 'token.revoke',
          subject: `token:${request.params.id}`,
          detail: {},
        });
      });
      return reply.code(204).send(null);
    },
  );
}

async function makeToken(
  deps: IdentityDeps,
  actor: Actor,
  given: { name: string; abilities: readonly Ability[]; expiresOn: string },
): Promise<{ id: number; token: string }> {
  const now = deps.now();
  const expiresAt = new Date(`${given.expiresOn}T15:59:59.999Z`);
  const days = (expiresAt.getTime() - now.getTime()) / DAY_MS;
  if (!(days > 0 && days <= TOKEN_DAYS_MAX))
    throw new UserError('token.expiry', `令牌要在今天以后、${TOKEN_DAYS_MAX} 天以内到期。`, {
      field: 'expiresOn',
    });
  const beyond = given.abilities.filter((ability) => !actor.can(ability));
  if (beyond.length > 0)
    throw new UserError('token.abilities', '令牌的权限不能超出自己的权限。', {
      field: 'abilities',
      details: beyond,
    });
  const token = `xj_${newSecret()}`;
  const userId = ownId({ actor });
  const id = await deps.store.transaction(async (trx) => {
    const db = identityDb(trx);
    if ((await listTokens(db, userId)).length >= TOKENS_MAX)
      throw new UserError('token.many', `一个人最多 ${TOKENS_MAX} 个令牌；请先作废不用的。`, {
        family: 'state',
      });
    const id = await insertToken(db, {
      userId,
      name: given.name,
      prefix: token.slice(0, 8),
      hash: hashOf(token),
      abilities: given.abilities,
      expiresAt: expiresAt.toISOString(),
      createdAt: now.toISOString(),
    });
    await recordAudit(trx, {
      actor: actor.name,
      action: 'token.make',
      subject: `token:${id}`,
      detail: { name: given.name, abilities: given.abilities, expiresOn: given.expiresOn },
    });
    return id;
  });
  return { id, token };
}
