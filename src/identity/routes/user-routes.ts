import { z } from 'zod';
import { ROLES } from '../../domain/actor.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams, RowId, RowIdText } from '../../http/row-id.ts';
import { endAllSessions } from '../end-sessions.ts';
import { type IdentityDeps, identityDb } from '../identity-db.ts';
import { addUser, changeUser, grantRoles, offerPassword, unlockUser } from '../manage-users.ts';
import { unlink } from '../oidc/link-identity.ts';
import { removeSecondFactor } from '../second-factor.ts';
import { listUsers, requireUser } from '../user.repository.ts';
import { isLocked, type User } from '../user.ts';
import { UnitRef } from './session-view.ts';

const USER_EXAMPLE = {
  id: 5,
  login: 'lisi',
  name: '李四',
  unit: { id: 7, name: '岳阳市' },
  roles: ['manager'],
  state: 'active',
  secondFactor: false,
  hasPassword: true,
  isLinked: false,
  lastSignInAt: null,
  createdAt: '2026-11-24T01:00:00.000Z',
};
const LINK_EXAMPLE = '/api/v1/session/link?token=Yk3lQ0n8vZc2mT5rWq1xB7dJ';
const UserView = z
  .object({
    id: z.int(),
    login: z.string(),
    name: z.string(),
    unit: UnitRef.nullable(),
    roles: z.array(z.enum(ROLES)),
    state: z.enum(['active', 'disabled', 'locked']),
    secondFactor: z.boolean(),
    hasPassword: z.boolean(),
    /** Whether an identity of the provider is linked. */
    isLinked: z.boolean(),
    lastSignInAt: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'User', example: USER_EXAMPLE });

function viewOf(user: User, now: Date): z.input<typeof UserView> {
  return {
    id: user.id,
    login: user.login,
    name: user.name,
    unit: user.unitId === null ? null : { id: user.unitId, name: user.unitName ?? '' },
    roles: [...user.roles],
    state: user.state === 'active' && isLocked(user, now.toISOString()) ? 'locked' : user.state,
    secondFactor: user.totpState === 'on',
    hasPassword: user.passwordHash !== null,
    isLinked: user.isLinked,
    lastSignInAt: user.lastSignInAt,
    createdAt: user.createdAt,
  };
}

/** Users: who they are is the system administrator's, what they may do the security administrator's (三员分立). */
export function registerUserRoutes(app: HttpServer, deps: IdentityDeps): void {
  registerUserList(app, deps);
  registerUserChanges(app, deps);
  registerUnlink(app, deps);
  registerGrants(app, deps);
}

function registerUserList(app: HttpServer, deps: IdentityDeps): void {
  app.get(
    '/api/v1/users',
    {
      config: { access: 'user.read' },
      schema: {
        summary: '用户',
        tags: ['系统'],
        querystring: z.strictObject({
          q: z.string().max(50).optional(),
          role: z.enum(ROLES).optional(),
          unitId: RowIdText.optional(),
          state: z.enum(['active', 'disabled', 'locked']).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
          offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
        }),
        response: {
          200: z
            .object({ items: z.array(UserView), total: z.int(), totalIsExact: z.boolean() })
            .meta({ example: { items: [USER_EXAMPLE], total: 1, totalIsExact: true } }),
          ...REFUSALS,
        },
      },
    },
    async ({ actor, query: { limit, offset, ...filter } }) => {
      const now = deps.now();
      // The administrators look after all users of the installation; who only reads, reads those whom he sees.
      const administers = actor.can('user.manage') || actor.can('role.grant');
      const users = await listUsers(identityDb(deps.store.db), {
        ...filter,
        scope: administers ? 'all' : actor.scope,
        now: now.toISOString(),
      });
      const items = users.slice(offset, offset + limit).map((user) => viewOf(user, now));
      return { items, total: users.length, totalIsExact: true };
    },
  );
}

/** Where its owner sets the password, without the server's name: that is known where it is shown. */
const passwordLink = (secret: string): string => `/api/v1/session/link?token=${secret}`;

const NewUserBody = z
  .strictObject({
    login: z.string().regex(/^[\w.@-]{2,64}$/u),
    name: z.string().trim().min(1).max(50),
    unitId: RowId.nullable(),
  })
  .meta({ example: { login: 'lisi', name: '李四', unitId: 7 } });
const UserChangeBody = z
  .strictObject({
    name: z.string().trim().min(1).max(50).optional(),
    unitId: RowId.nullable().optional(),
    state: z.enum(['active', 'disabled']).optional(),
  })
  .meta({ example: { state: 'disabled' } });

