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
import { attachFile, detachFile, openFile } from '../cases/attach-file.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import { APPLY, CASE_TAGS, now, READ_CASE, STEP_REFUSALS } from './case-routes.ts';
import { CaseFileView, FileParams, UploadQuery } from './case-schemas.ts';

const PATH = '/api/v1/account-cases/:id/files';
const LIMITS = oneFileOf(FILE_BYTES_MAX);

/** The files of a case. */
export function registerFileRoutes(app: HttpServer, deps: LifecycleDeps): void {
  registerUploads(app, LIMITS, (inner) => registerUpload(inner, deps));
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
      ...STREAMED_BODY,
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
        body: uploadOf('申请表.pdf'),
        response: { 201: CaseFileView, ...REFUSALS_OF_ONE, 413: Problem },
      },
    },
    async (request, reply) => {
      const { actor, params, query } = request;
      const file = await receiveFile(request, LIMITS);
      const input = { caseId: params.id, purpose: query.purpose, file, at: now() };
      return reply.code(201).send(await attachFile(deps, actor, input));
    },
  );
}
