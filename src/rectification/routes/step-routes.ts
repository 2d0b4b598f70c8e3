import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { StepBody, takeAskedStep } from '../cases/take-step.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import { now, READ, STEP_REFUSALS, TAGS } from './schemas.ts';

/** The steps of one case: each asks for its own ability, the unit's staff, its leader or the supervisor. */
export function registerStepRoutes(app: HttpServer, deps: RectificationDeps): void {
  app.post(
    '/api/v1/rectification/cases/:id/steps',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary:
          '办一步：签收、计划、填报、审核上报、退回经办人、延期、自测、复核、办结、退回重改、升级督办',
        description: describeRefusals({
          ...STEP_REFUSALS,
          'rectification.same-person': '填报的人自己审核上报',
          'rectification.words': '没有写理由、情况或意见',
          'rectification.extension': '延期的日期、次数不对，或没有等着决定的申请',
          'rectification.checks': '今天自测的次数用完了',
          'rectification.escalated': '这一期限已经升级督办过',
        }),
        params: IdParams,
        body: StepBody,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, body }, reply) => {
      await takeAskedStep(deps, actor, { caseId: params.id, at: now(), asked: body });
      return reply.code(204).send(null);
    },
  );
}
