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
import { DONE, Problem, REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import type { StoreDeps } from '../../store/store.ts';
import { importTrainings } from '../trainings/import-trainings.ts';
import {
  attachTrainingFile,
  detachTrainingFile,
  openTrainingFile,
} from '../trainings/training-files.ts';
import { TakenTrainings, TrainingFileParams } from './training-schemas.ts';

const TAGS = ['培训'];
const V1 = '/api/v1/duty/trainings';
const FILES = `${V1}/:id/files` as const;
const EDIT = { access: 'duty.edit' } as const;
const LIMITS = oneFileOf(FILE_BYTES_MAX);
const UNKNOWN = {
  'training.unknown': '没有这次培训，或看不到',
  'file.unknown': '没有这个附件',
};
const HELD = { ...UNKNOWN, 'training.withdrawn': '登记已撤销' };
const now = (): string => new Date().toISOString();

/** What comes and goes as files: the table of sessions, and the evidence of one. */
export function registerTrainingFiles(app: HttpServer, deps: StoreDeps): void {
  registerUploads(app, LIMITS, (inner) => {
    registerImport(inner, deps);
    registerUpload(inner, deps);
  });
  app.get(
    `${FILES}/:fileId`,
    {
      config: { access: 'duty.read' },
      schema: {
        ...{ tags: TAGS, summary: '下载培训的一个附件', params: TrainingFileParams },
        description: describeRefusals(UNKNOWN),
        response: { 200: FILE_BYTES, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }, reply) =>
      sendFile(reply, await openTrainingFile(deps, actor, params)),
  );
  app.delete(
    `${FILES}/:fileId`,
    {
      config: EDIT,
      schema: {
        ...{ tags: TAGS, summary: '去掉培训的一个附件', params: TrainingFileParams },
        description: describeRefusals(HELD),
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }, reply) => {
      await detachTrainingFile(deps, actor, params);
      return reply.code(204).send(null);
    },
  );
}

function registerImport(app: HttpServer, deps: StoreDeps): void {
  app.post(
    `${V1}/import`,
    {
      config: EDIT,
      ...STREAMED_BODY,
      schema: {
        ...{ tags: TAGS, summary: '导入培训（.xlsx、.csv）：全部导入，或一行也不导入' },
        description: describeRefusals({
          ...{ 'duty.columns': '找不到表头', 'duty.rows': '有的行不对，或太多' },
        }),
        consumes: ['multipart/form-data'],
        body: uploadOf('培训.xlsx'),
        response: { 200: TakenTrainings, ...REFUSALS, 413: Problem },
      },
    },
    async (request) => {
      const file = await receiveFile(request, LIMITS);
      return importTrainings(deps, request.actor, { ...file, at: now() });
    },
  );
}

function registerUpload(app: HttpServer, deps: StoreDeps): void {
  app.post(
    FILES,
    {
      config: EDIT,
      ...STREAMED_BODY,
      schema: {
        ...{ tags: TAGS, params: IdParams, consumes: ['multipart/form-data'] },
        summary: '给一次培训附一个文件（签到表、照片、试卷）',
        description: describeRefusals({
          ...{ ...HELD, 'training.files': '附件太多' },
          'case.file-type': '内容不是这几种文件，或含有宏',
        }),
        body: uploadOf('签到表.pdf'),
        response: { ...DONE, ...REFUSALS_OF_ONE, 413: Problem },
      },
    },
    async (request, reply) => {
      const file = await receiveFile(request, LIMITS);
      await attachTrainingFile(deps, request.actor, { id: request.params.id, file, at: now() });
      return reply.code(204).send(null);
    },
  );
}
