import { z } from 'zod';
import { INDEX_PERIODS } from '../derive/communication/index-periods.ts';
import type { HttpServer } from '../http/create-server.ts';
import { describeRefusals } from '../http/describe-refusals.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE } from '../http/problem.ts';
import { IdParams, RowIdText } from '../http/row-id.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { unitsBelow } from '../registry/index.ts';
import { acknowledgeAlert, NOTE_MAX } from './acknowledge-alert.ts';
import { exportMatrix } from './export-matrix.ts';
import { changeFormula, listFormulas, REASON_MAX, Weights } from './index-formulas.ts';
import { ALERT_KINDS, ALERT_STATES, listAlerts } from './list-alerts.ts';
import { listStanding, STANDING_SORTS } from './list-standing.ts';
import { type MatrixDeps, matrixDb } from './matrix-db.ts';
import { readMatrix } from './read-matrix.ts';
import { readIndices, readPublishing } from './read-publishing.ts';
import * as views from './schemas.ts';

const TAGS = ['账号矩阵'];
const READ = { access: 'registry.read' } as const;
const UNKNOWN_ACCOUNT = describeRefusals({ 'account.unknown': '没有这个账号，或看不到' });
const MatrixQuery = z.strictObject({
  unitId: views.UNIT_ID.optional(),
  platform: views.PLATFORM.optional(),
  q: views.WORDS.optional().describe('单位名称里的字'),
});

const now = (): Instant => new Date().toISOString();
/** Views are written out as they are. */
const copied = <T>(value: unknown): T => value as T;

/** The matrix of accounts, alerts, and how one account publishes. */
export function registerMatrixRoutes(app: HttpServer, deps: MatrixDeps): void {
  registerMatrix(app, deps);
  registerStanding(app, deps);
  registerAlerts(app, deps);
  registerAccount(app, deps);
  registerFormulas(app, deps);
}

function registerMatrix(app: HttpServer, deps: MatrixDeps): void {
  app.get(
    '/api/v1/account-matrix',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '下一级各单位、各平台的账号：已知更新、疑似停更、不明、合格率',
        querystring: MatrixQuery,
        response: { 200: views.MatrixView, ...REFUSALS },
      },
    },
    async ({ actor, query }) => copied(await readMatrix(deps, actor, { ...query, at: now() })),
  );
  app.get(
    '/api/v1/account-matrix/export',
    {
      config: { access: 'registry.export' },
      schema: {
        tags: TAGS,
        summary: '账号矩阵（.xlsx），记入审计',
        querystring: MatrixQuery,
        response: {
          200: z.unknown().meta({ description: '文件的字节', example: '…' }),
          ...REFUSALS,
        },
      },
    },
    async ({ actor, query }, reply) => {
      const bytes = await exportMatrix(deps, actor, { ...query, at: now() });
      return reply
        .headers({
          'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          'content-disposition': 'attachment; filename="account-matrix.xlsx"',
        })
        .send(Buffer.from(bytes));
    },
  );
}

function registerStanding(app: HttpServer, deps: MatrixDeps): void {
  const sorts = STANDING_SORTS.flatMap((name) => [name, `-${name}`]) as [string, ...string[]];
  app.get(
    '/api/v1/account-matrix/accounts',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '矩阵里的账号：最近一次更新、从哪里知道',
        querystring: z.strictObject({
          ...views.PAGE,
          unitId: views.UNIT_ID.optional(),
          platform: views.PLATFORM.optional(),
          state: views.STATE.optional(),
          q: views.WORDS.optional().describe('账号、单位名称里的字'),
          sort: z.enum(sorts).default('lastOn').describe('前面加 - 为降序'),
        }),
        response: { 200: views.StandingList, ...REFUSALS },
      },
    },
    async ({ actor, query: { unitId, sort, ...query } }) =>
      listStanding(deps, actor, {
        ...query,
        unitIds: unitId === undefined ? undefined : await unitsBelow(deps.store.db, unitId),
        sort: sort.replace(/^-/, '') as (typeof STANDING_SORTS)[number],
        ...{ descending: sort.startsWith('-'), at: now() },
      }),
  );
}

