import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE, SENT_ON } from '../../http/problem.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { ATTEMPT_MINUTES } from '../oidc/attempt.repository.ts';
import { identityOf, unlinkOwn } from '../oidc/link-identity.ts';
import { localPath } from '../oidc/local-path.ts';
import { OIDC_PROBLEMS } from '../oidc/refuse-oidc.ts';
import { finishByCode, finishOidc, type Outcome, startOidc } from '../oidc/sign-in-by-oidc.ts';
import {
  answerAs,
  callerOf,
  keepCookie,
  type SessionRouteDeps,
  sparingly,
} from './session-cookie.ts';
import { SessionView } from './session-view.ts';

/** Ties the provider's answer to the browser that asked. */
const ATTEMPT_COOKIE = 'xunjian_oidc';
const COOKIE_PATH = '/api/v1/session/oidc';
const CALLBACK = `${COOKIE_PATH}/callback`;

/** Sign-in by the office's own provider, and the link between an account and an identity there. */
export function registerOidcRoutes(app: HttpServer, deps: SessionRouteDeps): void {
  registerStart(app, deps);
  registerCallback(app, deps);
  registerCode(app, deps);
  registerOwnLink(app, deps);
}

/** Lax, not Strict: the browser comes back from another site. It opens nothing without the provider's answer. */
function keepAttempt(deps: SessionRouteDeps, reply: FastifyReply, secret: string): void {
  reply.setCookie(ATTEMPT_COOKIE, secret, {
    path: COOKIE_PATH,
    httpOnly: true,
    sameSite: 'lax',
    secure: deps.secureCookies,
    maxAge: ATTEMPT_MINUTES * 60,
  });
}

const forgetAttempt = (reply: FastifyReply): void => {
  reply.clearCookie(ATTEMPT_COOKIE, { path: COOKIE_PATH });
};

/** Our origin as this browser sees it; the kit let no other Host in (`refusal`). */
function originOf({ publicOrigin }: SessionRouteDeps, request: FastifyRequest): string {
  const isPublic = publicOrigin !== null && request.headers.host === new URL(publicOrigin).host;
  return isPublic ? publicOrigin : `http://${request.headers.host}`;
}

/** As it was sent: the library reads it itself. */
function queryOf({ url }: FastifyRequest): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at);
}

/** Where the console tells what went wrong. */
const problemPath = (code: string): string => `/login?problem=${encodeURIComponent(code)}`;

function registerStart(app: HttpServer, deps: SessionRouteDeps): void {
  app.get(
    `${COOKIE_PATH}/start`,
    {
      config: { access: 'public', ...sparingly },
      schema: {
        summary: '去统一身份登录：转到提供方；link=1 为绑定自己的账户',
        description: `浏览器打开的地址。没有成功时转到 /login?problem=代码。${describeRefusals({
          'oidc.off': OIDC_PROBLEMS['oidc.off'],
          'oidc.unavailable': OIDC_PROBLEMS['oidc.unavailable'],
          'oidc.metadata': OIDC_PROBLEMS['oidc.metadata'],
          'identity.signed-out': '要绑定，但没有登录',
          'identity.locked': '这个地址输错次数太多',
        })}`,
        tags: ['身份'],
        querystring: z.strictObject({
          to: z.string().max(1000).optional().meta({ example: '/findings' }),
          link: z.literal('1').optional(),
        }),
        response: SENT_ON,
      },
    },
    async (request, reply) => {
      try {
        const { url, secret } = await startOidc(deps, {
          address: request.ip,
          redirectUri: `${originOf(deps, request)}${CALLBACK}`,
          returnTo: localPath(request.query.to),
          linking: request.query.link === '1' ? ownSession(request) : null,
        });
        keepAttempt(deps, reply, secret);
        return reply.header('cache-control', 'no-store').redirect(url.href, 303);
      } catch (error) {
        if (error instanceof UserError) return reply.redirect(problemPath(error.code), 303);
        throw error;
      }
    },
  );
}

/** Whose account is linked: only a page of ours may ask it, else a page elsewhere could link its own identity. */
function ownSession(request: FastifyRequest): { userId: number; id: number } {
  const site = request.headers['sec-fetch-site'];
  const isOwn = site === undefined || site === 'same-origin';
  if (request.session === null || !isOwn)
    throw new UserError('identity.signed-out', '请先登录，再到“我的账户”里绑定。');
  return request.session;
}

