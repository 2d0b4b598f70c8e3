import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { inspectionDb } from '../inspection-db.ts';
import { readFinding } from '../queue/read-finding.ts';
import { findingOwner } from '../review/finding-owner.ts';
import { NOTE_CHARACTERS_MAX, reviewFinding } from '../review/review-finding.ts';
import { FINDING_EXAMPLE, FindingItemView, findingItemView } from './finding-views.ts';
import { refusals } from './list-query.ts';
import { type InspectionRouteDeps, nowOf } from './route-deps.ts';

const NewReview = z
  .strictObject({
    decision: z.enum(['confirm', 'reject', 'cannotJudge', 'annotate', 'withdraw']),
    note: z.string().trim().max(NOTE_CHARACTERS_MAX).default(''),
  })
  .meta({
    id: 'NewReview',
    description: '一个人的决定；驳回、不能判定、批注，以及恢复被驳回的问题，要写 note',
    example: { decision: 'reject', note: '首页9月10日有更新，抓取时没有显示。' },
  });

/** One person's decision on a finding. */
export function registerReviewRoutes(app: HttpServer, deps: InspectionRouteDeps): void {
  const db = inspectionDb(deps.store);
  app.post(
    '/api/v1/findings/:id/reviews',
    {
      config: { access: 'finding.review' },
      schema: {
        tags: ['问题'],
        summary: '审核一个问题；同样的决定再发一次不会多记一行',
        description: `单项否决的问题要两个不同的人确认才算数，其他的一人即可。${refusals(
          ...['finding.unknown', 'finding.note-missing', 'finding.not-breached', 'round.closed'],
          ...['finding.nothing-to-review', 'finding.nothing-to-withdraw', 'finding.own-decision'],
        )}`,
        params: IdParams,
        body: NewReview,
        response: {
          200: FindingItemView.extend({
            mayReview: z.string().nullable(),
            mayConfirm: z.string().nullable(),
            mayWithdraw: z.string().nullable(),
          }).meta({
            example: { ...FINDING_EXAMPLE, mayReview: null, mayConfirm: null, mayWithdraw: null },
          }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ params: { id }, body, actor }) => {
      const { period } = await findingOwner(db, actor, id);
      const input = { period, findingId: id, ...body, at: nowOf(deps) };
      await reviewFinding({ store: deps.store }, actor, input);
      const { item, mayReview, mayConfirm, mayWithdraw } = await readFinding(db, actor, id);
      return { ...findingItemView(item), mayReview, mayConfirm, mayWithdraw };
    },
  );
}
