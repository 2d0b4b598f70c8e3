import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { AuditRow, recordAudit } from '../../identity/index.ts';
import type { ChainDeps } from '../evidence-deps.ts';
import { buildPack } from '../pack/build-pack.ts';
import { openSigningKey } from '../pack/signing-key.ts';
import { chainView, openFindingChain } from './finding-chain.ts';

const Chain = z
  .object({
    subject: z.record(z.string(), z.unknown()),
    round: z.record(z.string(), z.unknown()),
    ruleset: z.object({ id: z.string(), hash: z.string() }),
    rule: z.record(z.string(), z.unknown()),
    finding: z.record(z.string(), z.unknown()).describe('判断、参数、审核'),
    facts: z.array(
      z.object({
        key: z.string(),
        state: z.enum(['observed', 'absent', 'unobserved']),
        value: z.unknown(),
        reason: z.string().nullable(),
        gatheredAt: z.string(),
        gatherer: z.string(),
      }),
    ),
    evidence: z.array(z.unknown()).describe('原件及其 SHA-256 和 WARC 摘要'),
    evidenceLeftOut: z.number(),
    visits: z.array(z.unknown()),
    audit: z.array(AuditRow),
  })
  .meta({
    id: 'FindingChain',
    example: {
      subject: { kind: 'site', siteCode: '4301000001', name: '乙市门户' },
      round: { period: '2020Q3', state: 'frozen' },
      ruleset: { id: 'hunan-2020', hash: 'c'.repeat(64) },
      rule: { printedLabel: '首页不更新' },
      finding: { id: 17, status: 'breached', review: 'confirmed', parameters: { staleDays: 14 } },
      facts: [],
      evidence: [],
      evidenceLeftOut: 0,
      visits: [],
      audit: [],
    },
  });

const ERRORS =
  '错误：400 http.bad-request · 401 identity.signed-out · 403 identity.forbidden · 404 finding.unknown · 409 evidence.pack.size · 429 http.too-many';

/** For an auditor: one finding's whole chain, to read and to take away. */
export function registerChainRoutes(app: HttpServer, deps: ChainDeps): void {
  app.get(
    '/api/v1/findings/:id/chain',
    {
      config: { access: 'audit.read' },
      schema: {
        tags: ['审计'],
        summary: '一个问题的完整链条：原件、事实、判断、参数、审核、审计记录',
        description: ERRORS,
        params: IdParams,
        querystring: z.strictObject({}),
        response: { 200: Chain, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }) => chainView(await openFindingChain(deps, actor, params.id)),
  );
  app.get(
    '/api/v1/findings/:id/chain.zip',
    {
      config: { access: 'audit.read' },
      schema: {
        tags: ['审计'],
        summary: '同上，打成签名的证据包（含原件，可用 xunjian evidence verify 离线核验）',
        description: `导出本身记入审计。${ERRORS}`,
        params: IdParams,
        querystring: z.strictObject({}),
        response: {
          200: z.unknown().meta({ description: 'zip', example: 'PK…' }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ actor, params: { id } }, reply) => {
      const chain = await openFindingChain(deps, actor, id);
      const pack = buildPack(chain.row, await openSigningKey(deps.dataDir), chain.audit);
      await deps.store.transaction((trx) =>
        recordAudit(trx, {
          actor: actor.name,
          action: 'finding.export-chain',
          subject: `finding:${id}`,
          detail: { records: pack.records, missing: pack.missing, bytes: pack.bytes.byteLength },
        }),
      );
      return reply
        .headers({
          'content-type': 'application/zip',
          'content-disposition': `attachment; filename="finding-${id}.zip"`,
        })
        .send(Buffer.from(pack.bytes));
    },
  );
}
