import fastifyMultipart from '@fastify/multipart';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { FILE_BYTES } from '../../http/attached-files.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, Problem, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { receiveFiles, type UploadLimits, uploadParts } from '../../http/receive-files.ts';
import { sendXlsx } from '../../http/send-xlsx.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { StoreDeps } from '../../store/store.ts';
import { importDraft } from '../import-draft.ts';
import { listRows, readHandIn } from '../read-hand-in.ts';
import { FILE_BYTES_MAX } from '../read-rows.ts';
import { chooseSubject, discardDraft, submitDraft } from '../step-draft.ts';
import { selfCheckTemplate } from '../template.ts';
import {
  ChoiceBody,
  DiscardBody,
  DraftView,
  HandInView,
  RowList,
  RowParams,
  RowsQuery,
  SubmitBody,
  SubmittedView,
  UnitParams,
} from './schemas.ts';

const TAGS = ['市级自查'];
const UNIT = '/api/v1/self-checks/:id/units/:unitId';
const READ = { access: 'selfcheck.read' } as const;
const SUBMIT = { access: 'selfcheck.submit' } as const;
const UPLOAD_LIMITS: UploadLimits = {
  ...{ files: 1, fileBytes: FILE_BYTES_MAX, bytes: FILE_BYTES_MAX },
  tooLarge: '一次上传一个文件，不超过 16 MB；请分开填报，或去掉图片。',
};
const UNKNOWN = { 'selfcheck.unknown': '没有这次自查、这个单位，或看不到' };
const REFUSED = {
  ...{ ...UNKNOWN, 'selfcheck.closed': '自查已经结束', 'selfcheck.no-draft': '没有草稿' },
  'selfcheck.changed': '看过之后草稿改过',
};
const now = (): string => new Date().toISOString();

/** What a unit hands in: its file, its draft, its versions. */
export function registerDraftRoutes(app: HttpServer, deps: StoreDeps): void {
  app.register(async (inner) => {
    await inner.register(fastifyMultipart, uploadParts(UPLOAD_LIMITS));
    registerUpload(inner.withTypeProvider<ZodTypeProvider>() as HttpServer, deps);
  });
  registerReads(app, deps);
  registerSteps(app, deps);
}

function registerUpload(app: HttpServer, deps: StoreDeps): void {
  app.post(
    `${UNIT}/draft`,
    {
      config: SUBMIT,
      // The body is a stream of files: its schema is for readers only.
      validatorCompiler: (part) =>
        part.httpPart === 'body' ? () => true : validatorCompiler(part as never),
      schema: {
        tags: TAGS,
        summary: '导入自查结果作为草稿，替换原来的草稿；已报送的不变',
        description: describeRefusals({
          ...{ ...UNKNOWN, 'selfcheck.closed': '自查已经结束', 'selfcheck.columns': '表头不对' },
          ...{ 'selfcheck.rows': '有行要改，没有导入', 'registry.import.type': '不是表格文件' },
        }),
        consumes: ['multipart/form-data'],
        params: UnitParams,
        body: z
          .object({ files: z.array(z.string().meta({ format: 'binary' })).max(1) })
          .meta({ example: { files: ['自查结果.xlsx'] } }),
        response: { 200: DraftView, ...REFUSALS_OF_ONE, 413: Problem },
      },
    },
    async (request) => {
      const [file] = await receiveFiles(request, UPLOAD_LIMITS);
      if (file === undefined)
        throw new UserError('http.bad-request', '请选择自查结果的文件。', { field: 'files' });
      return importDraft(deps, request.actor, { ...request.params, file, at: now() });
    },
  );
}

function registerReads(app: HttpServer, deps: StoreDeps): void {
  const common = { tags: TAGS, params: UnitParams, description: describeRefusals(UNKNOWN) };
  app.get(
    UNIT,
    {
      config: READ,
      schema: {
        ...{ ...common, summary: '一个单位的自查：草稿和各版' },
        response: { 200: HandInView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }) => {
      const { versions, ...view } = await readHandIn(deps, actor, params);
      return { ...view, versions: [...versions] };
    },
  );
  app.get(
    `${UNIT}/rows`,
    {
      config: READ,
      schema: {
        ...{ ...common, summary: '一版里的各行，和每行对上的名录对象', querystring: RowsQuery },
        response: { 200: RowList, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, query }) => {
      const { items, total } = await listRows(deps, actor, params, query);
      const copied = items.map((row) => ({ ...row, candidates: [...row.candidates] }));
      return { items: copied, total, totalIsExact: true };
    },
  );
  app.get(
    `${UNIT}/template`,
    {
      config: READ,
      schema: {
        ...{ ...common, summary: '填报模板（.xlsx），带示例和指标名称' },
        response: { 200: FILE_BYTES, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }, reply) =>
      sendXlsx(reply, 'self-check-template', await selfCheckTemplate(deps, actor, params)),
  );
}

function registerSteps(app: HttpServer, deps: StoreDeps): void {
  const description = describeRefusals(REFUSED);
  app.post(
    `${UNIT}/rows/:number/subject`,
    {
      config: SUBMIT,
      schema: {
        ...{ tags: TAGS, summary: '选定一行指的是名录里的哪个对象', description },
        ...{ params: RowParams, body: ChoiceBody, response: { ...DONE, ...REFUSALS_OF_ONE } },
      },
    },
    async ({ actor, params, body }, reply) => {
      await chooseSubject(deps, actor, { ...params, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${UNIT}/submission`,
    {
      config: SUBMIT,
      schema: {
        ...{ tags: TAGS, summary: '报送草稿；报送后不能再改，更正另报一版', description },
        ...{ params: UnitParams, body: SubmitBody },
        response: { 200: SubmittedView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, body }) => submitDraft(deps, actor, { ...params, ...body, at: now() }),
  );
  app.post(
    `${UNIT}/discarding`,
    {
      config: SUBMIT,
      schema: {
        ...{ tags: TAGS, summary: '放弃草稿；已报送的不变', description },
        ...{ params: UnitParams, body: DiscardBody },
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, body }, reply) => {
      await discardDraft(deps, actor, { ...params, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}
