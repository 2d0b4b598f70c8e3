import fastifyMultipart from '@fastify/multipart';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { describeRefusals } from '../http/describe-refusals.ts';
import { DONE, Problem, REFUSALS_OF_ONE } from '../http/problem.ts';
import { receiveFiles, type UploadLimits, uploadParts } from '../http/receive-files.ts';
import { IdParams } from '../http/row-id.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { StoreDeps } from '../store/store.ts';
import { publishMessage, withdrawMessage } from './publish-message.ts';
import { readMessage } from './read-message.ts';
import { MessageDetail, Taken } from './schemas.ts';
import { importMessages } from './take-messages.ts';

const TAGS = ['找错留言'];
const PATH = '/api/v1/find-errors';
const ASSIGN = { access: 'finderror.assign' } as const;
const FILE_BYTES_MAX = 20 * 1_048_576;
const LIMITS: UploadLimits = {
  ...{ files: 1, fileBytes: FILE_BYTES_MAX, bytes: FILE_BYTES_MAX },
  tooLarge: `一个文件最多 ${FILE_BYTES_MAX / 1_048_576} MB；请分成几个再导入。`,
};
const REFUSED = {
  'finderror.unknown': '没有这条留言，或看不到',
  'finderror.state': '现在不能这样办',
  'finderror.changed': '看过之后别人办过',
  'finderror.text': '没有写，或太长',
};
const VERSION = z.int().min(1).max(1_000_000).describe('看到的版本');
const now = (): string => new Date().toISOString();

/** One message, an export taken in, and what is published of messages. */
export function registerMessageRoutes(app: HttpServer, deps: StoreDeps): void {
  app.get(
    `${PATH}/:id`,
    {
      config: { access: 'finderror.read' },
      schema: {
        ...{ tags: TAGS, summary: '一条找错留言：内容、期限、经过、公布的文字' },
        description: describeRefusals({ 'finderror.unknown': REFUSED['finderror.unknown'] }),
        params: IdParams,
        response: { 200: MessageDetail, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }) => {
      const { steps, ...message } = await readMessage(deps, actor, { id, at: now() });
      return { ...message, steps: [...steps] };
    },
  );
  registerPublication(app, deps);
  app.register(async (inner) => {
    await inner.register(fastifyMultipart, uploadParts(LIMITS));
    registerImport(inner.withTypeProvider<ZodTypeProvider>() as HttpServer, deps);
  });
}

function registerPublication(app: HttpServer, deps: StoreDeps): void {
  const common = { tags: TAGS, params: IdParams, response: { ...DONE, ...REFUSALS_OF_ONE } };
  app.post(
    `${PATH}/:id/publication`,
    {
      config: ASSIGN,
      schema: {
        ...{ ...common, summary: '公布留言和答复：文字由人看过，不得有个人信息' },
        description: describeRefusals({ ...REFUSED, 'finderror.private': '文字里还有个人信息' }),
        body: z
          .strictObject({
            version: VERSION,
            content: z.string().trim().min(1).max(2_000),
            answer: z.string().trim().min(1).max(2_000),
            name: z.string().trim().min(1).max(20).describe('公布的称呼'),
          })
          .meta({
            id: 'PublishFindError',
            example: { version: 4, content: '首页打不开', answer: '已恢复。', name: '王**' },
          }),
      },
    },
    async ({ actor, params: { id }, body }, reply) => {
      await publishMessage(deps, actor, { id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${PATH}/:id/withdrawal`,
    {
      config: ASSIGN,
      schema: {
        ...{ ...common, summary: '撤下公布的留言', description: describeRefusals(REFUSED) },
        body: z
          .strictObject({ version: VERSION, reason: z.string().trim().min(1).max(500) })
          .meta({ id: 'WithdrawFindError', example: { version: 5, reason: '答复有误' } }),
      },
    },
    async ({ actor, params: { id }, body }, reply) => {
      await withdrawMessage(deps, actor, { id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}

function registerImport(app: HttpServer, deps: StoreDeps): void {
  app.post(
    `${PATH}/import`,
    {
      config: ASSIGN,
      // The body is a stream of files: its schema is for readers only.
      validatorCompiler: (part) =>
        part.httpPart === 'body' ? () => true : validatorCompiler(part as never),
      schema: {
        ...{ tags: TAGS, summary: '导入国家平台导出的留言（.xlsx、.csv）；编号导过的不再导' },
        description: describeRefusals({
          'finderror.columns': '找不到要有的列',
          'finderror.rows': '有写得不对的行，或行数太多；一条也没有导入',
        }),
        consumes: ['multipart/form-data'],
        body: z
          .object({ files: z.array(z.string().meta({ format: 'binary' })).max(1) })
          .meta({ example: { files: ['找错留言.xlsx'] } }),
        response: { 200: Taken, ...REFUSALS_OF_ONE, 413: Problem },
      },
    },
    async (request) => {
      const [file] = await receiveFiles(request, LIMITS);
      if (file === undefined)
        throw new UserError('http.bad-request', '没有收到文件。', { field: 'files' });
      return importMessages(deps, request.actor, { name: file.name, bytes: file.bytes, at: now() });
    },
  );
}