function registerCallback(app: HttpServer, deps: SessionRouteDeps): void {
  app.get(
    CALLBACK,
    {
      config: { access: 'public', comesFromOutside: true, ...sparingly },
      schema: {
        summary: '统一身份的提供方把浏览器送回这里；登记客户端时填的回调地址',
        description: `参数由提供方写（OpenID Connect Core 1.0 §3.1.2.5）。没有成功时转到 /login?problem=代码。${describeRefusals(
          { ...OIDC_PROBLEMS, 'identity.locked': '账户已锁定，或这个地址输错次数太多' },
        )}`,
        tags: ['身份'],
        // Not strict: what else a provider adds (iss, session_state, …) is its affair.
        querystring: z.looseObject({
          code: z.unknown().optional().meta({ example: 'SplxlOBeZQQYbYS6WxSbIA' }),
          state: z.unknown().optional().meta({ example: 'af0ifjsldkj' }),
          error: z.unknown().optional(),
        }),
        response: { 200: z.string().meta({ example: '<!doctype html>…' }) },
      },
    },
    async (request, reply) => {
      try {
        const outcome = await finishOidc(deps, {
          callback: new URL(`${originOf(deps, request)}${CALLBACK}${queryOf(request)}`),
          secret: request.cookies[ATTEMPT_COOKIE] ?? '',
          caller: callerOf(request),
        });
        if (outcome.kind === 'signed-in') keepCookie(deps, reply, outcome.session);
        if (outcome.kind === 'code') keepAttempt(deps, reply, outcome.owed);
        else forgetAttempt(reply);
        return goOn(reply, pathAfter(outcome));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        // Any page can send a browser here with a state that is none; what is under way goes on.
        if (error.code !== 'oidc.state') forgetAttempt(reply);
        return goOn(reply, problemPath(error.code));
      }
    },
  );
}

function pathAfter(outcome: Outcome): string {
  if (outcome.kind === 'linked') return '/me?linked=1';
  if (outcome.kind === 'signed-in') return outcome.returnTo;
  return `/login?${new URLSearchParams({ step: 'code', to: outcome.returnTo })}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;' };

/**
 * Goes on from a page of ours, not by a redirect: a chain of redirects that began at the provider's site is another site's
 * request, to which browsers give no Strict cookie and we no page.
 */
function goOn(reply: FastifyReply, path: string): FastifyReply {
  const to = path.replace(/[&"<]/g, (character) => ENTITIES[character]!);
  return reply
    .headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .send(
      `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>巡鉴</title>` +
        `<meta http-equiv="refresh" content="0;url=${to}"><p><a href="${to}">继续</a></p></html>`,
    );
}

function registerCode(app: HttpServer, deps: SessionRouteDeps): void {
  app.post(
    `${COOKIE_PATH}/code`,
    {
      config: { access: 'public', ...sparingly },
      schema: {
        summary: '统一身份登录之后的两步验证',
        description: describeRefusals({
          'identity.code': '验证码不对',
          'identity.locked': '输错次数太多',
          'oidc.state': OIDC_PROBLEMS['oidc.state'],
          'oidc.disabled': OIDC_PROBLEMS['oidc.disabled'],
        }),
        tags: ['身份'],
        body: z
          .strictObject({ code: z.string().min(6).max(40) })
          .meta({ example: { code: '123456' } }),
        response: { 200: SessionView, ...REFUSALS_OF_ONE },
      },
    },
    async (request, reply) => {
      const session = await finishByCode(deps, {
        secret: request.cookies[ATTEMPT_COOKIE] ?? '',
        code: request.body.code,
        caller: callerOf(request),
      });
      forgetAttempt(reply);
      return answerAs(deps, request, reply, session);
    },
  );
}

const OwnLink = z
  .object({
    name: z.string().nullable(),
    identity: z
      .object({
        issuer: z.string(),
        label: z.string(),
        linkedAt: z.iso.datetime(),
        usedAt: z.iso.datetime().nullable(),
      })
      .nullable(),
  })
  .meta({
    id: 'OwnExternalIdentity',
    example: {
      name: '统一身份认证',
      identity: {
        issuer: 'https://sso.example.gov.cn/realms/office',
        label: 'zhangsan',
        linkedAt: '2026-11-24T01:00:00.000Z',
        usedAt: null,
      },
    },
  });

function registerOwnLink(app: HttpServer, deps: SessionRouteDeps): void {
  const ownId = ({ actor, session }: FastifyRequest): number => {
    if (actor.userId === null || session === null)
      throw new UserError('identity.signed-out', '请先登录。');
    return actor.userId;
  };
  app.get(
    COOKIE_PATH,
    {
      config: { access: 'signedIn' },
      schema: {
        summary: '自己绑定的统一身份；name 为空表示没有开启',
        tags: ['我的账户'],
        response: { 200: OwnLink, ...REFUSALS },
      },
    },
    async (request) => {
      const identity = await identityOf(deps, ownId(request));
      return { name: deps.oidc?.settings.name ?? null, identity };
    },
  );
  app.delete(
    COOKIE_PATH,
    {
      config: { access: 'signedIn', ...sparingly },
      schema: {
        summary: '解除自己的绑定',
        description: describeRefusals({
          'identity.wrong': '密码不对',
          'oidc.unknown': '没有绑定',
          'oidc.no-password': '还没有设密码，解除后就不能登录',
        }),
        tags: ['我的账户'],
        body: z
          .strictObject({ password: z.string().min(1).max(500) })
          .meta({ example: { password: '青山-绿水-2026-晴' } }),
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async (request, reply) => {
      await unlinkOwn(deps, ownId(request), request.body.password);
      return reply.code(204).send(null);
    },
  );
}
