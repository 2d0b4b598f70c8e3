import fastifyMultipart from '@fastify/multipart';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, Problem, REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { receiveFiles, type UploadLimits, uploadParts } from '../../http/receive-files.ts';
import { IdParams } from '../../http/row-id.ts';
import { sendXlsx } from '../../http/send-xlsx.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { unitsBelow } from '../../registry/index.ts';
import type { StoreDeps } from '../../store/store.ts';
import { exportChains } from '../posts/export-chains.ts';
import { decideHandover, handOver } from '../posts/hand-over.ts';
import { importChains } from '../posts/import-chains.ts';
import { listChains } from '../posts/list-chains.ts';
import { readChain } from '../posts/read-chain.ts';
import { setPost } from '../posts/set-post.ts';
import {
  BYTES,
  CHAIN_FILTERS,
  ChainDetail,
  ChainList,
  HandoverBody,
  HandoverDecision,
  PAGE,
  PostBody,
} from './chain-schemas.ts';

const TAGS = ['责任人员'];
const V1 = '/api/v1/duty';
const READ = { access: 'duty.read' } as const;
const EDIT = { access: 'duty.edit' } as const;
const FILE_BYTES_MAX = 10 * 1_048_576;
const LIMITS: UploadLimits = {
  ...{ files: 1, fileBytes: FILE_BYTES_MAX, bytes: FILE_BYTES_MAX },
  tooLarge: `一个文件最多 ${FILE_BYTES_MAX / 1_048_576} MB；请分成几个再导入。`,
};
const UNKNOWN = { 'duty.unknown': '没有这个网站或账号，或看不到' };
const WRONG = {
  'duty.text': '没有写，或太长',
  'duty.dates': '日期先后不对',
};
const now = (): string => new Date().toISOString();

/** Who answers for a site or an account: lists, one, set, handed over, in and out as a table. */
export function registerChainRoutes(app: HttpServer, deps: StoreDeps): void {
  registerLists(app, deps);
  for (const kind of ['site', 'account'] as const) registerSubject(app, deps, kind);
  registerDecision(app, deps);
  app.register(async (inner) => {
    await inner.register(fastifyMultipart, uploadParts(LIMITS));
    registerImport(inner.withTypeProvider<ZodTypeProvider>() as HttpServer, deps);
  });
}

function registerLists(app: HttpServer, deps: StoreDeps): void {
  const below = async (unitId: number | undefined): Promise<number[] | undefined> =>
    unitId === undefined ? undefined : unitsBelow(deps.store.db, unitId);
  app.get(
    `${V1}/chains`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '各网站、账号的责任人员：分管领导、责任人、管理员、运维单位' },
        querystring: z.strictObject({ ...PAGE, ...CHAIN_FILTERS }),
        response: { 200: ChainList, ...REFUSALS },
      },
    },
    async ({ actor, query: { unitId, ...query } }) => {
      const filter = { ...query, unitIds: await below(unitId), today: shanghaiDate(now()) };
      const { items, ...counted } = await listChains(deps, actor, filter);
      return { items: items.map((each) => ({ ...each, posts: [...each.posts] })), ...counted };
    },
  );
  app.get(
    `${V1}/chains/export`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '导出责任人员（.xlsx），可以填好再导入' },
        querystring: z.strictObject(CHAIN_FILTERS),
        response: { 200: BYTES, ...REFUSALS },
      },
    },
    async ({ actor, query: { unitId, ...query } }, reply) => {
      const filter = { ...query, unitIds: await below(unitId) };
      const bytes = await exportChains(deps, actor, filter, now());
      return sendXlsx(reply, 'duty-chains', bytes);
    },
  );
}

const NOUNS = { site: '网站', account: '账号' } as const;

