import type { z } from 'zod';
import { FILE_BYTES } from '../../http/attached-files.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { type CalendarDate, shanghaiDate } from '../../lib/pure/dates.ts';
import { unitsBelow } from '../../registry/index.ts';
import { owes, type RectificationCase } from '../cases/case.ts';
import { STEP_WORDS } from '../cases/case-words.ts';
import { exportCases } from '../cases/export-cases.ts';
import {
  type CaseFilter,
  countByDeadline,
  countByState,
  countWaiting,
  listCases,
} from '../cases/list-cases.ts';
import { type CaseView, readCase } from '../cases/read-case.ts';
import { type RectificationDb, rectificationDb } from '../rectification-db.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import {
  Board,
  BoardQuery,
  Calendar,
  CalendarQuery,
  CaseDetail,
  CaseList,
  CaseQuery,
  ExportQuery,
  now,
  READ,
  TAGS,
  Waiting,
} from './schemas.ts';

const V1 = '/api/v1/rectification';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Cases as a list, a board and a calendar, and one case with all that belongs to it. */
export function registerCaseRoutes(app: HttpServer, deps: RectificationDeps): void {
  registerList(app, deps);
  registerExport(app, deps);
  registerViews(app, deps);
  registerWaiting(app, deps);
  app.get(
    `${V1}/cases/:id`,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '一件整改事项：期限、经过、附件、延期、复核、屡改屡犯、现在能办的步骤',
        description: describeRefusals({ 'rectification.unknown': '没有这件整改事项，或看不到' }),
        params: IdParams,
        response: { 200: CaseDetail, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }) => detailOf(await readCase(deps, actor, params.id)),
  );
}

function registerList(app: HttpServer, { store }: RectificationDeps): void {
  const db = rectificationDb(store.db);
  app.get(
    `${V1}/cases`,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '整改事项：筛选、逾期的、升级督办的、等我办的',
        querystring: CaseQuery,
        response: { 200: CaseList, ...REFUSALS },
      },
    },
    async ({ actor, query }) => {
      const { limit, offset, state, ...asked } = query;
      const today = shanghaiDate(now());
      const filter = { ...(await filterOf(db, asked, today)), state };
      const found = await listCases(db, actor, filter, { limit, offset });
      return { ...found, items: found.items.map((each) => headOf(each, today)) };
    },
  );
}

function registerExport(app: HttpServer, deps: RectificationDeps): void {
  app.get(
    `${V1}/export`,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '导出整改事项（.xlsx）：筛选同列表；记入审计',
        querystring: ExportQuery,
        response: { 200: FILE_BYTES, ...REFUSALS },
      },
    },
    async ({ actor, query: { state, ...asked } }, reply) => {
      const db = rectificationDb(deps.store.db);
      const filter = { ...(await filterOf(db, asked, shanghaiDate(now()))), state };
      const bytes = await exportCases(deps, actor, filter, now());
      return reply
        .headers({
          'content-type': XLSX,
          'content-disposition': 'attachment; filename="rectification.xlsx"',
        })
        .send(Buffer.from(bytes));
    },
  );
}

function registerViews(app: HttpServer, { store }: RectificationDeps): void {
  const db = rectificationDb(store.db);
  app.get(
    `${V1}/board`,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '整改事项按状态各有多少',
        querystring: BoardQuery,
        response: { 200: Board, ...REFUSALS },
      },
    },
    async ({ actor, query }) => {
      const today = shanghaiDate(now());
      const filter = await filterOf(db, query, today);
      return { columns: await countByState(db, actor, filter, today) };
    },
  );
  app.get(
    `${V1}/calendar`,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '哪一天有多少件到期',
        querystring: CalendarQuery,
        response: { 200: Calendar, ...REFUSALS },
      },
    },
    async ({ actor, query: { dueFrom, dueTo, ...asked } }) => {
      const filter = await filterOf(db, asked, shanghaiDate(now()));
      const within = { ...filter, deadlineFrom: dueFrom, deadlineTo: dueTo };
      return { days: await countByDeadline(db, actor, within) };
    },
  );
}

function registerWaiting(app: HttpServer, { store }: RectificationDeps): void {
  const db = rectificationDb(store.db);
  app.get(
    `${V1}/waiting`,
    {
      config: READ,
      schema: {
        tags: ['首页'],
        summary: '等我办的整改事项，逾期的整改事项',
        response: { 200: Waiting, ...REFUSALS },
      },
    },
    async ({ actor }) => {
      const late = { overdueOn: shanghaiDate(now()) };
      const { total } = await listCases(db, actor, late, { limit: 1, offset: 0 });
      const items: z.input<typeof Waiting>['items'] = [
        {
          ...{ kind: 'case', count: await countWaiting(db, actor) },
          to: '/rectification?mine=waiting',
        },
        { kind: 'overdue', count: total, to: '/rectification?overdue=yes' },
      ];
      return { items: items.filter(({ count }) => count > 0) };
    },
  );
}

async function filterOf(
  db: RectificationDb,
  query: z.output<typeof BoardQuery>,
  today: CalendarDate,
): Promise<CaseFilter> {
  const { unitId, round, overdue, escalated, owing, repeat, mine, ...filter } = query;
  return {
    ...filter,
    period: round,
    unitIds: unitId === undefined ? undefined : await unitsBelow(db, unitId),
    overdueOn: overdue === undefined ? undefined : today,
    ...{ escalated: escalated === 'yes', owing: owing === 'yes', repeat: repeat === 'yes' },
    isWaiting: mine === 'waiting',
  };
}

function headOf(given: RectificationCase, today: CalendarDate) {
  const { id, period, state, kind, subjectId, subject, rule, deadline } = given;
  const { noticeId, noticedOn, escalatedOn, submittedOn, lateDays, outcome, mended } = given;
  return {
    ...{ id, period, state, unit: { id: given.unitId, name: given.unitName }, kind, subjectId },
    ...{ name: subject.name, identity: subject.identity, place: subject.place },
    ...{ rule: { id: rule.id, label: rule.label }, noticeId, noticedOn, deadlineOn: deadline.on },
    ...{ provisional: deadline.provisional, isOverdue: owes(state) && deadline.on < today },
    ...{ escalatedOn, submittedOn, lateDays, outcome, mended, closedOn: given.closedOn },
    ...{ marks: given.marks, remindersIgnored: given.remindersIgnored, version: given.version },
  };
}

function detailOf(view: CaseView): z.input<typeof CaseDetail> {
  const { given } = view;
  const { rule, findingId, acknowledgedOn, returns, extensions, continuesId } = given;
  return {
    ...headOf(given, shanghaiDate(now())),
    ...{ notice: view.notice, findingId, clause: rule.clause, parameters: rule.parameters },
    ruleset: { id: rule.rulesetId, version: rule.rulesetVersion, hash: rule.rulesetHash },
    ...{ acknowledgedOn, returns, extensionsGranted: extensions, continuesId },
    steps: view.steps.map(({ by, ...step }) => ({
      ...{ ...step, words: STEP_WORDS[step.step], by: by.name },
    })),
    ...{ files: [...view.files], extensions: [...view.extensions], checks: [...view.checks] },
    ...{ chasers: [...view.chasers], history: [...view.history], similar: [...view.similar] },
    similarFindings: { ...view.similarFindings, items: [...view.similarFindings.items] },
    maySteps: [...view.maySteps],
  };
}
