import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { REFUSALS_OF_ONE } from '../../http/problem.ts';
import { RowIdText } from '../../http/row-id.ts';
import { sendXlsx } from '../../http/send-xlsx.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import type { StoreDeps } from '../../store/store.ts';
import { exportLoad } from '../load/export-load.ts';
import { LOAD_SORTS, type LoadFilter, readLoad } from '../load/read-load.ts';
import { BYTES, PAGE } from './chain-schemas.ts';
import { YEAR } from './training-schemas.ts';

const TAGS = ['负担与成效'];
const V1 = '/api/v1/duty/load';
const READ = { access: 'duty.read' } as const;
const REFUSED = describeRefusals({ 'load.unit': '没有这个单位，或看不到' });
const now = (): string => new Date().toISOString();

const count = z.number();
const unknown = z.number().nullable();
const FIGURES = {
  subjects: count.describe('网站和账号，今天的数'),
  people: unknown.describe('岗位上不同的人；null 是没有登记'),
  subjectsPerPerson: unknown.describe('人均网站和账号，到 0.1'),
  findings: unknown.describe('确认的问题；null 是这段时间没有冻结的批次'),
  cases: unknown.describe('下发的整改事项；null 是这段时间没有下发过'),
  mendedInTime: unknown.describe('按期整改到位'),
  late: unknown,
  repeated: unknown.describe('屡改屡犯'),
  measures: count.describe('已决定的问责措施'),
  asked: unknown.describe('应学习制度的人次；null 是没有要学的'),
  read: unknown,
  personHours: unknown.describe('培训总学时；null 是没有登记'),
};
const FIGURES_EXAMPLE = {
  ...{ subjects: 26, people: 4, subjectsPerPerson: 6.5, findings: 3, cases: 3, mendedInTime: 2 },
  ...{ late: 1, repeated: 0, measures: 1, asked: 12, read: 9, personHours: 40 },
};
const LoadView = z
  .object({
    ...{ unitId: z.number(), unitName: z.string(), parentId: z.number().nullable() },
    ...{ from: z.string(), to: z.string() },
    items: z.array(
      z.object({
        ...{ unitId: z.number(), unitName: z.string() },
        isOwn: z.boolean().describe('本级，不含下级'),
        ...{ hasBelow: z.boolean(), ...FIGURES },
      }),
    ),
    whole: z.object(FIGURES).describe('合计'),
    ...{ total: z.number(), totalIsExact: z.boolean() },
  })
  .meta({
    id: 'DutyLoad',
    example: {
      ...{ unitId: 1, unitName: '湖南省', parentId: null, from: '2026-01-01', to: '2026-12-31' },
      items: [{ unitId: 3, unitName: '岳阳市', isOwn: false, hasBelow: true, ...FIGURES_EXAMPLE }],
      ...{ whole: FIGURES_EXAMPLE, total: 1, totalIsExact: true },
    },
  });
const FILTERS = {
  year: YEAR.optional().describe('年份；不写是今年'),
  quarter: z.coerce.number().int().min(1).max(4).optional().describe('季度；不写是全年'),
  unitId: RowIdText.describe('列这个单位的各个下级').optional(),
  sort: z
    .enum(LOAD_SORTS.flatMap((by) => [by, `-${by}` as const]) as [string, ...string[]])
    .optional()
    .describe('按哪一列排；前面加 - 是从大到小。没有数据的排在最后'),
};

function filterOf(query: {
  readonly year?: number | undefined;
  readonly quarter?: number | undefined;
  readonly unitId?: number | undefined;
  readonly sort?: string | undefined;
}): LoadFilter {
  const at = now();
  const { year = Number(shanghaiDate(at).slice(0, 4)), quarter, unitId, sort } = query;
  const by = LOAD_SORTS.find((each) => each === sort?.replace(/^-/, ''));
  return {
    ...{ year, quarter: quarter ?? null, unitId, at },
    ...(by !== undefined && { sort: { by, isDescending: sort?.startsWith('-') === true } }),
  };
}

/** Load and outcome by unit, of a year or a quarter. */
export function registerLoadRoutes(app: HttpServer, deps: StoreDeps): void {
  app.get(
    V1,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '各单位的负担与成效：管多少、多少人、出了多少问题、改了没有' },
        description: REFUSED,
        querystring: z.strictObject({ ...PAGE, ...FILTERS }),
        response: { 200: LoadView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, query }) => {
      const { items, ...rest } = await readLoad(deps, actor, filterOf(query));
      const { limit, offset } = query;
      const page = items.slice(offset, offset + limit);
      return { ...rest, items: page, total: items.length, totalIsExact: true };
    },
  );
  app.get(
    `${V1}/export`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '导出负担与成效（.xlsx）', description: REFUSED },
        querystring: z.strictObject(FILTERS),
        response: { 200: BYTES, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, query }, reply) =>
      sendXlsx(reply, 'duty-load', await exportLoad(deps, actor, filterOf(query))),
  );
}
