import fastifyMultipart from '@fastify/multipart';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { FILE_BYTES_MAX } from '../../documents/attachment.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, Problem, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { receiveFiles, type UploadLimits, uploadParts } from '../../http/receive-files.ts';
import { IdParams } from '../../http/row-id.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { attachFile, detachFile, openFile } from '../cases/attach-file.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import { APPLY, CASE_TAGS, now, READ_CASE, STEP_REFUSALS } from './case-routes.ts';
import { BYTES, CaseFileView, FileParams, Upload, UploadQuery } from './case-schemas.ts';

const PATH = '/api/v1/account-cases/:id/files';
const MEGABYTES = FILE_BYTES_MAX / 1_048_576;
const LIMITS: UploadLimits = {
  ...{ files: 1, fileBytes: FILE_BYTES_MAX, bytes: FILE_BYTES_MAX },
  tooLarge: `一次一个文件，不超过 ${MEGABYTES} MB。`,
};

/** The files of a case. */
export function registerFileRoutes(app: HttpServer, deps: LifecycleDeps): void {
  app.register(async (inner) => {
    await inner.register(fastifyMultipart, uploadParts(LIMITS));
    registerUpload(inner.withTypeProvider<ZodTypeProvider>() as HttpServer, deps);
  });
  app.get(
    `${PATH}/:fileId`,
    {
      config: READ_CASE,
      schema: {
        tags: CASE_TAGS,
        summary: '下载一个附件',
        description: describeRefusals({
          'case.unknown': '没有这件事项，或看不到',
          'file.unknown': '没有这个附件',
        }),
        params: FileParams,
        response: { 200: BYTES, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id, fileId } }, reply) => {
      const { name, mediaType, content } = await openFile(deps, actor, { caseId: id, fileId });
      return reply
        .headers({
          'content-type': mediaType,
          // Never shown in our own page: what somebody uploaded stays a file.
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
          'content-security-policy': "default-src 'none'; sandbox",
        })
        .send(Buffer.from(content));
    },
  );
  app.delete(
    `${PATH}/:fileId`,
    {
      config: APPLY,
      schema: {
        tags: CASE_TAGS,
        summary: '去掉一个附件（草稿、退回时）',
        description: describeRefusals({ ...STEP_REFUSALS, 'file.unknown': '没有这个附件' }),
        params: FileParams,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id, fileId } }, reply) => {
      await detachFile(deps, actor, { caseId: id, fileId });
      return reply.code(204).send(null);
    },
  );
}

function registerUpload(app: HttpServer, deps: LifecycleDeps): void {
  app.post(
    PATH,
    {
      config: APPLY,
      // The body is a stream of files: its schema is for readers only.
      validatorCompiler: (part) =>
        part.httpPart === 'body' ? () => true : validatorCompiler(part as never),
      schema: {
        tags: CASE_TAGS,
        summary: '附一个文件（草稿、退回时）：PDF、PNG、JPEG、.docx、.xlsx',
        description: describeRefusals({
          ...STEP_REFUSALS,
          'case.file-type': '内容不是这几种文件',
          'case.files': '附件太多',
        }),
        consumes: ['multipart/form-data'],
        params: IdParams,
        querystring: UploadQuery,
        body: Upload,
        response: { 201: CaseFileView, ...REFUSALS_OF_ONE, 413: Problem },
      },
    },
    async (request, reply) => {
      const { actor, params, query } = request;
      const [file] = await receiveFiles(request, LIMITS);
      if (file === undefined)
        throw new UserError('http.bad-request', '没有收到文件。', { field: 'files' });
      const input = { caseId: params.id, purpose: query.purpose, file, at: now() };
      return reply.code(201).send(await attachFile(deps, actor, input));
    },
  );
}
