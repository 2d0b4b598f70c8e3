import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { amendCase, submitCase } from '../cases/apply-case.ts';
import { decideCase, revokeApproval, takeBackReview, withdrawCase } from '../cases/decide-case.ts';
import { announceCase, completeCase } from '../cases/finish-case.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import { APPLY, CASE_TAGS, now, STEP_REFUSALS } from './case-routes.ts';
import {
  AmendBody,
  AnnouncementBody,
  CompletionBody,
  DecisionBody,
  RevocationBody,
  WithdrawalBody,
} from './case-schemas.ts';

const PATH = '/api/v1/account-cases/:id';
const described = (summary: string, refusals: Readonly<Record<string, string>> = {}) => ({
  tags: CASE_TAGS,
  summary,
  description: describeRefusals({ ...STEP_REFUSALS, ...refusals }),
  params: IdParams,
  response: { ...DONE, ...REFUSALS_OF_ONE },
});

/** The steps of one case. */
export function registerStepRoutes(app: HttpServer, deps: LifecycleDeps): void {
  registerApplication(app, deps);
  registerDecisions(app, deps);
  registerRevocation(app, deps);
  registerEnd(app, deps);
}

function registerApplication(app: HttpServer, deps: LifecycleDeps): void {
  app.put(
    `${PATH}/form`,
    {
      config: APPLY,
      schema: { ...described('改草稿或退回的内容', { 'case.kind': '换了种类' }), body: AmendBody },
    },
    async ({ actor, params, body }, reply) => {
      await amendCase(deps, actor, { caseId: params.id, form: body.form, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${PATH}/submission`,
    {
      config: APPLY,
      schema: described('提交：从此等初审', {
        'case.incomplete': '没有填全',
        'case.proof': '注销没有附证明',
        'case.under-way': '这个账号有别的事项没有办完',
        'case.account-status': '账号现在的状态不能办这种事项',
      }),
    },
    async ({ actor, params }, reply) => {
      await submitCase(deps, actor, { caseId: params.id, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${PATH}/withdrawal`,
    { config: APPLY, schema: { ...described('撤回：不再办理'), body: WithdrawalBody } },
    async ({ actor, params, body }, reply) => {
      await withdrawCase(deps, actor, { caseId: params.id, note: body.note, at: now() });
      return reply.code(204).send(null);
    },
  );
}

function registerDecisions(app: HttpServer, deps: LifecycleDeps): void {
  const DECIDE = { access: 'case.review' } as const;
  app.post(
    `${PATH}/decisions`,
    {
      config: DECIDE,
      schema: {
        ...described('初审、终审：批准、退回、不予批准', {
          'case.same-person': '申请、初审、终审要由不同的人做',
          'case.note': '退回、不予批准没有理由',
          'case.stale': '提交之后名录又变了',
          'account.taken': '名录里已有这个账号',
        }),
        body: DecisionBody,
      },
    },
    async ({ actor, params, body }, reply) => {
      await decideCase(deps, actor, { caseId: params.id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    `${PATH}/decisions`,
    { config: DECIDE, schema: described('终审之前收回自己的初审') },
    async ({ actor, params }, reply) => {
      await takeBackReview(deps, actor, { caseId: params.id, at: now() });
      return reply.code(204).send(null);
    },
  );
}

function registerRevocation(app: HttpServer, deps: LifecycleDeps): void {
  app.post(
    `${PATH}/revocation`,
    {
      config: { access: 'case.approve' },
      schema: {
        ...described('撤销还没有办结的批准：名录恢复原状', { 'case.note': '没有理由' }),
        body: RevocationBody,
      },
    },
    async ({ actor, params, body }, reply) => {
      await revokeApproval(deps, actor, { caseId: params.id, note: body.note, at: now() });
      return reply.code(204).send(null);
    },
  );
}

function registerEnd(app: HttpServer, deps: LifecycleDeps): void {
  app.put(
    `${PATH}/announcement`,
    {
      config: APPLY,
      schema: {
        ...described('登记关停公告的网址和日期', { 'case.announcement': '网址或日期不对' }),
        body: AnnouncementBody,
      },
    },
    async ({ actor, params, body }, reply) => {
      await announceCase(deps, actor, { caseId: params.id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${PATH}/completion`,
    {
      config: APPLY,
      schema: {
        ...described('办结：新账号开通，或账号关停', {
          'case.account-id': '没有填账号 ID',
          'case.announcement': '关停还没有公告',
          'case.early': '公告不满期限又没有写理由',
          'account.taken': '名录里已有这个账号',
        }),
        body: CompletionBody,
      },
    },
    async ({ actor, params, body }, reply) => {
      await completeCase(deps, actor, { caseId: params.id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}
