import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { OpenDeps } from './evidence-deps.ts';
import { openRow } from './open-row.ts';
import { parseRow } from './parse-row.ts';
import { findingLine } from './row-view.ts';

const Problem = z
  .object({ code: z.string(), message: z.string(), details: z.array(z.string()) })
  .meta({ id: 'EvidenceProblem' });

/** Read endpoints of evidence: what stands behind a row, and the archived bytes. */
export function registerEvidenceRoutes(app: HttpServer, deps: OpenDeps): void {
  app.get(
    '/api/v1/evidence/rows/:row',
    {
      config: { access: 'evidence.read' },
      schema: {
        summary: '通报一行背后的证据（问题编号、网站标识码，或 平台:账号ID）',
        params: z.object({ row: z.string().min(1).max(300) }),
        querystring: z.object({
          period: z.string().min(1).max(40).optional(),
          rule: z.string().min(1).max(100).optional(),
        }),
        response: { 200: z.object({ items: z.array(z.unknown()) }), 404: Problem },
      },
    },
    async ({ params, query }) => {
      const row = await openRow(deps, parseRow(params.row), {
        period: query.period ?? null,
        rule: query.rule ?? null,
      });
      return { items: row.findings.map((finding) => findingLine(row, finding)) };
    },
  );
  registerRecordRoute(app, deps);
}

/** Archived bytes are hostile: only ever plain text to be saved, never sniffed, never run. */
function registerRecordRoute(app: HttpServer, { archive }: OpenDeps): void {
  app.get(
    '/api/v1/evidence/records/:sha256',
    {
      config: { access: 'evidence.read' },
      schema: {
        summary: '抓取原件的正文（只作纯文本）',
        params: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
      },
    },
    async ({ params: { sha256 } }, reply) => {
      const reading = await archive.read(sha256);
      if (reading.state === 'unknown')
        throw new UserError('evidence.record.unknown', '没有存下这份原文。');
      if (reading.state === 'gone')
        throw new UserError('evidence.record.gone', `这份原文已不保存：${reading.why}。`);
      if (reading.state === 'damaged')
        throw new UserError('evidence.record.damaged', `这份原文已损坏：${reading.why}。`, {
          family: 'state',
        });
      return reply
        .headers({
          'content-type': 'text/plain; charset=utf-8',
          'content-disposition': `attachment; filename="${sha256}.txt"`,
          'content-security-policy': "default-src 'none'; sandbox",
        })
        .send(reading.record.payload);
    },
  );
}
