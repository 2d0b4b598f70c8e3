import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { REFUSALS } from '../../http/problem.ts';
import { endOfDay, isCalendarDate, startOfDay } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { ACTION_GROUPS } from './action-words.ts';
import { type AuditFilter, exportAudit, listAudit, SEARCHED_MAX } from './audit.repository.ts';
import { auditDb } from './audit-tables.ts';
import type { AuditDeps } from './commands.ts';
import { csvLines } from './csv-lines.ts';
import { recordAudit } from './record-audit.ts';
import { type AuditVerification, verifyAudit } from './verify-audit.ts';

const Day = z.string().max(10).refine(isCalendarDate, '应写成 2020-09-17');
const Words = z.string().trim().min(1).max(100);
const Filter = z.strictObject({
  from: Day.optional().describe('从哪一天起（北京时间）'),
  to: Day.optional().describe('到哪一天为止（北京时间，含当天）'),
  actor: Words.optional().describe('操作人姓名的一部分'),
  action: Words.optional().describe('动作，如 registry.import'),
  subject: Words.optional().describe('对象，如 finding:17'),
  q: Words.optional().describe(
    `任意内容里的词；只在符合其他条件的最新 ${SEARCHED_MAX} 行里找，更早的请配合日期`,
  ),
});
const Query = Filter.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  sort: z.enum(['at', '-at']).default('-at'),
});

/** A row of the trail over HTTP; the chain of a finding uses it too. */
export const AuditRow = z
  .object({
    id: z.number(),
    at: z.string(),
    actor: z.string(),
    userId: z.number().nullable(),
    address: z.string().nullable(),
    requestId: z.string().nullable(),
    action: z.string(),
    actionWords: z.string(),
    subject: z.string().nullable(),
    subjectWords: z.string().nullable(),
    before: z.unknown(),
    after: z.unknown(),
    detail: z.unknown(),
    position: z.number().nullable().describe('在链上的位置，从 1 起连续'),
    keyId: z.string().nullable(),
    previousHash: z.string().nullable(),
    hash: z.string().nullable().describe('HMAC-SM3'),
  })
  .meta({
    id: 'AuditRow',
    example: {
      id: 17,
      at: '2020-09-18T01:00:00.000Z',
      actor: '张三（zhangsan）',
      userId: 4,
      address: '10.0.0.8',
      requestId: '0f8f6a5e-6f55-4f0e-9a52-2b1b6b0a4a11',
      action: 'finding.reject',
      actionWords: '驳回问题',
      subject: 'finding:17',
      subjectWords: '问题 17',
      before: { review: 'open' },
      after: { review: 'rejected' },
      detail: { note: '栏目已更新' },
      position: 17,
      keyId: '1f0c9a55b2d07e31',
      previousHash: 'a'.repeat(64),
      hash: 'b'.repeat(64),
    },
  });
const ActionList = z
  .object({
    groups: z.array(
      z.object({
        title: z.string(),
        actions: z.array(z.object({ action: z.string(), words: z.string() })),
      }),
    ),
  })
  .meta({
    id: 'AuditActions',
    example: {
      groups: [{ title: '批次', actions: [{ action: 'round.freeze', words: '冻结批次' }] }],
    },
  });
const AuditList = z
  .object({ items: z.array(AuditRow), total: z.number(), totalIsExact: z.boolean() })
  .meta({ id: 'AuditList', example: { items: [], total: 0, totalIsExact: true } });
const Verification = z
  .object({
    rows: z.number(),
    ok: z.boolean(),
    firstBroken: z
      .object({ id: z.number().nullable(), position: z.number().nullable(), why: z.string() })
      .nullable(),
    head: z.string().nullable(),
    keptAfter: z.number(),
    anchored: z.number().nullable(),
    checkedAt: z.string(),
  })
  .meta({
    id: 'AuditVerification',
    example: {
      rows: 1204,
      ok: false,
      firstBroken: { id: 88, position: 88, why: '内容与它的哈希不符（被改动，或是插入的）' },
      head: 'b'.repeat(64),
      keptAfter: 0,
      anchored: 1200,
      checkedAt: '2020-09-18T01:00:00.000Z',
    },
  });

