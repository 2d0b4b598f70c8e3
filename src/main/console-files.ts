import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { HttpServer } from '../http/create-server.ts';

/** The word that the build leaves where a nonce belongs (console/vite.config.ts). */
const NONCE_PLACE = 'NONCE-OF-THIS-ANSWER';
const NONCE_BYTES = 18;
/** Assets carry a hash in their names: a changed one has another name. */
const ASSET_AGE = '365d';
const OPEN = { config: { access: 'public' as const }, schema: { hide: true } };

/**
 * Serves the built console from `folder`: hashed assets (compressed when built) for ever, and the one page for every address
 * outside /api that a browser opens. The page is made anew for each answer, with a nonce for the styles that antd writes.
 */
export async function registerConsoleFiles(app: HttpServer, folder: string): Promise<void> {
  // `serve: false`: the routes are ours, for every route must say who may call it.
  await app.register(fastifyStatic, { root: folder, serve: false, preCompressed: true });
  app.get<{ Params: { '*': string } }>('/assets/*', OPEN, (request, reply) =>
    reply.sendFile(`assets/${request.params['*']}`, {
      immutable: true,
      maxAge: ASSET_AGE,
    }),
  );
  app.get('/icon.svg', OPEN, (_request, reply) => reply.sendFile('icon.svg', { maxAge: '1d' }));
  app.get('/*', OPEN, async (request, reply) => {
    const wantsPage = request.headers.accept?.includes('text/html') === true;
    const isOurs = request.url.startsWith('/api/') || request.url.startsWith('/assets/');
    if (!wantsPage || isOurs) return reply.callNotFound();
    return sendPage(reply, folder);
  });
}

async function sendPage(reply: FastifyReply, folder: string): Promise<FastifyReply> {
  const built = await readFile(join(folder, 'index.html'), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NOT_BUILT;
    throw error;
  });
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      // A stored page would ask for assets that an update has removed.
      'cache-control': 'no-store',
      'content-security-policy': policyWith(nonce),
    })
    .send(built.replaceAll(NONCE_PLACE, nonce));
}

/**
 * No inline script, nothing from elsewhere. Styles: our files, and style elements bearing the nonce of this answer (antd makes
 * its rules in the browser). Style attributes in markup are refused too; script sets styles through the CSSOM, which is not
 * markup. Frames are for archived pages, which the server sends with a sandbox of their own.
 */
function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

const NOT_BUILT = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>巡鉴</title>
<h1>控制台还没有构建</h1><p>请用 <code>npm start</code> 启动（它会先构建控制台），或运行 <code>npm run build</code> 后刷新。</p></html>`;
