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
import type { StoreDeps } from '../../store/store.ts';
import { attachDraftFile, detachDraftFile, openRegulationFile } from '../regulations/draft-file.ts';
import { VersionParams } from './regulation-schemas.ts';

const TAGS = ['制度库'];
const FILE = '/api/v1/duty/regulations/:id/draft/file';
const EDIT = { access: 'duty.edit' } as const;
const LIMITS = oneFileOf(FILE_BYTES_MAX);
const HELD = {
  'regulation.unknown': '没有这项制度，或看不到',
  'regulation.repealed': '已经废止',
  'regulation.no-draft': '没有草稿',
};
const now = (): string => new Date().toISOString();

/** The one file of a version of a regulation. */
export function registerRegulationFiles(app: HttpServer, deps: StoreDeps): void {
  registerUploads(app, LIMITS, (inner) => registerUpload(inner, deps));
  app.get(
    '/api/v1/duty/regulations/:id/versions/:versionId/file',
    {
      config: { access: 'duty.read' },
      schema: {
        ...{ tags: TAGS, summary: '下载一个版本的附件', params: VersionParams },
        description: describeRefusals({
          ...{ 'regulation.unknown': HELD['regulation.unknown'], 'file.unknown': '没有附件' },
        }),
        response: { 200: FILE_BYTES, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }, reply) =>
      sendFile(reply, await openRegulationFile(deps, actor, params)),
  );
  app.delete(
    FILE,
    {
      config: EDIT,
      schema: {
        ...{ tags: TAGS, summary: '去掉草稿的附件', params: IdParams },
        description: describeRefusals({ ...HELD, 'file.unknown': '没有附件' }),
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }, reply) => {
      await detachDraftFile(deps, actor, { id, at: now() });
      return reply.code(204).send(null);
    },
  );
}

function registerUpload(app: HttpServer, deps: StoreDeps): void {
  app.post(
    FILE,
    {
      config: EDIT,
      ...STREAMED_BODY,
      schema: {
        ...{ tags: TAGS, params: IdParams, consumes: ['multipart/form-data'] },
        summary: '给草稿附一个文件，代替以前的：PDF、PNG、JPEG、.docx、.xlsx',
        description: describeRefusals({
          ...{ ...HELD, 'case.file-type': '内容不是这几种文件，或含有宏' },
        }),
        body: uploadOf('信息发布审核制度.pdf'),
        response: { ...DONE, ...REFUSALS_OF_ONE, 413: Problem },
      },
    },
    async (request, reply) => {
      const file = await receiveFile(request, LIMITS);
      await attachDraftFile(deps, request.actor, { id: request.params.id, file, at: now() });
      return reply.code(204).send(null);
    },
  );
}
