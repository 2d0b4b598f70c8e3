import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpServer } from '../http/create-server.ts';
import { log } from '../lib/node/log.ts';
import { escapeHtml } from '../lib/pure/html-text.ts';
import { registerAuthorisationRoutes } from './authorisation-routes.ts';
import {
  answerVerification,
  BODY_BYTES_MAX,
  type CallbackKeys,
  type CallbackQuery,
  type CallbackRefusal,
  openCallback,
  REFUSALS,
} from './callback/open-callback.ts';
import { readEvent } from './callback/read-event.ts';
import { finishMark, releaseMark, takeMark } from './callback-mark.repository.ts';
import { DONE_PATH, INVITATION_PATH, openInvitation } from './invite-account.ts';
import { takeEvent } from './take-event.ts';
import { type WechatDeps, wechatDb } from './wechat-db.ts';

/** 授权事件接收URL, and 消息与事件接收URL with `$APPID$` as its last part, as entered on the open platform. */
const COMPONENT_PATH = '/api/v1/callbacks/wechat/component';
const MESSAGE_PATH = '/api/v1/callbacks/wechat/messages/:appId';

/** A minute's callbacks from one address of the platform: some thousand accounts that publish in the same minutes. */
const CALLBACKS_PER_MINUTE = 600;
const PAGES_PER_MINUTE = 30;
const hidden = { hide: true } as const;
const perMinute = (max: number) =>
  ({ access: 'public', rateLimit: { max, timeWindow: 60_000 } }) as const;

/**
 * What the platform and account administrators reach without signing in, and what units do in the console. Of the former nothing is
 * described to programs: the platform's documents are the description. What is not signed by the platform changes nothing.
 */
export function registerWechatRoutes(app: HttpServer, deps: WechatDeps): void {
  app.register(async (scope) => {
    // Whatever the type says: the body is looked at as text, and only when its signature is right.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: BODY_BYTES_MAX },
      (_request, body, done) => done(null, body),
    );
    for (const path of [COMPONENT_PATH, MESSAGE_PATH]) {
      const options = { config: perMinute(CALLBACKS_PER_MINUTE), schema: hidden };
      scope.get(path, options, async (request, reply) => verifyAddress(deps, request, reply));
      scope.post(path, { ...options, bodyLimit: BODY_BYTES_MAX }, async (request, reply) =>
        takeCallback(deps, request, reply),
      );
    }
  });
  registerPages(app, deps);
  registerAuthorisationRoutes(app, deps);
}

function verifyAddress(
  deps: WechatDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const keys = deps.wechat.platform;
  const echo = keys && answerVerification(queryOf(request), keys, deps.wechat.now());
  return echo === null
    ? reply.code(403).type('text/plain; charset=utf-8').send('签名不对')
    : reply.type('text/plain; charset=utf-8').send(echo);
}

/** `success` = taken, or nothing to do; anything else makes the platform send it again, up to three times. */
async function takeCallback(
  deps: WechatDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const keys: CallbackKeys | null = deps.wechat.platform;
  const text = reply.type('text/plain; charset=utf-8');
  if (keys === null) return text.code(404).send('没有设置微信第三方平台');
  const body = typeof request.body === 'string' ? request.body : '';
  const now = deps.wechat.now();
  const opened = openCallback(queryOf(request), body, { keys, now });
  const refuse = (refused: CallbackRefusal): FastifyReply => {
    log.warn('没有接受一次微信回调', { reason: REFUSALS[refused], address: request.ip });
    return text.code(403).send(REFUSALS[refused]);
  };
  if (!opened.ok) return refuse(opened.refused);
  const db = wechatDb(deps.store.db);
  if (!(await takeMark(db, opened.mark, now))) return refuse('replayed');
  try {
    await takeEvent(deps, readEvent(opened.fields));
  } catch (error) {
    await releaseMark(db, opened.mark);
    throw error;
  }
  await finishMark(db, opened.mark);
  return text.send('success');
}

/** A parameter that comes twice is none: which one is meant is not ours to choose. */
function queryOf({ query }: FastifyRequest): CallbackQuery {
  return Object.fromEntries(
    Object.entries((query ?? {}) as Record<string, unknown>).filter(
      ([, value]) => typeof value === 'string',
    ),
  );
}

function registerPages(app: HttpServer, deps: WechatDeps): void {
  const config = { ...perMinute(PAGES_PER_MINUTE), comesFromOutside: true };
  app.get(`${INVITATION_PATH}/:code`, { config, schema: hidden }, async (request, reply) => {
    const { code } = request.params as { readonly code: string };
    const opened = await openInvitation(deps, code);
    if (!opened.ok) return sendPage(reply.code(410), `<p>${escapeHtml(opened.message)}</p>`);
    // The platform looks where the browser comes from; everywhere else of ours nothing tells.
    const link = `<a href="${escapeHtml(opened.link)}" referrerpolicy="origin">去微信扫码授权</a>`;
    return sendPage(
      reply,
      `<p>请由“${escapeHtml(opened.accountName)}”的管理员授权，授权后本平台可以读取它的发布、评论和菜单，不会代为发布。</p><p>${link}</p>`,
    );
  });
  app.get(DONE_PATH, { config, schema: hidden }, async (_request, reply) =>
    sendPage(reply, '<p>授权已提交，可以关闭本页。微信确认之后，本平台几分钟内开始读取。</p>'),
  );
}

const sendPage = (reply: FastifyReply, content: string): FastifyReply =>
  reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'",
    })
    .send(
      `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>公众号授权</title></head><body><h1>公众号授权</h1>${content}</body></html>`,
    );
