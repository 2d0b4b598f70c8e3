import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { answerContest, CONTEST_CHARACTERS, contestFinding } from '../review/contest-finding.ts';
import { NOTE_CHARACTERS_MAX } from '../review/review-finding.ts';
import { ContestView, contestView } from './finding-views.ts';
import { refusals } from './list-query.ts';
import { type InspectionRouteDeps, nowOf } from './route-deps.ts';

/** A unit's contest of a finding before publication, and its answer. */
export function registerContestRoutes(app: HttpServer, deps: InspectionRouteDeps): void {
  app.post(
    '/api/v1/findings/:id/contests',
    {
      config: { access: 'finding.contest' },
      schema: {
        tags: ['问题'],
        summary: '本单位对一个问题的申辩（公布之前）',
        description: refusals(
          ...['finding.unknown', 'contest.state', 'contest.not-breached', 'contest.open'],
          'contest.text',
        ),
        params: IdParams,
        body: z
          .strictObject({
            text: z.string().trim().min(CONTEST_CHARACTERS.min).max(CONTEST_CHARACTERS.max),
          })
          .meta({ example: { text: '首页9月10日发布过一条通知，截图见邮件。' } }),
        response: {
          201: z.object({ id: z.number() }).meta({ example: { id: 3 } }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ params, body, actor }, reply) => {
      const input = { findingId: params.id, text: body.text, at: nowOf(deps) };
      return reply.code(201).send({ id: await contestFinding(deps, actor, input) });
    },
  );
  app.post(
    '/api/v1/contests/:id/answer',
    {
      config: { access: 'finding.review' },
      schema: {
        tags: ['问题'],
        summary: '答复申辩：成立（问题随之驳回），或不成立',
        description: refusals('contest.unknown', 'contest.answered', 'contest.state'),
        params: IdParams,
        body: z
          .strictObject({
            decision: z.enum(['uphold', 'dismiss']),
            note: z.string().trim().min(1).max(NOTE_CHARACTERS_MAX),
          })
          .meta({ example: { decision: 'uphold', note: '已核实，9月10日确有更新。' } }),
        response: { 200: ContestView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params, body, actor }) =>
      contestView(
        await answerContest(deps, actor, { contestId: params.id, ...body, at: nowOf(deps) }),
      ),
  );
}
