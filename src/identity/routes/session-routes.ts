import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE, SENT_ON } from '../../http/problem.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { SESSION_COOKIE } from '../identify.ts';
import { identityDb } from '../identity-db.ts';
import { readLink, spendLink } from '../links.ts';
import { addUser, offerPassword, setPasswordByLink, setUpFirstUser } from '../manage-users.ts';
import { deleteSessions } from '../session.repository.ts';
import { openSession, signIn } from '../sign-in.ts';
import { requireUser } from '../user.repository.ts';
import { signatureOf } from '../user.ts';
import {
  answerAs,
  callerOf,
  keepCookie,
  oidcNameOf,
  type SessionRouteDeps,
  sparingly,
} from './session-cookie.ts';
import { SESSION_EXAMPLE, SessionView, sessionView } from './session-view.ts';

const Login = z.string().regex(/^[\w.@-]{2,64}$/u);
const Password = z.string().min(1).max(500);
const PASSWORD_EXAMPLE = '青山-绿水-2026-晴';
const TOKEN_EXAMPLE = 'Yk3lQ0n8vZc2mT5rWq1xB7dJ';

export function registerSessionRoutes(app: HttpServer, deps: SessionRouteDeps): void {
  registerSignIn(app, deps);
  registerSignOut(app, deps);
  registerLinks(app, deps);
  registerSetup(app, deps);
}

function registerSignIn(app: HttpServer, deps: SessionRouteDeps): void {
  app.get(
    '/api/v1/session',
    {
      config: { access: 'public' },
      schema: { summary: '谁登录着', tags: ['身份'], response: { 200: SessionView } },
    },
    (request) => sessionView(deps, request, oidcNameOf(deps)),
  );
  app.post(
    '/api/v1/session',
    {
      config: { access: 'public', ...sparingly },
      schema: {
        summary: '登录',
        description:
          '错误：identity.wrong 登录名或密码不对；identity.second-factor 还要验证码；identity.code 验证码不对；identity.locked 已锁定',
        tags: ['身份'],
        body: z
          .strictObject({
            login: z.string().min(1).max(64),
            password: Password,
            code: z.string().max(40).optional(),
          })
          .meta({ example: { login: 'zhangsan', password: PASSWORD_EXAMPLE, code: '123456' } }),
        response: { 200: SessionView, ...REFUSALS_OF_ONE },
      },
    },
    async (request, reply) => {
      const secret = await signIn(deps, { ...request.body, ...callerOf(request) });
      return answerAs(deps, request, reply, secret);
    },
  );
}

function registerSignOut(app: HttpServer, deps: SessionRouteDeps): void {
  app.delete(
    '/api/v1/session',
    {
      config: { access: 'signedIn' },
      schema: { summary: '退出', tags: ['身份'], response: { ...DONE, ...REFUSALS } },
    },
    async (request, reply) => {
      const { session, actor } = request;
      if (session !== null) {
        await deps.store.transaction(async (trx) => {
          await deleteSessions(identityDb(trx), session.userId, { id: session.id });
          await recordAudit(trx, {
            actor: actor.name,
            action: 'identity.sign-out',
            subject: `user:${session.userId}`,
            detail: {},
            before: { id: session.id, address: session.address, createdAt: session.createdAt },
            after: null,
          });
        });
      }
      reply.clearCookie(SESSION_COOKIE, { path: '/' });
      return reply.code(204).send(null);
    },
  );
}

function registerLinks(app: HttpServer, deps: SessionRouteDeps): void {
  app.get(
    '/api/v1/session/link',
    {
      config: { access: 'public', ...sparingly },
      schema: {
        summary: '终端里打印的一次性链接：登录，或去首次设置、设密码',
        description: describeRefusals({ 'identity.link': '链接用过或过期' }),
        tags: ['身份'],
        querystring: z.strictObject({
          token: z.string().min(20).max(100).meta({ example: TOKEN_EXAMPLE }),
        }),
        response: SENT_ON,
      },
    },
    async (request, reply) => {
      const { token } = request.query;
      const { purpose } = await readLink(deps, token);
      if (purpose !== 'sign-in')
        return reply.redirect(
          `/${purpose === 'setup' ? 'setup' : 'password'}?token=${encodeURIComponent(token)}`,
          303,
        );
      const { userId } = await deps.store.transaction((trx) =>
        spendLink(identityDb(trx), deps.now(), 'sign-in', token),
      );
      const user = await requireUser(identityDb(deps.store.db), userId ?? 0);
      keepCookie(
        deps,
        reply,
        await openSession(deps, user, callerOf(request), { secondFactor: false, by: 'link' }),
      );
      return reply.redirect('/', 303);
    },
  );
  app.post(
    '/api/v1/session/password-link',
    {
      config: { access: 'public', ...sparingly },
      schema: {
        summary: '用链接设密码',
        description:
          '错误：identity.link 链接用过或过期；password.weak、password.reused 密码不合要求',
        tags: ['身份'],
        body: z
          .strictObject({ token: z.string().min(20).max(100), password: Password })
          .meta({ example: { token: TOKEN_EXAMPLE, password: PASSWORD_EXAMPLE } }),
        response: {
          200: z.object({ login: z.string() }).meta({ example: { login: 'zhangsan' } }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async (request) => {
      const { token, password } = request.body;
      const { login } = await setPasswordByLink(deps, token, password);
      return { login };
    },
  );
}

/** The two other administrators, whom one person must not be as well (三员分立). */
const OTHERS = [
  { login: 'anquan', name: '安全保密管理员', roles: ['securityAdmin'] },
  { login: 'shenji', name: '安全审计员', roles: ['auditor'] },
] as const;
const LINK_EXAMPLE = {
  ...{ login: 'anquan', name: '安全保密管理员' },
  link: `/api/v1/session/link?token=${TOKEN_EXAMPLE}`,
};

function registerSetup(app: HttpServer, deps: SessionRouteDeps): void {
  app.post(
    '/api/v1/setup',
    {
      config: { access: 'public', ...sparingly },
      schema: {
        summary:
          '首次设置：建立系统管理员，并给出安全保密管理员、安全审计员设密码的链接（只显示一次）',
        description: '错误：identity.link 链接用过或过期；password.weak 密码不合要求',
        tags: ['身份'],
        body: z
          .strictObject({
            token: z.string().min(20).max(100),
            login: Login,
            name: z.string().trim().min(1).max(50),
            password: Password,
          })
          .meta({
            example: {
              ...{ token: TOKEN_EXAMPLE, login: 'chenzhiqiang', name: '陈志强' },
              password: PASSWORD_EXAMPLE,
            },
          }),
        response: {
          200: z
            .object({
              session: SessionView,
              links: z.array(z.object({ login: z.string(), name: z.string(), link: z.string() })),
            })
            .meta({ example: { session: SESSION_EXAMPLE, links: [LINK_EXAMPLE] } }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async (request, reply) => {
      const user = await setUpFirstUser(deps, request.body);
      const links: { login: string; name: string; link: string }[] = [];
      for (const { login, name, roles } of OTHERS) {
        const other = await addUser(deps, signatureOf(user), { login, name, unitId: null, roles });
        const secret = await offerPassword(deps, signatureOf(user), other.id);
        links.push({ login, name, link: `/api/v1/session/link?token=${secret}` });
      }
      const secret = await openSession(deps, user, callerOf(request), {
        secondFactor: false,
        by: 'setup',
      });
      return { session: await answerAs(deps, request, reply, secret, user), links };
    },
  );
}
