import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams, RowId } from '../../http/row-id.ts';
import { recordAudit } from '../../identity/index.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { inspectionDb } from '../inspection-db.ts';
import { exportFindings } from '../queue/export-findings.ts';
import { listFindingItems, neighboursOf } from '../queue/list-findings.ts';
import { readFinding } from '../queue/read-finding.ts';
import { enterFinding } from '../review/enter-finding.ts';
import { FINDING_QUERY, readFindingQuery } from './finding-query.ts';
import {
  FINDING_EXAMPLE,
  FindingDetailView,
  FindingItemView,
  findingDetailView,
  findingItemView,
} from './finding-views.ts';
import { KIND, LIST_PAGE, listOf, PERIOD, refusals } from './list-query.ts';
import { type InspectionRouteDeps, nowOf } from './route-deps.ts';

/** Findings: list, one with its evidence, entered by a person, as a table. */
export function registerFindingRoutes(app: HttpServer, deps: InspectionRouteDeps): void {
  registerList(app, deps);
  registerExport(app, deps);
  registerDetail(app, deps);
  registerEntering(app, deps);
}

function registerList(app: HttpServer, deps: InspectionRouteDeps): void {
  const db = inspectionDb(deps.store);
  app.get(
    '/api/v1/findings',
    {
      config: { access: 'finding.read' },
      schema: {
        tags: ['问题'],
        summary: '一个批次的问题（只含看得到的单位）',
        description: refusals('round.unknown'),
        querystring: z.strictObject({ ...LIST_PAGE, ...FINDING_QUERY }),
        response: {
          200: listOf(FindingItemView, FINDING_EXAMPLE),
          ...REFUSALS,
          404: REFUSALS_OF_ONE[404],
        },
      },
    },
    async ({ query: { limit, offset, ...query }, actor }) => {
      const asked = await readFindingQuery(db, actor, query);
      if (!asked) return { items: [], total: 0, totalIsExact: true };
      const { round, filter, order } = asked;
      const { items, ...counted } = await listFindingItems(db, round, filter, {
        ...{ limit, offset, order },
      });
      return { items: items.map(findingItemView), ...counted };
    },
  );
}

function registerDetail(app: HttpServer, deps: InspectionRouteDeps): void {
  const db = inspectionDb(deps.store);
  app.get(
    '/api/v1/findings/:id',
    {
      config: { access: 'finding.read' },
      schema: {
        tags: ['问题'],
        summary: '一个问题：证据、审核、申辩、怎样改正；带上列表的筛选，就有上一个和下一个',
        description: refusals('finding.unknown', 'round.unknown'),
        params: IdParams,
        querystring: z.strictObject(FINDING_QUERY),
        response: { 200: FindingDetailView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params: { id }, query, actor }) => {
      const detail = await readFinding(db, actor, id);
      // Without a period the neighbours are those of the finding's own round.
      const asked = await readFindingQuery(db, actor, { period: detail.round.period, ...query });
      const next =
        asked === null
          ? { prevId: null, nextId: null }
          : await neighboursOf(db, asked.filter, asked.order, id);
      return findingDetailView(detail, next);
    },
  );
}

function registerEntering(app: HttpServer, deps: InspectionRouteDeps): void {
  app.post(
    '/api/v1/findings',
    {
      config: { access: 'finding.enter' },
      schema: {
        tags: ['问题'],
        summary: '录入由人判定的问题，或为无法判定的补上人工结论',
        description: refusals(
          ...['round.unknown', 'round.closed', 'finding.rule', 'finding.subject'],
          ...['finding.evidence', 'finding.duplicate', 'finding.occurrences'],
        ),
        body: z
          .strictObject({
            period: PERIOD,
            kind: KIND,
            subjectId: RowId,
            ruleId: z.string().min(1).max(100),
            locator: z.string().trim().min(1).max(2_000),
            excerpt: z.string().trim().min(1).max(200),
            occurrences: z
              .number()
              .int()
              .min(1)
              .max(1_000)
              .optional()
              .describe('扣分、加分指标的处数'),
          })
          .meta({
            example: {
              period: '2020Q3',
              kind: 'site',
              subjectId: 12,
              ruleId: 'site.veto.security.expression',
              locator: 'http://www.example.gov.cn/tzgg/1.html',
              excerpt: '页面上的原文',
            },
          }),
        response: {
          201: z.object({ id: z.number() }).meta({ example: { id: 4711 } }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ body, actor }, reply) => {
      const id = await enterFinding({ store: deps.store }, actor, { ...body, at: nowOf(deps) });
      return reply.code(201).send({ id });
    },
  );
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Bytes: no example can stand in JSON. */
const Table = z
  .any()
  .meta({ description: 'Excel 工作簿：摘要、问题清单', example: 'findings.xlsx' });

function registerExport(app: HttpServer, deps: InspectionRouteDeps): void {
  const db = inspectionDb(deps.store);
  app.get(
    '/api/v1/findings/export',
    {
      config: { access: 'finding.read' },
      schema: {
        tags: ['问题'],
        summary: '本单位的摘要和问题清单（.xlsx），公布前供核对；筛选同列表',
        description: `导出记入审计。${refusals('round.unknown')}`,
        querystring: z.strictObject(FINDING_QUERY),
        produces: [XLSX],
        response: { 200: Table, ...REFUSALS_OF_ONE },
      },
    },
    async ({ query, actor }, reply) => {
      const asked = await readFindingQuery(db, actor, query);
      if (!asked) throw new UserError('round.unknown', '还没有批次。');
      const at = nowOf(deps);
      const unit = actor.unitName ?? '全部单位';
      const bytes = await exportFindings(db, asked.round, asked.filter, { unit, at });
      await deps.store.transaction((trx) =>
        recordAudit(trx, {
          actor: actor.name,
          action: 'finding.export',
          subject: `round:${asked.round.period}`,
          detail: { unit, filter: query, bytes: bytes.byteLength },
        }),
      );
      const name = `${unit}-${asked.round.period}-问题清单-${shanghaiDate(at)}.xlsx`;
      return reply
        .headers({
          'content-type': XLSX,
          'content-disposition': `attachment; filename="findings.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}`,
        })
        .send(Buffer.from(bytes));
    },
  );
}
