import type { z } from 'zod';
import { FILE_BYTES } from '../../http/attached-files.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { unitsBelow } from '../../registry/index.ts';
import { applyCase } from '../cases/apply-case.ts';
import type { AccountCase } from '../cases/case.ts';
import { STEP_WORDS } from '../cases/case-words.ts';
import { writeClosingNotice } from '../cases/closing-notice.ts';
import { type ListedCase, listCases } from '../cases/list-cases.ts';
import { type CaseView, readCase, readChangeable, readNotice } from '../cases/read-case.ts';
import { lifecycleDb } from '../lifecycle-db.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import {
  CaseDetail,
  type CaseItem,
  CaseList,
  CaseQuery,
  Changeable,
  Made,
  NewCase,
} from './case-schemas.ts';

export const CASE_TAGS = ['账号事项'];
export const now = (): string => new Date().toISOString();
export const READ_CASE = { access: 'case.read' } as const;
export const APPLY = { access: 'case.apply' } as const;
/** What any step of a case may be refused with. */
export const STEP_REFUSALS = {
  'case.unknown': '没有这件事项，或看不到',
  'case.state': '现在的状态不能这样办',
  'case.changed': '打开之后别人已办过一步',
};

/** Cases of accounts: listed, read, begun. Their steps are in `step-routes`. */
export function registerCaseRoutes(app: HttpServer, deps: LifecycleDeps): void {
  registerLists(app, deps);
  registerNotice(app, deps);
  registerChangeable(app, deps);
  app.post(
    '/api/v1/account-cases',
    {
      config: APPLY,
      schema: {
        tags: CASE_TAGS,
        summary: '新建一件事项（草稿）：开设、补登记、变更、暂停、恢复、关停、注销',
        description: describeRefusals({
          'unit.unknown': '没有这个单位，或看不到',
          'account.unknown': '没有这个账号，或看不到',
          'upkeep.unknown': '账号不在那一项每月维护里',
          'case.subject': '没有指明单位或账号',
          'case.account-status': '账号现在的状态不能办这种事项',
        }),
        body: NewCase,
        response: { 201: Made, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, body }, reply) =>
      reply.code(201).send(await applyCase(deps, actor, { ...body, at: now() })),
  );
}

function registerLists(app: HttpServer, deps: LifecycleDeps): void {
  const db = lifecycleDb(deps.store.db);
  app.get(
    '/api/v1/account-cases',
    {
      config: READ_CASE,
      schema: {
        tags: CASE_TAGS,
        summary: '账号事项：筛选、等我办的、审批逾期的',
        querystring: CaseQuery,
        response: { 200: CaseList, ...REFUSALS },
      },
    },
    async ({ actor, query }) => {
      const { limit, offset, unitId, mine, overdue, ...filter } = query;
      const today = shanghaiDate(now());
      const found = await listCases(
        db,
        actor,
        {
          ...filter,
          unitIds: unitId === undefined ? undefined : await unitsBelow(db, unitId),
          overdueOn: overdue === undefined ? undefined : today,
          isWaiting: mine === 'waiting',
        },
        { limit, offset },
      );
      return { ...found, items: found.items.map((each) => itemOf(each, today)) };
    },
  );
  app.get(
    '/api/v1/account-cases/:id',
    {
      config: READ_CASE,
      schema: {
        tags: CASE_TAGS,
        summary: '一件事项：内容、提醒、附件、经过、现在能办的步骤',
        description: describeRefusals({ 'case.unknown': '没有这件事项，或看不到' }),
        params: IdParams,
        response: { 200: CaseDetail, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }) => detailOf(await readCase(deps, actor, params.id, now())),
  );
}

function registerChangeable(app: HttpServer, deps: LifecycleDeps): void {
  app.get(
    '/api/v1/accounts/:id/changeable',
    {
      config: APPLY,
      schema: {
        tags: CASE_TAGS,
        summary: '一个账号里变更可以改的各项，现在的内容',
        description: describeRefusals({ 'account.unknown': '没有这个账号，或看不到' }),
        params: IdParams,
        response: { 200: Changeable, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }) => {
      const { name, accountId, sponsorId, record } = await readChangeable(deps, actor, params.id);
      const text = (value: unknown): string | null => (value === null ? null : String(value));
      return {
        ...{ name, accountId, sponsorId },
        functions: text(record.functions)?.split('、') ?? [],
        ...{ leader: text(record.leader), responsible: text(record.responsible) },
        ...{ contact: text(record.contact), phone: text(record.phone) },
        homeLink: text(record.homeLink),
      };
    },
  );
}

function registerNotice(app: HttpServer, deps: LifecycleDeps): void {
  app.get(
    '/api/v1/account-cases/:id/notice.docx',
    {
      config: READ_CASE,
      schema: {
        tags: CASE_TAGS,
        summary: '关停公告（.docx）',
        description: describeRefusals({
          'case.unknown': '没有这件事项，或看不到',
          'case.no-notice': '不是关停',
        }),
        params: IdParams,
        response: { 200: FILE_BYTES, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }, reply) => {
      const notice = await readNotice(deps, actor, id, now());
      return reply
        .headers({
          'content-type': DOCX,
          'content-disposition': `attachment; filename="notice-${id}.docx"`,
        })
        .send(Buffer.from(await writeClosingNotice(notice)));
    },
  );
}

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

function itemOf(given: ListedCase, today: string): z.input<typeof CaseItem> {
  return { ...headOf(given, today), platform: given.platform, name: given.name };
}

function headOf(given: AccountCase, today: string) {
  const { id, kind, state, origin, accountId, dueOn, changedAt } = given;
  return {
    ...{ id, kind, state, origin, accountId, dueOn, changedAt },
    unit: { id: given.unitId, name: given.unitName },
    applicant: given.applicant.name,
    isOverdue: dueOn !== null && dueOn < today,
  };
}

function detailOf(view: CaseView): z.input<typeof CaseDetail> {
  const { given, account, notice } = view;
  const { form, announcementUrl: url, announcedOn } = given;
  const named = form.kind === 'open' || form.kind === 'enrol' ? form : null;
  return {
    ...headOf(given, shanghaiDate(now())),
    platform: account?.platform ?? named?.platform ?? '',
    name: account?.name ?? named?.name ?? '',
    version: given.version,
    form: { ...form },
    account: account && {
      ...{ id: account.id, name: account.name, accountId: account.accountId },
      status: account.status,
    },
    ...{ warnings: [...view.warnings], differences: [...view.differences] },
    steps: view.steps.map(({ step, by, at, note }) => ({
      ...{ step, words: STEP_WORDS[step], by: by.name, at, note },
    })),
    files: [...view.files],
    notice: notice && { ...notice, text: [...notice.text] },
    announcement: url === null || announcedOn === null ? null : { url, publishedOn: announcedOn },
    closableOn: view.closableOn,
    maySteps: [...view.mayStep],
  };
}
