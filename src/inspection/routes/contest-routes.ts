import { z } from 'zod';
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
import { Problem, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams, RowIdText } from '../../http/row-id.ts';
import { attachToContest, openContestFile } from '../review/contest-files.ts';
import { answerContest, CONTEST_CHARACTERS, contestFinding } from '../review/contest-finding.ts';
import { NOTE_CHARACTERS_MAX } from '../review/review-finding.ts';
import { ContestFileView, ContestView, contestView } from './finding-views.ts';
import { refusals } from './list-query.ts';
import { type InspectionRouteDeps, nowOf } from './route-deps.ts';

const FILES = '/api/v1/contests/:id/files';
const LIMITS = oneFileOf(FILE_BYTES_MAX);

/** A unit's contest of a finding before publication, its files, and its answer. */
export function registerContestRoutes(app: HttpServer, deps: InspectionRouteDeps): void {
  registerUploads(app, LIMITS, (inner) => registerUpload(inner, deps));
  app.get(
    `${FILES}/:fileId`,
    {
      config: { access: 'finding.read' },
      schema: {
        ...{ tags: ['问题'], summary: '下载申辩的一个材料' },
        description: refusals('contest.unknown', 'file.unknown'),
        params: z.strictObject({ id: RowIdText, fileId: RowIdText }),
        response: { 200: FILE_BYTES, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id, fileId } }, reply) =>
      sendFile(reply, await openContestFile(deps, actor, { contestId: id, fileId })),
  );
  app.post(
    '/api/v1/findings/:id/contests',
    {
      config: { access: 'finding.contest' },
      schema: {
        tags: ['问题'],
        summary: '本单位对一个问题的申辩（公布之前）',
        description: refusals(
          ...['finding.unknown', 'contest.state', 'contest.not-breached', 'contest.open'],
          'contest.text',
        ),
        params: IdParams,
        body: z
          .strictObject({
            text: z.string().trim().min(CONTEST_CHARACTERS.min).max(CONTEST_CHARACTERS.max),
          })
          .meta({ example: { text: '首页9月10日发布过一条通知，截图见邮件。' } }),
        response: {
          201: z.object({ id: z.number() }).meta({ example: { id: 3 } }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ params, body, actor }, reply) => {
      const input = { findingId: params.id, text: body.text, at: nowOf(deps) };
      return reply.code(201).send({ id: await contestFinding(deps, actor, input) });
    },
  );
  app.post(
    '/api/v1/contests/:id/answer',
    {
      config: { access: 'finding.review' },
      schema: {
        tags: ['问题'],
        summary: '答复申辩：成立（问题随之驳回），或不成立',
        description: refusals('contest.unknown', 'contest.answered', 'contest.state'),
        params: IdParams,
        body: z
          .strictObject({
            decision: z.enum(['uphold', 'dismiss']),
            note: z.string().trim().min(1).max(NOTE_CHARACTERS_MAX),
          })
          .meta({ example: { decision: 'uphold', note: '已核实，9月10日确有更新。' } }),
        response: { 200: ContestView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params, body, actor }) =>
      contestView(
        await answerContest(deps, actor, { contestId: params.id, ...body, at: nowOf(deps) }),
      ),
  );
}

function registerUpload(app: HttpServer, deps: InspectionRouteDeps): void {
  app.post(
    FILES,
    {
      config: { access: 'finding.contest' },
      ...STREAMED_BODY,
      schema: {
        tags: ['问题'],
        summary: '给本单位等待答复的申辩附一个材料：PDF、PNG、JPEG、.docx、.xlsx',
        description: refusals('contest.unknown', 'contest.files', 'case.file-type'),
        consumes: ['multipart/form-data'],
        params: IdParams,
        body: uploadOf('更新截图.png'),
        response: { 201: ContestFileView, ...REFUSALS_OF_ONE, 413: Problem },
      },
    },
    async (request, reply) => {
      const { actor, params } = request;
      const file = await receiveFile(request, LIMITS);
      const input = { contestId: params.id, file, at: nowOf(deps) };
      const { contestId: _, ...added } = await attachToContest(deps, actor, input);
      return reply.code(201).send(added);
    },
  );
}
