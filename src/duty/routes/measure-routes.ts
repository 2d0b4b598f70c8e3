import { z } from 'zod';
import { writeOfficialDocx } from '../../documents/write-official-docx.ts';
import { isInScope } from '../../domain/actor.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { listUnits, unitsBelow } from '../../registry/index.ts';
import type { StoreDeps } from '../../store/store.ts';
import { countMeasures } from '../measures/count-measures.ts';
import { listMeasures, readMeasure } from '../measures/list-measures.ts';
import { measureLetter } from '../measures/measure-letter.ts';
import { proposeMeasure } from '../measures/propose-measure.ts';
import { closeMeasure, decideMeasure } from '../measures/step-measure.ts';
import { BYTES, DAY, PAGE } from './chain-schemas.ts';
import {
  DecisionBody,
  DoneBody,
  MEASURE_FILTERS,
  MeasureCounts,
  MeasureDetail,
  MeasureList,
  ProposalBody,
} from './measure-schemas.ts';

const TAGS = ['问责措施'];
const V1 = '/api/v1/duty/measures';
const READ = { access: 'duty.read' } as const;
const JUDGE = { access: 'duty.measure' } as const;
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const UNKNOWN = { 'measure.unknown': '没有这项措施，或看不到' };
const STEP = describeRefusals({
  ...{ ...UNKNOWN, 'measure.state': '现在不能这样办', 'measure.changed': '看过之后别人办过' },
  ...{ 'measure.same-person': '要另一个人办', 'measure.text': '没有写，或太长' },
});
const now = (): string => new Date().toISOString();
const today = (): string => shanghaiDate(now());

/** Measures of accountability: proposed, decided by another, closed; their letters and counts. */
export function registerMeasureRoutes(app: HttpServer, deps: StoreDeps): void {
  registerLists(app, deps);
  registerOne(app, deps);
  registerSteps(app, deps);
}

function registerLists(app: HttpServer, deps: StoreDeps): void {
  app.get(
    V1,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '问责措施：待决定的在前；单位只看到已决定的' },
        querystring: z.strictObject({ ...PAGE, ...MEASURE_FILTERS }),
        response: { 200: MeasureList, ...REFUSALS },
      },
    },
    async ({ actor, query: { unitId, ...query } }) =>
      listMeasures(deps, actor, {
        ...{ ...query, today: today() },
        unitIds: unitId === undefined ? undefined : await unitsBelow(deps.store.db, unitId),
      }),
  );
  app.get(
    `${V1}/counts`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '一段时间里决定的措施和问责人次，按单位和种类' },
        querystring: z.strictObject({ from: DAY, to: DAY }),
        response: { 200: MeasureCounts, ...REFUSALS },
      },
    },
    async ({ actor, query }) => {
      const names = new Map((await listUnits(deps.store.db)).map(({ id, name }) => [id, name]));
      const counted = await countMeasures(deps.store, query);
      return {
        items: counted
          .filter(({ unitId }) => isInScope(actor.scope, unitId))
          .map((each) => ({ ...each, unitName: names.get(each.unitId) ?? '' })),
      };
    },
  );
}

function registerOne(app: HttpServer, deps: StoreDeps): void {
  app.post(
    V1,
    {
      config: JUDGE,
      schema: {
        ...{ tags: TAGS, summary: '提出一项措施，等另一个人决定' },
        description: describeRefusals({
          'measure.unit': '没有这个单位，或不由本人监管',
          'measure.cases': '整改事项不是这个单位的',
        }),
        body: ProposalBody,
        response: {
          201: z.object({ id: z.number() }).meta({ id: 'NewMeasure', example: { id: 2 } }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ actor, body }, reply) =>
      reply.code(201).send(await proposeMeasure(deps, actor, { ...body, at: now() })),
  );
  app.get(
    `${V1}/:id`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '一项措施', description: describeRefusals(UNKNOWN) },
        params: IdParams,
        response: { 200: MeasureDetail, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }) => {
      const { cases, ...measure } = await readMeasure(deps, actor, { id, today: today() });
      return { ...measure, cases: [...cases] };
    },
  );
  app.get(
    `${V1}/:id/letter.docx`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '决定以后的文书（.docx）' },
        description: describeRefusals({ ...UNKNOWN, 'measure.state': '还没有决定' }),
        params: IdParams,
        response: { 200: BYTES, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }, reply) => {
      const measure = await readMeasure(deps, actor, { id, today: today() });
      return reply
        .headers({
          'content-type': DOCX,
          'content-disposition': `attachment; filename="measure-${id}.docx"`,
        })
        .send(Buffer.from(await writeOfficialDocx(measureLetter(measure))));
    },
  );
}

function registerSteps(app: HttpServer, deps: StoreDeps): void {
  const common = { tags: TAGS, params: IdParams, description: STEP };
  const response = { ...DONE, ...REFUSALS_OF_ONE };
  app.post(
    `${V1}/:id/decision`,
    {
      config: JUDGE,
      schema: {
        ...{ ...common, summary: '决定、不同意（另一个人）或撤回（提出的人）一项措施' },
        ...{ body: DecisionBody, response },
      },
    },
    async ({ actor, params: { id }, body }, reply) => {
      await decideMeasure(deps, actor, { id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${V1}/:id/completion`,
    {
      config: JUDGE,
      schema: {
        ...{ ...common, summary: '登记已落实' },
        ...{ body: DoneBody, response },
      },
    },
    async ({ actor, params: { id }, body }, reply) => {
      await closeMeasure(deps, actor, { id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}
