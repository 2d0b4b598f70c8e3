import fastifyMultipart from '@fastify/multipart';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, Problem, REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { receiveFiles, type UploadLimits, uploadParts } from '../../http/receive-files.ts';
import { IdParams } from '../../http/row-id.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { StoreDeps } from '../../store/store.ts';
import type { RegistryPolicy } from '../registry-policy.ts';
import { adoptDifferences } from './adopt-differences.ts';
import {
  AdoptionBody,
  AdoptionView,
  DifferenceFilter,
  DifferenceList,
  DifferenceQuery,
  DiffList,
  DiffView,
} from './diff-schemas.ts';
import { exportDifferences } from './export-differences.ts';
import { discardDiff, keepDiff } from './keep-diff.ts';
import { listDifferences, listDiffs, readDiff } from './read-diff.ts';

export type DiffDeps = StoreDeps & { readonly registry: RegistryPolicy };

const UPLOAD_LIMITS: UploadLimits = {
  ...{ files: 1, fileBytes: 32 * 1024 * 1024, bytes: 32 * 1024 * 1024 },
  tooLarge: '一次上传一个文件，不超过 32 MB。',
};
const TAGS = ['名录'];
const PATH = '/api/v1/register-diffs';
const READ = { access: 'registry.read' } as const;
const UNKNOWN = { 'register-diff.unknown': '没有这次比对，或已过保存期限' };
const UploadQuery = z.strictObject({
  map: z.string().trim().min(1).max(60).optional().describe('按这个保存的列映射读文件'),
});
const now = (): string => new Date().toISOString();

/** The register against the national system's export: compared, looked through, single differences adopted. */
export function registerDiffRoutes(app: HttpServer, deps: DiffDeps): void {
  app.register(async (inner) => {
    await inner.register(fastifyMultipart, uploadParts(UPLOAD_LIMITS));
    registerUpload(inner.withTypeProvider<ZodTypeProvider>() as HttpServer, deps);
  });
  registerReads(app, deps);
  registerExport(app, deps);
  registerChanges(app, deps);
}

function registerUpload(app: HttpServer, deps: DiffDeps): void {
  app.post(
    PATH,
    {
      config: { access: 'registry.import' },
      // The body is a stream of files: its schema is for readers only.
      validatorCompiler: (part) =>
        part.httpPart === 'body' ? () => true : validatorCompiler(part as never),
      schema: {
        tags: TAGS,
        summary: '上传全国报送系统的导出文件，与名录逐字段比对（不改名录）',
        description: describeRefusals({
          'registry.import.type': '不是表格文件',
          'registry.headers': '表头认不出来',
          'diff.none': '文件里没有账号',
          'column-map.unknown': '没有这个列映射',
        }),
        consumes: ['multipart/form-data'],
        body: z
          .object({ files: z.array(z.string().meta({ format: 'binary' })).max(1) })
          .meta({ example: { files: ['报送系统导出.xlsx'] } }),
        querystring: UploadQuery,
        response: { 201: DiffView, ...REFUSALS, 409: Problem, 413: Problem },
      },
    },
    async (request, reply) => {
      const [file] = await receiveFiles(request, UPLOAD_LIMITS);
      if (file === undefined)
        throw new UserError('http.bad-request', '请选择报送系统的导出文件。', { field: 'files' });
      const map = request.query.map ?? null;
      const id = await keepDiff(deps, request.actor, { file, map, at: now() });
      return reply
        .code(201)
        .send(structuredClone(await readDiff(deps, request.actor, id)) as never);
    },
  );
}

function registerReads(app: HttpServer, deps: DiffDeps): void {
  app.get(
    PATH,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '保存着的比对，新的在前',
        response: { 200: DiffList, ...REFUSALS },
      },
    },
    async ({ actor }) => ({ items: await listDiffs(deps, actor) }),
  );
  app.get(
    `${PATH}/:id`,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '一次比对的数字：自己单位及以下的',
        description: describeRefusals(UNKNOWN),
        params: IdParams,
        response: { 200: DiffView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }) => structuredClone(await readDiff(deps, actor, params.id)) as never,
  );
  app.get(
    `${PATH}/:id/differences`,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '一次比对的差异：只在一方的账号、不同的字段',
        description: describeRefusals(UNKNOWN),
        params: IdParams,
        querystring: DifferenceQuery,
        response: { 200: DifferenceList, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, query: { limit, offset, ...filter } }) => ({
      ...(await listDifferences(deps, actor, params.id, filter, { limit, offset })),
      totalIsExact: true,
    }),
  );
}

function registerExport(app: HttpServer, deps: DiffDeps): void {
  app.get(
    `${PATH}/:id/export`,
    {
      config: { access: 'registry.export' },
      schema: {
        tags: TAGS,
        summary: '把差异导出成 .xlsx',
        description: describeRefusals(UNKNOWN),
        params: IdParams,
        querystring: DifferenceFilter,
        response: {
          200: z.unknown().meta({ description: '文件的字节', example: '…' }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ actor, params, query }, reply) => {
      const bytes = await exportDifferences(deps, actor, params.id, query);
      return reply
        .headers({
          'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          'content-disposition': `attachment; filename="register-diff-${params.id}.xlsx"`,
        })
        .send(Buffer.from(bytes));
    },
  );
}

function registerChanges(app: HttpServer, deps: DiffDeps): void {
  app.post(
    `${PATH}/:id/adoptions`,
    {
      config: { access: 'registry.edit' },
      schema: {
        tags: TAGS,
        summary: '采用选中的差异（theirs），或退回采用前的值（ours）',
        description: `每一处都是名录里的一次有来源的变更。改过的、无权的留着不动，并说明原因。${describeRefusals(UNKNOWN)}`,
        params: IdParams,
        body: AdoptionBody,
        response: { 200: AdoptionView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, body }) =>
      structuredClone(
        await adoptDifferences(deps, actor, { diffId: params.id, ...body, at: now() }),
      ) as never,
  );
  app.delete(
    `${PATH}/:id`,
    {
      config: { access: 'registry.import' },
      schema: {
        tags: TAGS,
        summary: '删除一次比对；已采用的不受影响',
        description: describeRefusals(UNKNOWN),
        params: IdParams,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }, reply) => {
      await discardDiff(deps, actor, params.id);
      return reply.code(204).send(null);
    },
  );
}
