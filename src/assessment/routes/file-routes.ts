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
import type { AssessmentDeps } from '../assessment-db.ts';
import { addFile, openFile, removeFile } from '../line-files.ts';
import { now, REFUSED, TAGS, UNIT } from './common.ts';
import { FileParams, FileQuery, LineFileView, UnitParams } from './schemas.ts';

const FILES = `${UNIT}/files` as const;
const REPORT = { access: 'assessment.report' } as const;
const LIMITS = oneFileOf(FILE_BYTES_MAX);

/** Files that prove the lines of a unit's own report. */
export function registerFileRoutes(app: HttpServer, deps: AssessmentDeps): void {
  registerUploads(app, LIMITS, (inner) => registerUpload(inner, deps));
  app.get(
    `${FILES}/:fileId`,
    {
      config: { access: 'assessment.read' },
      schema: {
        ...{ tags: TAGS, summary: '下载自评的一个材料', params: FileParams },
        description: describeRefusals({ 'file.unknown': '没有这个附件' }),
        response: { 200: FILE_BYTES, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }, reply) => sendFile(reply, await openFile(deps, actor, params)),
  );
  app.delete(
    `${FILES}/:fileId`,
    {
      config: REPORT,
      schema: {
        ...{ tags: TAGS, summary: '去掉还没有报送的一个材料', params: FileParams },
        description: describeRefusals({ ...REFUSED, 'file.unknown': '没有这个附件' }),
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }, reply) => {
      await removeFile(deps, actor, params);
      return reply.code(204).send(null);
    },
  );
}

function registerUpload(app: HttpServer, deps: AssessmentDeps): void {
  app.post(
    FILES,
    {
      config: REPORT,
      ...STREAMED_BODY,
      schema: {
        ...{ tags: TAGS, params: UnitParams, querystring: FileQuery },
        summary: '给自评的一项附一个材料：PDF、PNG、JPEG、.docx、.xlsx',
        description: describeRefusals({
          ...REFUSED,
          'assessment.rule': '这次考核没有这一项',
          'assessment.files': '材料太多',
          'case.file-type': '内容不是这几种文件，或含有宏',
        }),
        consumes: ['multipart/form-data'],
        body: uploadOf('迁移证明.pdf'),
        response: { 201: LineFileView, ...REFUSALS_OF_ONE, 413: Problem },
      },
    },
    async (request, reply) => {
      const { actor, params, query } = request;
      const file = await receiveFile(request, LIMITS);
      return reply
        .code(201)
        .send(await addFile(deps, actor, { ...params, ...query, file, at: now() }));
    },
  );
}
