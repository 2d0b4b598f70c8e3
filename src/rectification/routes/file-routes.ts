import fastifyMultipart from '@fastify/multipart';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { FILE_BYTES_MAX } from '../../documents/attachment.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, Problem, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { receiveFiles, type UploadLimits, uploadParts } from '../../http/receive-files.ts';
import { IdParams } from '../../http/row-id.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { addFile, openFile, removeFile } from '../cases/files.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import {
  BYTES,
  FileParams,
  now,
  READ,
  RectificationFileView,
  STEP_REFUSALS,
  TAGS,
  Upload,
} from './schemas.ts';

const PATH = '/api/v1/rectification/cases/:id/files';
const ANSWER = { access: 'rectification.answer' } as const;
const LIMITS: UploadLimits = {
  ...{ files: 1, fileBytes: FILE_BYTES_MAX, bytes: FILE_BYTES_MAX },
  tooLarge: `一个附件最多 ${FILE_BYTES_MAX / 1_048_576} MB；请缩小或分开再传。`,
};

/** The files of a unit's answers. */
export function registerFileRoutes(app: HttpServer, deps: RectificationDeps): void {
  app.register(async (inner) => {
    await inner.register(fastifyMultipart, uploadParts(LIMITS));
    registerUpload(inner.withTypeProvider<ZodTypeProvider>() as HttpServer, deps);
  });
  app.get(
    `${PATH}/:fileId`,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '下载一个附件',
        description: describeRefusals({
          'rectification.unknown': '没有这件整改事项，或看不到',
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
      config: ANSWER,
      schema: {
        tags: TAGS,
        summary: '去掉一个还没有上报的附件',
        description: describeRefusals({ ...STEP_REFUSALS, 'file.unknown': '没有这个附件' }),
        params: FileParams,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id, fileId } }, reply) => {
      await removeFile(deps, actor, { caseId: id, fileId });
      return reply.code(204).send(null);
    },
  );
}

function registerUpload(app: HttpServer, deps: RectificationDeps): void {
  app.post(
    PATH,
    {
      config: ANSWER,
      // The body is a stream of files: its schema is for readers only.
      validatorCompiler: (part) =>
        part.httpPart === 'body' ? () => true : validatorCompiler(part as never),
      schema: {
        tags: TAGS,
        summary: '给要填报的整改情况添一个附件：PDF、PNG、JPEG、.docx、.xlsx',
        description: describeRefusals({
          ...STEP_REFUSALS,
          'case.file-type': '内容不是这几种文件，或含有宏',
          'rectification.files': '附件太多',
        }),
        consumes: ['multipart/form-data'],
        params: IdParams,
        body: Upload,
        response: { 201: RectificationFileView, ...REFUSALS_OF_ONE, 413: Problem },
      },
    },
    async (request, reply) => {
      const { actor, params } = request;
      const [file] = await receiveFiles(request, LIMITS);
      if (file === undefined)
        throw new UserError('http.bad-request', '没有收到文件。', { field: 'files' });
      return reply
        .code(201)
        .send(await addFile(deps, actor, { caseId: params.id, file, at: now() }));
    },
  );
}
