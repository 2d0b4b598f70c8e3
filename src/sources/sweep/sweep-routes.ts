import { z } from 'zod';
import { SOURCE_KINDS } from '../../domain/account-sources.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { Problem, REFUSALS } from '../../http/problem.ts';
import type { ClockTime } from '../../jobs/clock/clock-times.ts';
import type { Store } from '../../store/store.ts';
import { SOURCE_STATES } from '../source.ts';
import { readSweeps } from './read-sweeps.ts';
import type { SweepRunner } from './sweep-runner.ts';

const EXAMPLE = {
  ...{ id: 12, startedAt: '2026-11-28T20:21:00.000Z', startedBy: '系统（定时）' },
  ...{ platform: null, limit: null, state: 'done', total: 35, asked: 33, told: 30 },
  ...{ postponed: 2, states: { ok: 30, expired: 2, failing: 1 } },
  ...{ stops: { weibo: '2026-11-28T21:00:00.000Z' }, accounts: 31 },
  endedAt: '2026-11-28T20:24:00.000Z',
} as const;

const SweepItem = z
  .object({
    ...{ id: z.number(), startedAt: z.string(), startedBy: z.string() },
    platform: z.string().nullable().describe('只看一个平台或一种信源；空：全部'),
    limit: z.number().nullable().describe('最多看多少个信源；空：到期的全部'),
    state: z.enum(['running', 'done', 'stopped']),
    ...{ total: z.number(), asked: z.number(), told: z.number().describe('读到内容的信源') },
    postponed: z.number().describe('到期而因额度没有去看的信源'),
    states: z
      .partialRecord(z.enum(SOURCE_STATES), z.number())
      .describe('看过的信源各是什么状态：各有多少'),
    stops: z
      .partialRecord(z.enum(SOURCE_KINDS), z.string())
      .describe('总额度用完的平台：到什么时候再看'),
    accounts: z.number().nullable().describe('看了多少个账号；进行中时为空'),
    endedAt: z.string().nullable(),
  })
  .meta({ id: 'SweepItem', description: '一次巡看', example: EXAMPLE });

const Sweeps = z
  .object({
    newest: SweepItem.nullable(),
    daily: z
      .object({ nextAt: z.string(), isRunning: z.boolean(), problem: z.string() })
      .nullable()
      .describe('每天的巡看；空：没有开'),
    simulated: z.number().describe('模拟环境（.test 等保留域名）里的信源，不自动巡看'),
  })
  .meta({
    id: 'AccountSweeps',
    example: {
      newest: EXAMPLE,
      daily: { nextAt: '2026-11-29T20:33:00.000Z', isRunning: false, problem: '' },
      simulated: 0,
    },
  });

/** The newest sweep, and beginning one. */
export function registerSweepRoutes(
  app: HttpServer,
  deps: {
    readonly store: Store;
    readonly sweepTime: ClockTime | null;
    readonly sweeps: SweepRunner;
  },
): void {
  app.get(
    '/api/v1/account-sweeps',
    {
      config: { access: 'sweep.read' },
      schema: {
        ...{ tags: ['信源'], summary: '最近一次巡看：看了多少、没能看到的按原因、下一次什么时候' },
        response: { 200: Sweeps, ...REFUSALS },
      },
    },
    ({ actor }) => readSweeps(deps, actor, new Date().toISOString()),
  );
  app.post(
    '/api/v1/account-sweeps',
    {
      config: { access: 'sweep.run' },
      schema: {
        ...{ tags: ['信源'], summary: '现在巡看一遍到期的信源；在后台进行' },
        description: '错误：409 sweep.running 已经在巡看',
        response: { 202: SweepItem, ...REFUSALS, 409: Problem },
      },
    },
    async ({ actor }, reply) => reply.code(202).send(await deps.sweeps.begin(actor)),
  );
}
