import fastifyMultipart from '@fastify/multipart';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { DONE, Problem, REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { receiveFiles, type UploadLimits, uploadParts } from '../../http/receive-files.ts';
import type { RegistryDeps } from '../import-registry.ts';
import {
  confirmImport,
  discardImport,
  type ImportPreview,
  previewImport,
  readImport,
} from './import-draft.ts';

/** A province's register has three tables; its largest workbook has some megabytes. */
const FILES_MAX = 10;
const UPLOAD_LIMITS: UploadLimits = {
  ...{ files: FILES_MAX, fileBytes: 16 * 1024 * 1024, bytes: 32 * 1024 * 1024 },
  tooLarge: `一次最多上传 ${FILES_MAX} 个文件，每个不超过 16 MB，共不超过 32 MB。`,
};

const Counts = z.object({ added: z.number(), changed: z.number(), unchanged: z.number() });
const Preview = z
  .object({
    id: z.string(),
    files: z.array(
      z.object({ name: z.string(), kind: z.enum(['xlsx', 'csv', 'json']), rows: z.number() }),
    ),
    counts: z.object({ units: Counts, sites: Counts, accounts: Counts }),
    errors: z.array(
      z.object({
        file: z.string(),
        sheet: z.string(),
        row: z.number().describe('工作表里的行号；0 指整个文件'),
        column: z.string(),
        message: z.string(),
      }),
    ),
    errorsLeftOut: z.number(),
    warnings: z.array(z.string()),
    state: z.enum(['ready', 'faulty', 'done', 'expired']),
    expiresAt: z.string(),
  })
  .meta({
    id: 'ImportPreview',
    example: {
      id: '0f8f6a5e-6f55-4f0e-9a52-2b1b6b0a4a11',
      files: [{ name: '名录.xlsx', kind: 'xlsx', rows: 2 }],
      counts: {
        units: { added: 1, changed: 0, unchanged: 0 },
        sites: { added: 0, changed: 1, unchanged: 0 },
        accounts: { added: 0, changed: 0, unchanged: 0 },
      },
      errors: [],
      errorsLeftOut: 0,
      warnings: [],
      state: 'ready',
      expiresAt: '2020-09-18T02:00:00.000Z',
    },
  });
const Params = z.strictObject({ id: z.uuid() });
const Nothing = z.strictObject({});
const Upload = z
  .object({ files: z.array(z.string().meta({ format: 'binary' })).max(FILES_MAX) })
  .meta({ example: { files: ['名录.xlsx'] } });

const ERRORS =
  '401 identity.signed-out · 403 identity.forbidden、identity.csrf · 429 http.too-many';
const TAGS = ['名录'];
const ACCESS = { access: 'registry.import' } as const;

/** The import wizard: upload and see, confirm, or throw away. */
export function registerImportRoutes(app: HttpServer, deps: RegistryDeps): void {
  const now = (): string => new Date().toISOString();
  app.register(async (inner) => {
    await inner.register(fastifyMultipart, uploadParts(UPLOAD_LIMITS));
    registerUpload(inner.withTypeProvider<ZodTypeProvider>() as HttpServer, deps, now);
  });
  app.get(
    '/api/v1/registry/imports/:id',
    {
      config: ACCESS,
      schema: {
        tags: TAGS,
        summary: '自己的一份导入草稿',
        description: `错误：400 http.bad-request · ${ERRORS} · 404 registry.import.unknown`,
        params: Params,
        querystring: Nothing,
        response: { 200: Preview, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }) => viewOf(await readImport(deps, actor, params.id, now())),
  );
  app.post(
    '/api/v1/registry/imports/:id/confirmation',
    {
      config: ACCESS,
      schema: {
        tags: TAGS,
        summary: '确认导入预览过的那些字节',
        description: `错误：400 registry.rows · ${ERRORS} · 404 registry.import.unknown · 409 registry.import.state、registry.import.changed`,
        params: Params,
        querystring: Nothing,
        response: { 200: Preview, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }) => viewOf(await confirmImport(deps, actor, params.id, now())),
  );
  app.delete(
    '/api/v1/registry/imports/:id',
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

function registerUpload(app: HttpServer, deps: RegistryDeps, now: () => string): void {
  app.post(
    '/api/v1/registry/imports',
    {
      config: ACCESS,
      // The body is a stream of files: its schema is for readers only.
      validatorCompiler: (part) =>
        part.httpPart === 'body' ? () => true : validatorCompiler(part as never),
      schema: {
        tags: TAGS,
        summary: '上传名录文件，看会改动什么（不写入名录）',
        description: `multipart/form-data，每个文件一段，最多 ${FILES_MAX} 个、每个 16 MB、共 32 MB。错误：400 registry.import.type、registry.import.files、http.bad-request · ${ERRORS} · 409 registry.import.busy · 413 http.too-large`,
        consumes: ['multipart/form-data'],
        body: Upload,
        querystring: Nothing,
        response: { 201: Preview, ...REFUSALS, 409: Problem, 413: Problem },
      },
    },
    async (request, reply) => {
      const files = await receiveFiles(request, UPLOAD_LIMITS);
      const preview = await previewImport(deps, request.actor, { files, now: now() });
      return reply.code(201).send(viewOf(preview));
    },
  );
}

/** As the schema has it: arrays that may be written. */
function viewOf(preview: ImportPreview): z.infer<typeof Preview> {
  return structuredClone(preview) as z.infer<typeof Preview>;
}
