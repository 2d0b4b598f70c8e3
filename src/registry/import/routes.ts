import fastifyMultipart from '@fastify/multipart';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { DONE, Problem, REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { receiveFiles, type UploadLimits, uploadParts } from '../../http/receive-files.ts';
import { approveImport, confirmImport, refuseImport, submitImport } from './decide-import.ts';
import {
  discardImport,
  type ImportDeps,
  type ImportPreview,
  listImports,
  previewImport,
  readChanges,
  readImport,
} from './import-draft.ts';
import {
  ChangeList,
  ChangesQuery,
  FILES_MAX,
  Preview,
  PreviewList,
  RefusalBody,
} from './import-schemas.ts';

const UPLOAD_LIMITS: UploadLimits = {
  ...{ files: FILES_MAX, fileBytes: 16 * 1024 * 1024, bytes: 32 * 1024 * 1024 },
  tooLarge: `一次最多上传 ${FILES_MAX} 个文件，每个不超过 16 MB，共不超过 32 MB。`,
};

const Params = z.strictObject({ id: z.uuid() });
const Nothing = z.strictObject({});
const UploadQuery = z.strictObject({
  map: z.string().trim().min(1).max(60).optional().describe('按这个保存的列映射读账号'),
});
const Upload = z
  .object({ files: z.array(z.string().meta({ format: 'binary' })).max(FILES_MAX) })
  .meta({ example: { files: ['名录.xlsx'] } });

const ERRORS =
  '401 identity.signed-out · 403 identity.forbidden、identity.csrf · 429 http.too-many';
const TAGS = ['名录'];
const PATH = '/api/v1/registry/imports';
const ACCESS = { access: 'registry.import' } as const;

/** The import wizard: upload and see, confirm, or throw away. */
export function registerImportRoutes(app: HttpServer, deps: ImportDeps): void {
  const now = (): string => new Date().toISOString();
  app.register(async (inner) => {
    await inner.register(fastifyMultipart, uploadParts(UPLOAD_LIMITS));
    registerUpload(inner.withTypeProvider<ZodTypeProvider>() as HttpServer, deps, now);
  });
  registerReads(app, deps, now);
  registerDecisions(app, deps, now);
  app.delete(
    `${PATH}/:id`,
    {
      config: ACCESS,
      schema: {
        tags: TAGS,
        summary: '放弃一份导入草稿',
        description: `错误：400 http.bad-request · ${ERRORS} · 404 registry.import.unknown`,
        params: Params,
        querystring: Nothing,
        response: {
          ...DONE,
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ actor, params }, reply) => {
      await discardImport(deps, actor, params.id);
      return reply.code(204).send(null);
    },
  );
}

function registerReads(app: HttpServer, deps: ImportDeps, now: () => string): void {
  app.get(
    PATH,
    {
      config: ACCESS,
      schema: {
        tags: TAGS,
        summary: '等第二个人批准的导入，和自己近来的',
        response: { 200: PreviewList, ...REFUSALS },
      },
    },
    async ({ actor }) => ({ items: (await listImports(deps, actor, now())).map(copyOf) }),
  );
  app.get(
    `${PATH}/:id`,
    {
      config: ACCESS,
      schema: {
        tags: TAGS,
        summary: '一份导入：自己的，或提交批准的',
        description: `错误：400 http.bad-request · ${ERRORS} · 404 registry.import.unknown`,
        params: Params,
        querystring: Nothing,
        response: { 200: Preview, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }) => copyOf(await readImport(deps, actor, params.id, now())),
  );
  app.get(
    `${PATH}/:id/changes`,
    {
      config: ACCESS,
      schema: {
        tags: TAGS,
        summary: '一份导入逐行的变更：字段、改前、改后；个人信息只给出一部分',
        description: `错误：${ERRORS} · 404 registry.import.unknown`,
        params: Params,
        querystring: ChangesQuery,
        response: { 200: ChangeList, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, query }) => {
      const { items, total } = await readChanges(deps, actor, params.id, query);
      return { items: structuredClone(items) as never, total, totalIsExact: true };
    },
  );
}

const STEPS = {
  confirmation: { summary: '确认导入预览过的那些字节', step: confirmImport },
  submission: { summary: '提交给第二个人批准', step: submitImport },
  approval: { summary: '批准并导入别人提交的', step: approveImport },
} as const;

function registerDecisions(app: HttpServer, deps: ImportDeps, now: () => string): void {
  const description = `错误：400 registry.rows · ${ERRORS} · 404 registry.import.unknown · 409 registry.import.state、registry.import.changed、registry.import.review、registry.import.own`;
  for (const [name, { summary, step }] of Object.entries(STEPS))
    app.post(
      `${PATH}/:id/${name}`,
      {
        config: ACCESS,
        schema: {
          ...{ tags: TAGS, summary, description, params: Params, querystring: Nothing },
          response: { 200: Preview, ...REFUSALS_OF_ONE },
        },
      },
      async ({ actor, params }) => copyOf(await step(deps, actor, params.id, now())),
    );
  app.post(
    `${PATH}/:id/refusal`,
    {
      config: ACCESS,
      schema: {
        ...{ tags: TAGS, summary: '退回别人提交的导入', description, params: Params },
        body: RefusalBody,
        querystring: Nothing,
        response: { 200: Preview, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, body }) =>
      copyOf(await refuseImport(deps, actor, params.id, { ...body, now: now() })),
  );
}

function registerUpload(app: HttpServer, deps: ImportDeps, now: () => string): void {
  app.post(
    PATH,
    {
      config: ACCESS,
      // The body is a stream of files: its schema is for readers only.
      validatorCompiler: (part) =>
        part.httpPart === 'body' ? () => true : validatorCompiler(part as never),
      schema: {
        tags: TAGS,
        summary: '上传名录文件，看会改动什么（不写入名录）',
        description: `multipart/form-data，每个文件一段，最多 ${FILES_MAX} 个、每个 16 MB、共 32 MB。错误：400 registry.import.type、registry.import.files、column-map.unknown、http.bad-request · ${ERRORS} · 409 registry.import.busy · 413 http.too-large`,
        consumes: ['multipart/form-data'],
        body: Upload,
        querystring: UploadQuery,
        response: { 201: Preview, ...REFUSALS, 409: Problem, 413: Problem },
      },
    },
    async (request, reply) => {
      const files = await receiveFiles(request, UPLOAD_LIMITS);
      const preview = await previewImport(deps, request.actor, {
        ...{ files, map: request.query.map ?? null, now: now() },
      });
      return reply.code(201).send(copyOf(preview));
    },
  );
}

/** As the schema has it: arrays that may be written. */
function copyOf(preview: ImportPreview): z.infer<typeof Preview> {
  return structuredClone(preview) as z.infer<typeof Preview>;
}
