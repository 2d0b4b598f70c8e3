import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { sendXlsx } from '../../http/send-xlsx.ts';
import { unitsBelow } from '../../registry/index.ts';
import type { StoreDeps } from '../../store/store.ts';
import { exportTrainings, totalsOf } from '../trainings/export-trainings.ts';
import { listTrainings, readTraining } from '../trainings/list-trainings.ts';
import { changeTraining, recordTraining, withdrawTraining } from '../trainings/record-training.ts';
import { BYTES, PAGE } from './chain-schemas.ts';
import { registerTrainingFiles } from './training-file-routes.ts';
import {
  ChangedTraining,
  NewTraining,
  TRAINING_FILTERS,
  TrainingDetail,
  TrainingList,
  TrainingTotals,
  TrainingWithdrawal,
  YEAR,
} from './training-schemas.ts';

const TAGS = ['培训'];
const V1 = '/api/v1/duty/trainings';
const READ = { access: 'duty.read' } as const;
const EDIT = { access: 'duty.edit' } as const;
const UNKNOWN = { 'training.unknown': '没有这次培训，或看不到' };
const WRONG = {
  'training.text': '没有写，或太长',
  'training.dates': '还没有举办',
  'training.parts': '参加的单位和人不对',
  'training.unit': '单位不存在，或不归本人管',
  'training.exists': '同一单位同一天同一主题已经登记过',
};
const HELD = {
  ...{ ...UNKNOWN, 'training.withdrawn': '登记已撤销' },
  'training.changed': '看过之后别人改过',
};
const now = (): string => new Date().toISOString();

/** Training records: sessions, who took part, totals of a year. */
export function registerTrainingRoutes(app: HttpServer, deps: StoreDeps): void {
  registerLists(app, deps);
  registerOne(app, deps);
  registerChanges(app, deps);
  registerTrainingFiles(app, deps);
}

function registerLists(app: HttpServer, deps: StoreDeps): void {
  const below = async (unitId: number | undefined): Promise<number[] | undefined> =>
    unitId === undefined ? undefined : unitsBelow(deps.store.db, unitId);
  app.get(
    V1,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '培训记录：本单位及下级主办或参加的，新的在前' },
        querystring: z.strictObject({ ...PAGE, ...TRAINING_FILTERS, year: YEAR.optional() }),
        response: { 200: TrainingList, ...REFUSALS },
      },
    },
    async ({ actor, query: { unitId, ...query } }) =>
      listTrainings(deps, actor, { ...query, unitIds: await below(unitId) }),
  );
  app.get(
    `${V1}/totals`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '一年里各单位培训的次数、人次、学时、考试' },
        querystring: z.strictObject({ year: YEAR }),
        response: { 200: TrainingTotals, ...REFUSALS },
      },
    },
    async ({ actor, query: { year } }) => ({ items: await totalsOf(deps, actor, year) }),
  );
  app.get(
    `${V1}/export`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '导出一年的培训和各单位合计（.xlsx），可以填好再导入' },
        querystring: z.strictObject({ ...TRAINING_FILTERS, year: YEAR }),
        response: { 200: BYTES, ...REFUSALS },
      },
    },
    async ({ actor, query: { unitId, ...query } }, reply) => {
      const filter = { ...query, unitIds: await below(unitId) };
      return sendXlsx(reply, 'trainings', await exportTrainings(deps, actor, filter));
    },
  );
}

function registerOne(app: HttpServer, deps: StoreDeps): void {
  app.get(
    `${V1}/:id`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '一次培训，参加的单位和人', params: IdParams },
        description: describeRefusals(UNKNOWN),
        response: { 200: TrainingDetail, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }) => {
      const { parts, attached, ...rest } = await readTraining(deps, actor, params);
      return { ...rest, parts: [...parts], attached: [...attached] };
    },
  );
  app.post(
    V1,
    {
      config: EDIT,
      schema: {
        ...{ tags: TAGS, summary: '登记一次举办过的培训', body: NewTraining },
        description: describeRefusals(WRONG),
        response: {
          201: z.object({ id: z.number() }).meta({ id: 'RecordedTraining', example: { id: 4 } }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ actor, body: { organiserId, parts, ...fields } }, reply) => {
      const input = { organiserId, fields, parts, at: now() };
      return reply.code(201).send(await recordTraining(deps, actor, input));
    },
  );
}

function registerChanges(app: HttpServer, deps: StoreDeps): void {
  app.put(
    `${V1}/:id`,
    {
      config: EDIT,
      schema: {
        ...{ tags: TAGS, summary: '更正一次培训的登记', params: IdParams, body: ChangedTraining },
        description: describeRefusals({ ...HELD, ...WRONG }),
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, body: { version, parts, ...fields } }, reply) => {
      await changeTraining(deps, actor, { id, version, fields, parts, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${V1}/:id/withdrawal`,
    {
      config: EDIT,
      schema: {
        ...{ tags: TAGS, summary: '撤销一次培训的登记：仍可查看，不再计数', params: IdParams },
        ...{ description: describeRefusals(HELD), body: TrainingWithdrawal },
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, body }, reply) => {
      await withdrawTraining(deps, actor, { id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}
