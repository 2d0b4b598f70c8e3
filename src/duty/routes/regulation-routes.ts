import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { sendXlsx } from '../../http/send-xlsx.ts';
import { unitsBelow } from '../../registry/index.ts';
import type { StoreDeps } from '../../store/store.ts';
import { confirmReading } from '../regulations/confirm-reading.ts';
import { addRegulation, draftRegulation } from '../regulations/draft-regulation.ts';
import { exportRegulations } from '../regulations/export-regulations.ts';
import { listReaders } from '../regulations/list-readers.ts';
import { listRegulations } from '../regulations/list-regulations.ts';
import { decideDraft } from '../regulations/publish-regulation.ts';
import { readRegulation } from '../regulations/read-regulation.ts';
import { repealRegulation } from '../regulations/repeal-regulation.ts';
import { BYTES, PAGE } from './chain-schemas.ts';
import { registerRegulationFiles } from './regulation-file-routes.ts';
import {
  DraftBody,
  DraftDecision,
  NewRegulation,
  READER_FILTERS,
  REGULATION_FILTERS,
  ReaderList,
  ReceiptBody,
  RegulationDetail,
  RegulationList,
  RepealBody,
  VersionQuery,
} from './regulation-schemas.ts';

const TAGS = ['制度库'];
const V1 = '/api/v1/duty/regulations';
const ONE = `${V1}/:id` as const;
const READ = { access: 'duty.read' } as const;
const EDIT = { access: 'duty.edit' } as const;
const UNKNOWN = { 'regulation.unknown': '没有这项制度，或看不到' };
const WRONG = {
  'regulation.text': '没有写，或太长',
  'regulation.dates': '学习期限已经过了',
  'regulation.unit': '不是本人能发给的单位',
};
const HELD = { ...UNKNOWN, 'regulation.repealed': '已经废止' };
const now = (): string => new Date().toISOString();

/** The library of regulations: drafted, published by a second person, read and confirmed, repealed. */
export function registerRegulationRoutes(app: HttpServer, deps: StoreDeps): void {
  registerLists(app, deps);
  registerReading(app, deps);
  registerDrafts(app, deps);
  registerRepeal(app, deps);
  registerRegulationFiles(app, deps);
}

function registerLists(app: HttpServer, deps: StoreDeps): void {
  app.get(
    V1,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '制度库：与自己单位有关的，有多少人已确认学习' },
        querystring: z.strictObject({ ...PAGE, ...REGULATION_FILTERS }),
        response: { 200: RegulationList, ...REFUSALS },
      },
    },
    async ({ actor, query }) => listRegulations(deps, actor, query),
  );
  app.get(
    `${V1}/export`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '导出制度库和没有确认的人（.xlsx）' },
        querystring: z.strictObject(REGULATION_FILTERS),
        response: { 200: BYTES, ...REFUSALS },
      },
    },
    async ({ actor, query }, reply) =>
      sendXlsx(reply, 'regulations', await exportRegulations(deps, actor, query)),
  );
}

function registerReading(app: HttpServer, deps: StoreDeps): void {
  app.get(
    ONE,
    {
      config: READ,
      schema: {
        ...{
          tags: TAGS,
          summary: '一项制度和它的各个版本',
          description: describeRefusals(UNKNOWN),
        },
        ...{ params: IdParams, querystring: VersionQuery },
        response: { 200: RegulationDetail, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, query }) => {
      const { versions, ...rest } = await readRegulation(deps, actor, { id, ...query });
      return { ...rest, versions: [...versions] };
    },
  );
  app.get(
    `${ONE}/readers`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '谁应学习现行版本，谁确认了；没有确认的在前' },
        ...{ description: describeRefusals(UNKNOWN), params: IdParams },
        querystring: z.strictObject({ ...PAGE, ...READER_FILTERS }),
        response: { 200: ReaderList, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, query: { unitId, ...query } }) => {
      const unitIds = unitId === undefined ? undefined : await unitsBelow(deps.store.db, unitId);
      return listReaders(deps, actor, { id, ...query, unitIds });
    },
  );
  app.post(
    `${ONE}/receipt`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '本人确认学习了现行版本', params: IdParams },
        description: describeRefusals({
          ...{ ...UNKNOWN, 'regulation.old-version': '已有新的版本' },
          'regulation.not-asked': '不要本人确认',
        }),
        body: ReceiptBody,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, body }, reply) => {
      await confirmReading(deps, actor, { id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}

function registerDrafts(app: HttpServer, deps: StoreDeps): void {
  app.post(
    V1,
    {
      config: EDIT,
      schema: {
        ...{ tags: TAGS, summary: '起草一项制度，等另一个人发布' },
        ...{ description: describeRefusals(WRONG), body: NewRegulation },
        response: {
          201: z.object({ id: z.number() }).meta({ id: 'AddedRegulation', example: { id: 3 } }),
          ...REFUSALS,
        },
      },
    },
    async ({ actor, body }, reply) =>
      reply.code(201).send(await addRegulation(deps, actor, { ...body, at: now() })),
  );
  app.put(
    `${ONE}/draft`,
    {
      config: EDIT,
      schema: {
        ...{ tags: TAGS, summary: '修改草稿，或起草新版本；已经发布的版本不变', params: IdParams },
        description: describeRefusals({
          ...{ ...HELD, ...WRONG, 'regulation.changed': '看过之后别人改过' },
        }),
        body: DraftBody,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, body: { revision, ...fields } }, reply) => {
      await draftRegulation(deps, actor, { id, revision, fields, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${ONE}/draft/decision`,
    {
      config: EDIT,
      schema: {
        ...{ tags: TAGS, summary: '发布草稿（另一个人）或放弃它；发布后请有关的人学习' },
        description: describeRefusals({
          ...{ ...HELD, ...WRONG, 'regulation.no-draft': '没有草稿' },
          ...{ 'regulation.changed': '看过之后别人改过', 'regulation.empty': '没有正文和附件' },
          'regulation.same-person': '要另一个人发布',
        }),
        ...{ params: IdParams, body: DraftDecision },
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, body }, reply) => {
      await decideDraft(deps, actor, { id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}

function registerRepeal(app: HttpServer, deps: StoreDeps): void {
  app.post(
    `${ONE}/repeal`,
    {
      config: EDIT,
      schema: {
        ...{ tags: TAGS, summary: '废止一项制度：仍可查看，不再要人学习', params: IdParams },
        description: describeRefusals({
          ...{ ...HELD, 'regulation.text': '没有写原因' },
          'regulation.state': '有草稿，或没有发布过',
        }),
        body: RepealBody,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, body }, reply) => {
      await repealRegulation(deps, actor, { id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}
