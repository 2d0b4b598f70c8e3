import { z } from 'zod';
import { FILE_BYTES } from '../../http/attached-files.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { unitsBelow } from '../../registry/index.ts';
import { type LifecycleDb, lifecycleDb } from '../lifecycle-db.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import { confirmDuty } from '../upkeep/confirm-duty.ts';
import { countByUnit } from '../upkeep/count-by-unit.ts';
import { monthOf } from '../upkeep/duty.ts';
import { exportDuties } from '../upkeep/export-duties.ts';
import {
  type DutyFilter,
  dutyMonths,
  type ListedDuty,
  listDuties,
  listNotices,
} from '../upkeep/list-duties.ts';
import { type DutyView, readDuty } from '../upkeep/read-duty.ts';
import { now } from './case-routes.ts';
import { PAGE } from './case-schemas.ts';
import {
  ConfirmBody,
  DUTY_FILTERS,
  DutyDetail,
  type DutyItemView,
  DutyList,
  NoticeList,
  UpkeepSummary,
} from './upkeep-schemas.ts';

const TAGS = ['每月维护'];
const READ = { access: 'upkeep.read' } as const;
const NOTICES_SHOWN = 20;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The monthly upkeep: what is to be confirmed, by whom it was, and who was reminded. */
export function registerUpkeepRoutes(app: HttpServer, deps: LifecycleDeps): void {
  registerLists(app, deps);
  registerDuty(app, deps);
  registerOverview(app, deps);
}

/** What a query narrows the duties to; overdue is as of today. */
async function filterOf(db: LifecycleDb, query: z.output<typeof DutyFilters>): Promise<DutyFilter> {
  const { state, unitId, month, q } = query;
  return {
    ...{ month, q },
    state: state === 'overdue' ? undefined : state,
    overdueOn: state === 'overdue' ? shanghaiDate(now()) : undefined,
    unitIds: unitId === undefined ? undefined : await unitsBelow(db, unitId),
  };
}
const DutyFilters = z.strictObject(DUTY_FILTERS);

function registerLists(app: HttpServer, deps: LifecycleDeps): void {
  const db = lifecycleDb(deps.store.db);
  app.get(
    '/api/v1/upkeep/duties',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '各单位各月的维护确认：筛选、逾期的',
        querystring: z.strictObject({ ...PAGE, ...DUTY_FILTERS }),
        response: { 200: DutyList, ...REFUSALS },
      },
    },
    async ({ actor, query }) => {
      const { limit, offset, ...filters } = query;
      const filter = await filterOf(db, filters);
      const found = await listDuties(db, actor, filter, { limit, offset });
      return { ...found, items: found.items.map(itemOf) };
    },
  );
  app.get(
    '/api/v1/upkeep/export',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '导出一个月的维护确认（.xlsx）；不写 month 是本月',
        querystring: DutyFilters,
        response: { 200: FILE_BYTES, ...REFUSALS },
      },
    },
    async ({ actor, query }, reply) => {
      const month = query.month ?? monthOf(shanghaiDate(now()));
      const filter = { ...(await filterOf(db, query)), month };
      const bytes = await exportDuties(deps, actor, filter, now());
      return reply
        .headers({
          'content-type': XLSX,
          'content-disposition': `attachment; filename="upkeep-${month}.xlsx"`,
        })
        .send(Buffer.from(bytes));
    },
  );
}

function registerDuty(app: HttpServer, deps: LifecycleDeps): void {
  app.get(
    '/api/v1/upkeep/duties/:id',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '一个单位一个月要核对的网站和账号',
        description: describeRefusals({ 'upkeep.unknown': '没有这一项，或看不到' }),
        params: IdParams,
        response: { 200: DutyDetail, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }) => detailOf(await readDuty(deps, actor, params.id)),
  );
  app.post(
    '/api/v1/upkeep/duties/:id/confirmation',
    {
      config: { access: 'upkeep.confirm' },
      schema: {
        tags: TAGS,
        summary: '确认：逐项说明没有变化、已提交更正，或报告哪里不对',
        description: describeRefusals({
          'upkeep.unknown': '没有这一项，或看不到',
          'upkeep.state': '已经确认过，或不用确认',
          'upkeep.changed': '打开之后名录又变了',
          'upkeep.items': '有没核对的，或不属于这一项的',
        }),
        params: IdParams,
        body: ConfirmBody,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, body }, reply) => {
      await confirmDuty(deps, actor, { dutyId: params.id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}

function registerOverview(app: HttpServer, deps: LifecycleDeps): void {
  const db = lifecycleDb(deps.store.db);
  app.get(
    '/api/v1/upkeep/summary',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '一个月的维护确认，按下一级单位计数；不写 month 是最近的一个月',
        querystring: z.strictObject({ month: DUTY_FILTERS.month }),
        response: { 200: UpkeepSummary, ...REFUSALS },
      },
    },
    async ({ actor, query }) => {
      const today = shanghaiDate(now());
      const months = await dutyMonths(db, actor);
      const month = query.month ?? months[0] ?? monthOf(today);
      return { month, months, units: await countByUnit(db, actor, month, today) };
    },
  );
  app.get(
    '/api/v1/upkeep/notices',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: `最近的 ${NOTICES_SHOWN} 条提醒和催办`,
        response: { 200: NoticeList, ...REFUSALS },
      },
    },
    async ({ actor }) => ({ items: await listNotices(db, actor, NOTICES_SHOWN) }),
  );
}

function itemOf(duty: ListedDuty): z.input<typeof DutyItemView> {
  const { unitId, unitName, note: _, ...rest } = duty;
  return {
    ...rest,
    unit: { id: unitId, name: unitName },
    isOverdue: duty.state === 'open' && duty.dueOn < shanghaiDate(now()),
  };
}

function detailOf({ duty, items, seen, cases }: DutyView): z.input<typeof DutyDetail> {
  const { unitId, unitName, ...rest } = duty;
  return {
    ...rest,
    ...{ unit: { id: unitId, name: unitName }, seen, cases: [...cases] },
    isOverdue: duty.state === 'open' && duty.dueOn < shanghaiDate(now()),
    items: items.map((item) => ({ ...item, values: item.values && { ...item.values } })),
  };
}
