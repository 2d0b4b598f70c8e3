import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { REFUSALS_OF_ONE } from '../../http/problem.ts';
import { RowId } from '../../http/row-id.ts';
import { pauseRound } from '../control/pause-round.ts';
import { freezeRound } from '../freeze-round.ts';
import { KIND, PeriodParams, refusals } from './list-query.ts';
import { ROUND_EXAMPLE, RoundItem, roundItem } from './round-views.ts';
import { type InspectionRouteDeps, nowOf } from './route-deps.ts';

/** A reason that stands in the audit trail and in the bulletin's draft notice. */
const REASON = z.string().trim().min(2).max(500);

/** What is done with a round: run, pause, gather one subject again, freeze. */
export function registerControlRoutes(app: HttpServer, deps: InspectionRouteDeps): void {
  registerRunAndPause(app, deps);
  registerRetry(app, deps);
  registerFreeze(app, deps);
}

function registerRunAndPause(app: HttpServer, deps: InspectionRouteDeps): void {
  app.post(
    '/api/v1/rounds/:period/run',
    {
      config: { access: 'round.run' },
      schema: {
        tags: ['批次'],
        summary: '运行或继续一个批次；在后台进行',
        description: refusals(
          ...['round.unknown', 'round.running', 'round.busy', 'round.closed', 'round.window-past'],
          'round.replay',
        ),
        params: PeriodParams,
        response: { 202: RoundItem, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params, actor }, reply) =>
      reply.code(202).send(roundItem(await deps.runner.run(actor, params.period))),
  );
  app.post(
    '/api/v1/rounds/:period/pause',
    {
      config: { access: 'round.run' },
      schema: {
        tags: ['批次'],
        summary: '暂停：在下一个安全的地方停下，重新启动也不会自己继续',
        description: refusals('round.unknown', 'round.closed', 'round.done'),
        params: PeriodParams,
        response: { 202: RoundItem, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params, actor }, reply) =>
      reply.code(202).send(roundItem(await pauseRound(deps, actor, params.period))),
  );
}

function registerRetry(app: HttpServer, deps: InspectionRouteDeps): void {
  app.post(
    '/api/v1/rounds/:period/retries',
    {
      config: { access: 'round.run' },
      schema: {
        tags: ['批次'],
        summary: '重新采集、重新判定一个对象；此前的审核意见保留，但要重新审核',
        description: refusals(
          ...['round.unknown', 'subject.unknown', 'round.running', 'round.busy', 'round.closed'],
        ),
        params: PeriodParams,
        body: z
          .strictObject({ kind: KIND, subjectId: RowId })
          .meta({ example: { kind: 'site', subjectId: 12 } }),
        response: {
          202: z
            .object({ started: z.boolean().describe('否：等批次继续运行时一起做') })
            .meta({ example: { started: true } }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ params, body, actor }, reply) => {
      const input = { period: params.period, ...body, at: nowOf(deps) };
      return reply.code(202).send(await deps.runner.retry(actor, input));
    },
  );
}

function registerFreeze(app: HttpServer, deps: InspectionRouteDeps): void {
  app.post(
    '/api/v1/rounds/:period/freeze',
    {
      config: { access: 'round.freeze' },
      schema: {
        tags: ['批次'],
        summary: '冻结一个审核完的批次；之后不再变化',
        description: `免除审核（reviewWaived）的批次，通报是草案，不能签发。${refusals(
          ...['round.unknown', 'round.state', 'round.unreviewed', 'round.contested'],
          'round.contest-runs',
          ...['round.running', 'round.incomplete', 'round.frozen'],
        )}`,
        params: PeriodParams,
        body: z
          .strictObject({
            reviewWaived: REASON.optional(),
            undeterminedWaived: REASON.optional(),
            contestsEnded: REASON.optional().describe('申辩期没有满也冻结的理由'),
          })
          .meta({ example: { undeterminedWaived: '两个网站正在迁移，已电话核实' } }),
        response: {
          200: RoundItem.extend({
            breached: z.number(),
            waived: z.number(),
            undetermined: z.number(),
          }).meta({
            example: {
              ...ROUND_EXAMPLE,
              ...{ state: 'frozen', frozenAt: '2020-09-28T01:00:00.000Z' },
              ...{ breached: 3, waived: 0, undetermined: 1 },
            },
          }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ params, body, actor }) => {
      const { round, ...counts } = await freezeRound({ store: deps.store }, actor, {
        period: params.period,
        confirmAll: body.reviewWaived ?? null,
        leaveUndetermined: body.undeterminedWaived ?? null,
        endContests: body.contestsEnded ?? null,
        at: nowOf(deps),
      });
      return { ...roundItem(round), ...counts };
    },
  );
}