const ERRORS =
  '错误：400 http.bad-request、http.unknown-field · 401 identity.signed-out · 403 identity.forbidden · 429 http.too-many';
const TAGS = ['审计'];

/** Read endpoints of the trail, for auditors of the whole register: a row names no unit, so there is no part of it to show. */
export function registerAuditRoutes(app: HttpServer, deps: AuditDeps): void {
  registerList(app, deps);
  registerActions(app);
  registerVerification(app, deps);
  registerExport(app, deps);
}

function registerList(app: HttpServer, { audit }: AuditDeps): void {
  const db = auditDb(audit.settings.store.db);
  app.get(
    '/api/v1/audit',
    {
      config: { access: 'audit.read' },
      schema: {
        tags: TAGS,
        summary: '审计记录',
        description: ERRORS,
        querystring: Query,
        response: { 200: AuditList, ...REFUSALS },
      },
    },
    async (request) => {
      assertSeesAll(request);
      const { limit, offset, sort } = request.query;
      const page = { limit, offset, oldestFirst: sort === 'at' };
      const found = await listAudit(db, filterOf(request.query), page);
      return { ...found, items: [...found.items] };
    },
  );
}

function registerActions(app: HttpServer): void {
  app.get(
    '/api/v1/audit/actions',
    {
      config: { access: 'audit.read' },
      schema: {
        tags: TAGS,
        summary: '审计记录里有哪些动作',
        description: `分组，供筛选；与审计里有没有这样的记录无关。${ERRORS}`,
        querystring: z.strictObject({}),
        response: { 200: ActionList, ...REFUSALS },
      },
    },
    async (request) => {
      assertSeesAll(request);
      const groups = ACTION_GROUPS.map(({ title, actions }) => ({
        title,
        actions: Object.entries(actions).map(([action, words]) => ({ action, words })),
      }));
      return { groups };
    },
  );
}

function registerVerification(app: HttpServer, { audit }: AuditDeps): void {
  // A chain of millions takes seconds: whoever asks meanwhile gets the same answer.
  let verifying: Promise<AuditVerification> | null = null;
  app.get(
    '/api/v1/audit/verification',
    {
      config: { access: 'audit.read' },
      schema: {
        tags: TAGS,
        summary: '核验整条审计链',
        description: ERRORS,
        querystring: z.strictObject({}),
        response: { 200: Verification, ...REFUSALS },
      },
    },
    async (request) => {
      assertSeesAll(request);
      verifying ??= verifyAudit(audit).finally(() => {
        verifying = null;
      });
      return verifying;
    },
  );
}

/** What a spreadsheet opens. */
const EXPORT_ROWS_MAX = 1_000_000;

function registerExport(app: HttpServer, { audit }: AuditDeps): void {
  const { store } = audit.settings;
  app.get(
    '/api/v1/audit/export',
    {
      config: { access: 'audit.read' },
      schema: {
        tags: TAGS,
        summary: '导出审计记录（CSV，UTF-8 带 BOM）',
        description: `最多 ${EXPORT_ROWS_MAX} 行，从旧到新。导出本身记入审计。${ERRORS}`,
        querystring: Filter,
        response: { 200: z.string().meta({ example: '序号,时间,操作人\r\n' }), ...REFUSALS },
      },
    },
    async (request, reply) => {
      assertSeesAll(request);
      await store.transaction((trx) =>
        recordAudit(trx, {
          actor: request.actor.name,
          action: 'audit.export',
          detail: { filter: request.query },
        }),
      );
      const rows = exportAudit(auditDb(store.db), filterOf(request.query), EXPORT_ROWS_MAX);
      reply.headers({
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="audit.csv"',
      });
      return reply.send(Readable.from(csvLines(rows)) as never);
    },
  );
}

function filterOf({ from, to, ...rest }: z.infer<typeof Filter>): AuditFilter {
  return {
    ...rest,
    from: from === undefined ? undefined : startOfDay(from),
    to: to === undefined ? undefined : endOfDay(to),
  };
}

function assertSeesAll({ actor }: FastifyRequest): void {
  if (actor.scope === 'all') return;
  throw new UserError('identity.forbidden', '审计记录只给全部名录范围的审计员看。', {
    details: ['audit.read'],
  });
}
