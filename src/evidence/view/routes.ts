import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { Problem, REFUSALS_OF_ONE } from '../../http/problem.ts';
import type { OpenDeps } from '../evidence-deps.ts';
import { openRecordFor } from '../open-record.ts';
import { recordMeta } from './record-meta.ts';
import { renderRecord } from './render-record.ts';

const Params = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const Meta = z
  .object({
    url: z.string(),
    status: z.number(),
    fetchedAt: z.string(),
    headers: z.array(z.tuple([z.string(), z.string()])),
    contentType: z.string(),
    charset: z.string().nullable(),
    bytes: z.number(),
    kind: z.enum(['html', 'image', 'text', 'binary']),
  })
  .meta({
    id: 'RecordMeta',
    example: {
      url: 'http://www.example.gov.cn/',
      status: 200,
      fetchedAt: '2020-09-12T04:00:00.000Z',
      headers: [['Content-Type', 'text/html; charset=gbk']],
      contentType: 'text/html; charset=gbk',
      charset: 'gb18030',
      bytes: 18_204,
      kind: 'html',
    },
  });

const ERRORS =
  '错误：400 http.bad-request · 401 identity.signed-out · 403 identity.forbidden · 404 evidence.record.unknown · 409 evidence.record.damaged · 410 evidence.record.gone · 429 http.too-many';
const REFUSED = { ...REFUSALS_OF_ONE, 410: Problem } as const;

/** Nothing runs, nothing is asked for, and only a page of ours may show it in a frame. */
const VIEW_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  'x-frame-options': 'SAMEORIGIN',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'private, no-store',
} as const;

/** Looking at archived answers. */
export function registerViewRoutes(app: HttpServer, deps: OpenDeps): void {
  app.get(
    '/api/v1/evidence/records/:sha256/meta',
    {
      config: { access: 'evidence.read' },
      schema: {
        tags: ['证据'],
        summary: '一份原件是什么：地址、状态、响应头、编码',
        description: ERRORS,
        params: Params,
        querystring: z.strictObject({}),
        response: { 200: Meta, ...REFUSED },
      },
    },
    async ({ actor, params }) => {
      const meta = recordMeta(await openRecordFor(deps, actor, params.sha256));
      return {
        ...meta,
        headers: meta.headers.map(([name, value]): [string, string] => [name, value]),
      };
    },
  );
  app.get(
    '/api/v1/evidence/records/:sha256/view',
    {
      config: { access: 'evidence.read' },
      schema: {
        tags: ['证据'],
        summary: '安全地显示一份原件（没有脚本，不发请求），可标出摘录',
        description: `放进 sandbox="" 的 iframe。${ERRORS}`,
        params: Params,
        querystring: z.strictObject({
          mark: z.string().min(1).max(500).optional().describe('要标出的摘录'),
        }),
        response: { 200: z.string().meta({ example: '<!doctype html>…' }), ...REFUSED },
      },
    },
    async ({ actor, params, query }, reply) => {
      const whole = await openRecordFor(deps, actor, params.sha256);
      const html = renderRecord(recordMeta(whole), whole.record.payload, query.mark ?? null);
      return reply.headers(VIEW_HEADERS).send(html);
    },
  );
}
