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
import type { StoreDeps } from '../../store/store.ts';
import { answerQuestion, decideQuestion } from '../questions/answer-question.ts';
import { addFile, openFile, removeFile } from '../questions/question-files.ts';
import { readQuestion } from '../questions/read-question.ts';
import {
  AnswerBody,
  DecideBody,
  QuestionFileParams,
  QuestionFileView,
  QuestionParams,
  QuestionView,
  SteppedView,
} from './question-schemas.ts';

const PATH = '/api/v1/self-checks/:id/units/:unitId/questions/:key';
const TAGS = ['市级自查'];
const READ = { access: 'selfcheck.read' } as const;
const SUBMIT = { access: 'selfcheck.submit' } as const;
const DECIDE = { access: 'selfcheck.open' } as const;
const LIMITS = oneFileOf(FILE_BYTES_MAX);
const UNKNOWN = {
  'selfcheck.unknown': '没有这次自查、这个单位，或看不到',
  'selfcheck.question': '比对里没有这个问题',
};
const REFUSED = {
  ...{ ...UNKNOWN, 'selfcheck.closed': '自查已经结束', 'selfcheck.changed': '看过之后有人办过' },
};
const NO_FILE = { 'file.unknown': '没有这个附件' };
const now = (): string => new Date().toISOString();

/** What a comparison asks: the city answers, the province accepts or asks back. */
export function registerQuestionRoutes(app: HttpServer, deps: StoreDeps): void {
  registerSteps(app, deps);
  registerUploads(app, LIMITS, (inner) => registerUpload(inner, deps));
  app.get(
    `${PATH}/files/:fileId`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '下载答复的一个附件', params: QuestionFileParams },
        description: describeRefusals({ ...UNKNOWN, ...NO_FILE }),
        response: { 200: FILE_BYTES, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }, reply) => sendFile(reply, await openFile(deps, actor, params)),
  );
  app.delete(
    `${PATH}/files/:fileId`,
    {
      config: SUBMIT,
      schema: {
        ...{ tags: TAGS, summary: '去掉还没有随答复提交的一个附件', params: QuestionFileParams },
        description: describeRefusals({ ...REFUSED, ...NO_FILE }),
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }, reply) => {
      await removeFile(deps, actor, params);
      return reply.code(204).send(null);
    },
  );
}

function registerSteps(app: HttpServer, deps: StoreDeps): void {
  app.get(
    PATH,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '比对里的一个问题和它的答复、追问', params: QuestionParams },
        description: describeRefusals(UNKNOWN),
        response: { 200: QuestionView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }) => readQuestion(deps, actor, params) as never,
  );
  app.post(
    `${PATH}/answer`,
    {
      config: SUBMIT,
      schema: {
        ...{ tags: TAGS, summary: '市里答复比对里的一个问题', params: QuestionParams },
        description: describeRefusals({
          ...{ ...REFUSED, 'selfcheck.answered': '省里已经认可' },
          'selfcheck.reason': '没有选原因，或选了“其他”没有写明',
        }),
        body: AnswerBody,
        response: { 200: SteppedView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, body }) =>
      answerQuestion(deps, actor, { ...params, ...body, at: now() }),
  );
  app.post(
    `${PATH}/decision`,
    {
      config: DECIDE,
      schema: {
        ...{ tags: TAGS, summary: '省里认可答复，或追问', params: QuestionParams },
        description: describeRefusals({
          ...{ ...REFUSED, 'selfcheck.not-answered': '市里还没有答复' },
          ...{ 'selfcheck.answered': '已经认可', 'selfcheck.reason': '追问没有写明' },
        }),
        body: DecideBody,
        response: { 200: SteppedView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, body }) =>
      decideQuestion(deps, actor, { ...params, ...body, at: now() }),
  );
}

function registerUpload(app: HttpServer, deps: StoreDeps): void {
  app.post(
    `${PATH}/files`,
    {
      config: SUBMIT,
      ...STREAMED_BODY,
      schema: {
        ...{ tags: TAGS, params: QuestionParams },
        summary: '给要提交的答复附一个文件：PDF、PNG、JPEG、.docx、.xlsx',
        description: describeRefusals({
          ...{ ...REFUSED, 'selfcheck.answered': '省里已经认可', 'selfcheck.files': '附件太多' },
          'case.file-type': '内容不是这几种文件，或含有宏',
        }),
        consumes: ['multipart/form-data'],
        body: uploadOf('截图.png'),
        response: { 201: QuestionFileView, ...REFUSALS_OF_ONE, 413: Problem },
      },
    },
    async (request, reply) => {
      const { actor, params } = request;
      const file = await receiveFile(request, LIMITS);
      return reply.code(201).send(await addFile(deps, actor, { ...params, file, at: now() }));
    },
  );
}
