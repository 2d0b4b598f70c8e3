import { FILE_BYTES_MAX } from '../../documents/attachment.ts';
import {
  FILE_BYTES,
  oneFileOf,
  receiveFile,
  registerUploads,
  STREAMED_BODY,
  sendFile,
  uploadOf,
} from '../../http/attached-files.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, Problem, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { addFile, openFile, removeFile } from '../cases/files.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import { FileParams, now, READ, RectificationFileView, STEP_REFUSALS, TAGS } from './schemas.ts';

const PATH = '/api/v1/rectification/cases/:id/files';
const ANSWER = { access: 'rectification.answer' } as const;
const LIMITS = oneFileOf(FILE_BYTES_MAX);

/** The files of a unit's answers. */
export function registerFileRoutes(app: HttpServer, deps: RectificationDeps): void {
  registerUploads(app, LIMITS, (inner) => registerUpload(inner, deps));
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
        response: { 200: FILE_BYTES, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id, fileId } }, reply) => {
      return sendFile(reply, await openFile(deps, actor, { caseId: id, fileId }));
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
      ...STREAMED_BODY,
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
        body: uploadOf('整改情况.pdf'),
        response: { 201: RectificationFileView, ...REFUSALS_OF_ONE, 413: Problem },
      },
    },
    async (request, reply) => {
      const { actor, params } = request;
      const file = await receiveFile(request, LIMITS);
      return reply
        .code(201)
        .send(await addFile(deps, actor, { caseId: params.id, file, at: now() }));
    },
  );
}