function registerUserChanges(app: HttpServer, deps: IdentityDeps): void {
  app.post(
    '/api/v1/users',
    {
      config: { access: 'user.manage' },
      schema: {
        summary: '新建用户；角色由安全管理员授予，密码由本人用链接设',
        description: '错误：user.duplicate 登录名有人用了；user.unit 没有这个单位',
        tags: ['系统'],
        body: NewUserBody,
        response: {
          201: UserView.extend({ link: z.string() }).meta({
            example: { ...USER_EXAMPLE, link: LINK_EXAMPLE },
          }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async (request, reply) => {
      const user = await addUser(deps, request.actor.name, { ...request.body, roles: [] });
      const link = passwordLink(await offerPassword(deps, request.actor.name, user.id));
      return reply.code(201).send({ ...viewOf(user, deps.now()), link });
    },
  );
  app.patch(
    '/api/v1/users/:id',
    {
      config: { access: 'user.manage' },
      schema: {
        summary: '改姓名、单位，停用或恢复；停用后登录立即失效',
        description: '错误：user.unknown；user.unit；user.self 不能停用自己',
        tags: ['系统'],
        params: IdParams,
        body: UserChangeBody,
        response: { 200: UserView, ...REFUSALS_OF_ONE },
      },
    },
    async (request) => {
      const user = await changeUser(deps, request.actor, request.params.id, request.body);
      return viewOf(user, deps.now());
    },
  );
  app.post(
    '/api/v1/users/:id/password-reset',
    {
      config: { access: 'user.manage' },
      schema: {
        summary: '给出设密码的一次性链接（24 小时有效，只显示一次）',
        description: '错误：user.unknown',
        tags: ['系统'],
        params: IdParams,
        response: {
          200: z.object({ link: z.string() }).meta({ example: { link: LINK_EXAMPLE } }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async (request) => {
      const secret = await offerPassword(deps, request.actor.name, request.params.id);
      return { link: passwordLink(secret) };
    },
  );
}

function registerUnlink(app: HttpServer, deps: IdentityDeps): void {
  app.delete(
    '/api/v1/users/:id/oidc',
    {
      config: { access: 'user.manage' },
      schema: {
        summary: '解除一个人与统一身份的绑定；他仍可用密码登录',
        description: describeRefusals({
          'user.unknown': '没有这个用户',
          'oidc.unknown': '没有绑定统一身份',
        }),
        tags: ['系统'],
        params: IdParams,
        response: { 200: UserView, ...REFUSALS_OF_ONE },
      },
    },
    async (request) => {
      await unlink(deps, request.actor.name, request.params.id);
      return viewOf(await requireUser(identityDb(deps.store.db), request.params.id), deps.now());
    },
  );
}

function registerGrants(app: HttpServer, deps: IdentityDeps): void {
  app.put(
    '/api/v1/users/:id/roles',
    {
      config: { access: 'role.grant' },
      schema: {
        summary: '授予角色；该用户要重新登录',
        description: '错误：user.unknown；user.roles 三员不能兼任；user.self 不能改自己的角色',
        tags: ['系统'],
        params: IdParams,
        body: z
          .strictObject({ roles: z.array(z.enum(ROLES)).max(ROLES.length) })
          .meta({ example: { roles: ['manager'] } }),
        response: { 200: UserView, ...REFUSALS_OF_ONE },
      },
    },
    async (request) => {
      const { actor, params, body } = request;
      return viewOf(await grantRoles(deps, actor, params.id, body.roles), deps.now());
    },
  );
  const about = [
    ['POST', 'unlock', 'unlock', '解除锁定'],
    ['DELETE', 'totp', 'totp', '取消一个人的两步验证（换了手机又没有恢复码）'],
    ['DELETE', 'sessions', 'sign-out', '让一个人在所有地方退出'],
  ] as const;
  for (const [method, path, what, summary] of about) {
    app.route({
      method,
      url: `/api/v1/users/:id/${path}`,
      config: { access: 'role.grant' },
      schema: {
        summary,
        description: '错误：user.unknown',
        tags: ['系统'],
        params: IdParams,
        response: { 200: UserView, ...REFUSALS_OF_ONE },
      },
      handler: async (request) => {
        await lookAfter(deps, request.actor.name, request.params.id, what);
        return viewOf(await requireUser(identityDb(deps.store.db), request.params.id), deps.now());
      },
    });
  }
}

async function lookAfter(
  deps: IdentityDeps,
  actor: string,
  id: number,
  what: 'unlock' | 'totp' | 'sign-out',
): Promise<void> {
  await requireUser(identityDb(deps.store.db), id);
  if (what === 'unlock') await unlockUser(deps, actor, id);
  else if (what === 'totp') await removeSecondFactor(deps, actor, id);
  else await endAllSessions(deps, actor, id);
}