function registerSubject(app: HttpServer, deps: StoreDeps, kind: 'site' | 'account'): void {
  const path = `${V1}/${kind}s/:id`;
  const common = { tags: TAGS, params: IdParams };
  app.get(
    path,
    {
      config: READ,
      schema: {
        ...{ ...common, summary: `一个${NOUNS[kind]}的责任人员、以前的人、交接` },
        description: describeRefusals(UNKNOWN),
        response: { 200: ChainDetail, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }) => {
      const chain = await readChain(deps, actor, { kind, subjectId: id, at: now() });
      return {
        ...{ ...chain, posts: [...chain.posts], former: [...chain.former] },
        handovers: chain.handovers.map((each) => ({ ...each, items: [...each.items] })),
        openWork: [...chain.openWork],
      };
    },
  );
  app.put(
    path,
    {
      config: EDIT,
      schema: {
        ...{ ...common, summary: `登记${NOUNS[kind]}一个岗位的人；责任人、管理员换人要办交接` },
        description: describeRefusals({
          ...{ ...UNKNOWN, ...WRONG, 'duty.changed': '打开以后别人改过' },
          'duty.hands': '换人要办理交接',
        }),
        body: PostBody,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, body }, reply) => {
      const { post, seenId, ...holder } = body;
      await setPost(deps, actor, { kind, subjectId: id, post, seenId, holder, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${path}/handovers`,
    {
      config: EDIT,
      schema: {
        ...{ ...common, summary: `交接${NOUNS[kind]}的一个岗位：列清单，等另一个人接收` },
        description: describeRefusals({
          ...{ ...UNKNOWN, ...WRONG, 'duty.vacant': '这个岗位还没有人' },
          ...{ 'duty.handover-open': '已有一次交接没有办完', 'duty.items': '没有写交接清单' },
        }),
        body: HandoverBody,
        response: {
          201: z.object({ id: z.number() }).meta({ id: 'NewHandover', example: { id: 3 } }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ actor, params: { id }, body }, reply) => {
      const { name, office, phone, ...rest } = body;
      const to = { name, office, phone };
      const given = await handOver(deps, actor, { ...rest, to, kind, subjectId: id, at: now() });
      return reply.code(201).send(given);
    },
  );
}

function registerDecision(app: HttpServer, deps: StoreDeps): void {
  app.post(
    `${V1}/handovers/:id/decision`,
    {
      config: EDIT,
      schema: {
        ...{ tags: TAGS, summary: '接收、退回（另一个人）或撤回（发起的人）一次交接' },
        description: describeRefusals({
          ...{ 'duty.handover-unknown': '没有这次交接，或看不到' },
          ...{ 'duty.handover-closed': '已经办完', 'duty.same-person': '要另一个人办' },
          ...WRONG,
        }),
        params: IdParams,
        body: HandoverDecision,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, body }, reply) => {
      await decideHandover(deps, actor, { id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}

function registerImport(app: HttpServer, deps: StoreDeps): void {
  app.post(
    `${V1}/chains/import`,
    {
      config: EDIT,
      // The body is a stream of files: its schema is for readers only.
      validatorCompiler: (part) =>
        part.httpPart === 'body' ? () => true : validatorCompiler(part as never),
      schema: {
        ...{ tags: TAGS, summary: '导入责任人员（.xlsx、.csv）：全部导入，或一行也不导入' },
        description: describeRefusals({
          'duty.columns': '找不到要有的列',
          'duty.rows': '有写得不对的行，或行数太多；一行也没有导入',
        }),
        consumes: ['multipart/form-data'],
        body: z
          .object({ files: z.array(z.string().meta({ format: 'binary' })).max(1) })
          .meta({ example: { files: ['责任人员.xlsx'] } }),
        response: {
          200: z
            .object({ set: z.number(), same: z.number() })
            .meta({ id: 'ImportedDutyChains', example: { set: 12, same: 3 } }),
          ...{ ...REFUSALS_OF_ONE, 413: Problem },
        },
      },
    },
    async (request) => {
      const [file] = await receiveFiles(request, LIMITS);
      if (file === undefined)
        throw new UserError('http.bad-request', '没有收到文件。', { field: 'files' });
      return importChains(deps, request.actor, { name: file.name, bytes: file.bytes, at: now() });
    },
  );
}
