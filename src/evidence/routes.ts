import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { Problem, REFUSALS_OF_ONE } from '../http/problem.ts';
import { registerChainRoutes } from './chain/routes.ts';
import type { ChainDeps, OpenDeps } from './evidence-deps.ts';
import { openRecordFor } from './open-record.ts';
import { openRowFor } from './open-row.ts';
import { parseRow } from './parse-row.ts';
import { findingLine } from './row-view.ts';
import { registerViewRoutes } from './view/routes.ts';

const TAGS = ['证据'];
const ERRORS = '401 identity.signed-out · 403 identity.forbidden · 429 http.too-many';
const Findings = z
  .object({ items: z.array(z.unknown()) })
  .meta({ id: 'EvidenceFindings', example: { items: [] } });
const Bytes = z.unknown().meta({ description: '正文的字节', example: '<html>…</html>' });

/** Read endpoints of evidence: what stands behind a row, and the archived bytes. */
export function registerEvidenceRoutes(app: HttpServer, deps: ChainDeps): void {
  app.get(
    '/api/v1/evidence/rows/:row',
    {
      config: { access: 'evidence.read' },
      schema: {
        tags: TAGS,
        summary: '通报一行背后的证据（问题编号、网站标识码，或 平台:账号ID）',
        description: `错误：400 evidence.row、evidence.row.ambiguous · ${ERRORS} · 404 evidence.row.unknown`,
        params: z.strictObject({ row: z.string().min(1).max(300) }),
        querystring: z.strictObject({
          period: z.string().min(1).max(40).optional(),
          rule: z.string().min(1).max(100).optional(),
        }),
        response: { 200: Findings, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, query }) => {
      const row = await openRowFor(deps, actor, parseRow(params.row), {
        period: query.period ?? null,
        rule: query.rule ?? null,
      });
      return { items: row.findings.map((finding) => findingLine(row, finding)) };
    },
  );
  registerRecordRoute(app, deps);
  registerViewRoutes(app, deps);
  registerChainRoutes(app, deps);
}

/** Archived bytes are hostile: only ever plain text to be saved, never sniffed, never run. */
function registerRecordRoute(app: HttpServer, deps: OpenDeps): void {
  app.get(
    '/api/v1/evidence/records/:sha256',
    {
      config: { access: 'evidence.read' },
      schema: {
        tags: TAGS,
        summary: '抓取原件的正文（只作纯文本）',
        description: `错误：${ERRORS} · 404 evidence.record.unknown · 409 evidence.record.damaged · 410 evidence.record.gone`,
        params: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
        querystring: z.strictObject({}),
        response: { 200: Bytes, ...REFUSALS_OF_ONE, 410: Problem },
      },
    },
    async ({ actor, params: { sha256 } }, reply) => {
      const { record } = await openRecordFor(deps, actor, sha256);
      return reply
        .headers({
          'content-type': 'text/plain; charset=utf-8',
          'content-disposition': `attachment; filename="${sha256}.txt"`,
          'content-security-policy': "default-src 'none'; sandbox",
        })
        .send(record.payload);
    },
  );
}
