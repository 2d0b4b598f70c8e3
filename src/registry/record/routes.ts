import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { DONE, Problem, REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams, RowIdText } from '../../http/row-id.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import type { StoreDeps } from '../../store/store.ts';
import { completenessByUnit } from './completeness-by-unit.ts';
import { editRecord, REASON_MAX, readRecord } from './edit-record.ts';

const EXAMPLE = {
  version: 3,
  completeness: 82,
  formula: '2026-1',
  missing: ['责任人'],
  lines: [
    {
      ...{ field: 'phone', title: '联系电话', value: '0731-84000000' },
      ...{ isMasked: false, isMissing: false, choices: [], isDate: false },
    },
  ],
};
const RecordAnswer = z
  .object({
    version: z.number().describe('改的时候带上，别人改过就不收'),
    completeness: z.number().nullable().describe('0–100'),
    formula: z.string().describe('完整度公式的版本'),
    missing: z.array(z.string()),
    lines: z.array(
      z.object({
        field: z.string(),
        title: z.string(),
        value: z.string().describe('空：没有登记'),
        isMasked: z.boolean().describe('只给出一部分'),
        isMissing: z.boolean(),
        choices: z.array(z.string()),
        isDate: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'AccountRecord', description: '账号的登记信息', example: EXAMPLE });
const Edit = z
  .strictObject({
    version: z.number().int().min(0).max(1_000_000),
    changes: z
      .array(z.strictObject({ field: z.string().max(40), value: z.string().max(500) }))
      .min(1)
      .max(60),
    reason: z.string().trim().min(1).max(REASON_MAX),
  })
  .meta({
    id: 'AccountRecordEdit',
    example: {
      version: 3,
      changes: [{ field: 'responsible', value: '李四' }],
      reason: '责任人调整',
    },
  });

const UnitAnswer = z
  .object({
    formula: z.string(),
    items: z.array(
      z.object({
        unit: z.object({ id: z.number(), name: z.string() }),
        accounts: z.number().describe('它和下级正常运行的账号'),
        average: z.number().nullable().describe('平均完整度，0–100'),
        complete: z.number().describe('什么都不缺的'),
        missing: z
          .array(z.object({ title: z.string(), accounts: z.number() }))
          .describe('缺得最多的几项'),
      }),
    ),
  })
  .meta({
    id: 'UnitCompleteness',
    example: {
      formula: '2026-1',
      items: [
        {
          unit: { id: 7, name: '岳阳市' },
          ...{ accounts: 120, average: 76, complete: 30 },
          missing: [{ title: '责任人', accounts: 41 }],
        },
      ],
    },
  });

const PATH = '/api/v1/accounts/:id/record';

/** 登记信息 of one account, and how complete it is by unit. */
export function registerRecordRoutes(app: HttpServer, deps: StoreDeps): void {
  app.get(
    PATH,
    {
      config: { access: 'registry.read' },
      schema: {
        tags: ['名录'],
        summary: '一个账号的登记信息和完整度',
        description: '电话只给有“查看联系电话”权限的人。错误码：account.unknown',
        params: IdParams,
        response: { 200: RecordAnswer, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params, actor }) =>
      structuredClone(await readRecord(deps, actor, params.id)) as z.input<typeof RecordAnswer>,
  );
  app.patch(
    PATH,
    {
      config: { access: 'registry.edit' },
      schema: {
        tags: ['名录'],
        summary: '改一个账号的登记信息',
        description:
          '错误码：account.unknown、account.changed、account.record、account.identity-taken',
        params: IdParams,
        body: Edit,
        response: { ...DONE, ...REFUSALS_OF_ONE, 409: Problem },
      },
    },
    async ({ params, body, actor }, reply) => {
      const today = shanghaiDate(Date.now());
      await editRecord(deps, actor, { accountId: params.id, ...body, today });
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/api/v1/completeness',
    {
      config: { access: 'registry.read' },
      schema: {
        tags: ['名录'],
        summary: '登记信息完整度，按单位',
        description: '一个单位的下一级，每一行连同它的下级；不写 unitId 就是看得到的最上面一级。',
        querystring: z.strictObject({ unitId: RowIdText.optional() }),
        response: { 200: UnitAnswer, ...REFUSALS },
      },
    },
    async ({ query, actor }) =>
      structuredClone(await completenessByUnit(deps, actor, query.unitId ?? null)) as z.input<
        typeof UnitAnswer
      >,
  );
}