function registerAlerts(app: HttpServer, deps: MatrixDeps): void {
  app.get(
    '/api/v1/account-alerts',
    {
      config: { access: 'alert.read' },
      schema: {
        tags: TAGS,
        summary: '账号提醒：将到更新期限的、与登记不一致的；知道什么、从哪里知道',
        querystring: z.strictObject({
          ...views.PAGE,
          state: z.enum(ALERT_STATES).optional(),
          kind: z.enum(ALERT_KINDS).optional(),
          accountId: RowIdText.optional(),
          unitId: views.UNIT_ID.optional(),
        }),
        response: { 200: views.AlertList, ...REFUSALS },
      },
    },
    async ({ actor, query: { unitId, ...query } }) =>
      listAlerts(deps, actor, {
        ...query,
        unitIds: unitId === undefined ? undefined : await unitsBelow(deps.store.db, unitId),
        at: now(),
      }),
  );
  app.post(
    '/api/v1/account-alerts/:id/acknowledgement',
    {
      config: { access: 'alert.acknowledge' },
      schema: {
        tags: TAGS,
        summary: '已知悉一条提醒；看到新的发布、或与登记一致之后自动结束',
        description: describeRefusals({
          'alert.unknown': '没有这条提醒，或看不到',
          'alert.state': '已经有人确认过，或已经结束',
        }),
        params: IdParams,
        body: z
          .strictObject({ note: z.string().trim().max(NOTE_MAX) })
          .meta({ id: 'AlertAcknowledgement', example: { note: '明天发布' } }),
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, body: { note } }, reply) => {
      await acknowledgeAlert(deps, actor, { id, note, at: now() });
      return reply.code(204).send(null);
    },
  );
}

function registerAccount(app: HttpServer, deps: MatrixDeps): void {
  app.get(
    '/api/v1/accounts/:id/publishing',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '一个账号怎样发布：各信源最近一条、53 周、最长停更、互动',
        description: UNKNOWN_ACCOUNT,
        params: IdParams,
        response: { 200: views.PublishingView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }) =>
      copied(await readPublishing(deps, actor, { accountId: id, at: now() })),
  );
  app.get(
    '/api/v1/accounts/:id/indices',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '一个账号的传播参考指数：公式版本、用到的数、结果；缺数不算',
        description: UNKNOWN_ACCOUNT,
        params: IdParams,
        querystring: z.strictObject({
          period: z.enum(INDEX_PERIODS).default('month').describe('最近一个完整的周、月、年'),
        }),
        response: { 200: views.IndicesView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, query: { period } }) =>
      copied(await readIndices(deps, actor, { accountId: id, period, at: now() })),
  );
}

function registerFormulas(app: HttpServer, deps: MatrixDeps): void {
  app.get(
    '/api/v1/index-formulas',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '各传播参考指数在用的一版：公式、权重、把握',
        querystring: z.strictObject({}),
        response: { 200: views.FormulaList, ...REFUSALS },
      },
    },
    async () =>
      copied<z.input<typeof views.FormulaList>>({
        items: await listFormulas(matrixDb(deps.store.db)),
      }),
  );
  app.post(
    '/api/v1/index-formulas/:name/versions',
    {
      config: { access: 'ruleset.change' },
      schema: {
        tags: TAGS,
        summary: '改权重，成为新的一版；以前各版保存',
        description: describeRefusals({
          'index.unknown': '没有这个参考指数',
          'index.changed': '看过之后别人改了',
          'index.weights': '没有这一项权重，或都是 0',
        }),
        params: z.strictObject({ name: z.string().min(1).max(40) }),
        body: z
          .strictObject({
            base: z.int().min(1).max(1_000_000).describe('看到的版本'),
            weights: Weights.refine((all) => Object.keys(all).length <= 40, '最多 40 项'),
            reason: z.string().trim().min(1).max(REASON_MAX),
          })
          .meta({
            id: 'NewIndexVersion',
            example: { base: 1, weights: { spread: 0.7, activity: 0.3 }, reason: '本省会议意见' },
          }),
        response: { 200: views.KeptFormulaView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { name }, body }) =>
      copied(await changeFormula(deps, actor, { id: name, ...body, at: now() })),
  );
}
