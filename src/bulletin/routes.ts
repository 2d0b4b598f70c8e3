import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { describeRefusals } from '../http/describe-refusals.ts';
import { REFUSALS, REFUSALS_OF_ONE } from '../http/problem.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Store } from '../store/store.ts';
import { listBuilds } from './bulletin.repository.ts';
import { readBuiltFile } from './check-signing.ts';
import type { BulletinDeps } from './commands.ts';
import { registerCorrectionRoutes } from './correction/correction-routes.ts';
import { registerDraftRoutes } from './draft-routes.ts';
import { listArchive, listBulletins } from './list-bulletins.ts';
import { MEDIA_TYPES } from './media-types.ts';
import { previewBulletin, previewRows } from './preview-bulletin.ts';
import { assertFileFor, filesFor, requireReadable } from './read-access.ts';
import type { RowsRef } from './rich-text.ts';
import {
  ArchiveView,
  BulletinList,
  Page,
  PeriodParams,
  PreviewView,
  RowsQuery,
  RowsView,
  Sha256,
} from './schemas.ts';
import { registerSigningRoutes } from './signing-routes.ts';

export type BulletinRouteDeps = Pick<
  BulletinDeps,
  'store' | 'chromiumPath' | 'bulletinsDir' | 'templateDirs' | 'countOwn'
>;

const TAGS = ['通报'];
const READ = { access: 'bulletin.read' } as const;
const UNKNOWN = { 'bulletin.unknown': '没有这一期，还没有生成，或还没有签发而您只能看已签发的' };

/** Bulletins: list, preview with what stands behind each figure, files, archive; build and sign. */
export function registerBulletinRoutes(app: HttpServer, deps: BulletinRouteDeps): void {
  registerListRoutes(app, deps.store);
  registerPreviewRoutes(app, deps);
  registerContentRoute(app, deps.store);
  registerFileRoute(app, deps.store);
  registerSigningRoutes(app, deps);
  registerDraftRoutes(app, deps);
  registerCorrectionRoutes(app, deps.store);
}

function registerListRoutes(app: HttpServer, store: Store): void {
  app.get(
    '/api/v1/bulletins',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '各期通报及其状态，新的在前',
        description: '只看部分单位的人只列出已签发的。',
        querystring: Page,
        response: { 200: BulletinList, ...REFUSALS },
      },
    },
    async ({ actor, query }) => ({
      ...(await listBulletins(store, actor, query)),
      totalIsExact: true,
    }),
  );
  app.get(
    '/api/v1/bulletins/:period/archive',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '一期通报的历次各稿，新的在前',
        description: describeRefusals(UNKNOWN),
        params: PeriodParams,
        querystring: Page,
        response: { 200: ArchiveView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, query }) => {
      await requireReadable(store, actor, params.period);
      return { ...(await listArchive(store, actor, params.period, query)), totalIsExact: true };
    },
  );
}

const PREVIEW_REFUSALS = {
  ...UNKNOWN,
  'round.unknown': '没有这个批次',
  'round.not-reviewing': '批次还没有判定完',
  'bulletin.template.unknown': '没有这个模板',
  'bulletin.template': '模板写得不对，details 逐项说明',
};

function registerPreviewRoutes(app: HttpServer, deps: BulletinRouteDeps): void {
  const { store } = deps;
  app.get(
    '/api/v1/bulletins/:period/preview',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '通报预览：正文的每个数字带着它背后的行，附件带着问题编号',
        description: describeRefusals(PREVIEW_REFUSALS),
        params: PeriodParams,
        querystring: z.strictObject({ template: z.string().min(1).max(40).optional() }),
        response: { 200: PreviewView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, query }) =>
      mutable(await previewBulletin(deps, actor, params.period, query.template)),
  );
  app.get(
    '/api/v1/bulletins/:period/rows',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '一个数字背后的行（预览里的 ref 原样作查询参数）',
        description: describeRefusals(PREVIEW_REFUSALS),
        params: PeriodParams,
        querystring: RowsQuery,
        response: { 200: RowsView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, query }) => {
      const { limit, offset } = query;
      const found = await previewRows({ store }, actor, params.period, refOf(query));
      const items = found.rows.slice(offset, offset + limit).map(({ sponsorId: _, ...row }) => row);
      return { items, total: found.rows.length, totalIsExact: true, subjects: found.subjects };
    },
  );
}

/** The answer's type is a mutable copy of the model's. */
type Mutable<T> = T extends object ? { -readonly [Key in keyof T]: Mutable<T[Key]> } : T;
const mutable = <T>(value: T): Mutable<T> => value as Mutable<T>;

function refOf(query: z.output<typeof RowsQuery>): RowsRef {
  const { rows, ruleId, unitId, printRow, platform, topics } = query;
  return {
    rows,
    checked: query.checked === 'true',
    byScore: query.byScore === 'true',
    noItems: query.noItems === 'true',
    allSound: query.allSound === 'true',
    ...(ruleId === undefined ? {} : { ruleId }),
    ...(unitId === undefined ? {} : { unitId }),
    ...(printRow === undefined ? {} : { printRow }),
    ...(platform === undefined ? {} : { platform }),
    ...(topics === undefined ? {} : { topics }),
  };
}

function registerContentRoute(app: HttpServer, store: Store): void {
  app.get(
    '/api/v1/bulletins/:period',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '最新一稿通报的内容（bulletin.json）和文件名',
        description: describeRefusals(UNKNOWN),
        params: PeriodParams,
        response: {
          200: z
            .looseObject({
              title: z.string(),
              period: z.string(),
              isDraft: z.boolean(),
              files: z.array(z.string()),
              builtAt: z.string(),
              sha256: z.string(),
            })
            .meta({
              id: 'Bulletin',
              description: '字段同 bulletin.json，外加 files、builtAt、sha256',
              example: {
                title: '关于2020年第三季度全省政府网站与政务新媒体检查情况的通报',
                period: '2020Q3',
                isDraft: false,
                files: ['bulletin.json', 'bulletin.docx'],
                builtAt: '2020-09-28T01:00:00.000Z',
                sha256: 'f4a61e32b26d0fff3053f2e285acb9aa51cb68d002f01b02eb4ee18d99d5800d',
              },
            }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ actor, params }) => {
      const { build } = await requireReadable(store, actor, params.period);
      const { content, files, builtAt, sha256 } = build;
      // Who sees a part of the register reads what was published: what nobody could judge is not.
      const published = actor.scope === 'all' ? content : { ...content, undetermined: [] };
      return { ...published, files: filesFor(actor, files), builtAt, sha256 };
    },
  );
}

function registerFileRoute(app: HttpServer, store: Store): void {
  app.get(
    '/api/v1/bulletins/:period/files/:name',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '下载通报文件：最新一稿，或 sha256 指明的一稿',
        description: describeRefusals({
          ...UNKNOWN,
          'bulletin.build.unknown': '没有 sha256 指明的这一稿',
          'bulletin.file.unknown': '这一稿没有这个文件，或文件已被移走',
          'bulletin.file.changed': '磁盘上的文件与生成时不同',
        }),
        params: PeriodParams.extend({ name: z.string().max(60) }),
        querystring: z.strictObject({ sha256: Sha256.optional() }),
        response: {
          200: z.unknown().meta({ description: '文件的字节', example: 'PK…' }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ actor, params, query }, reply) => {
      const newest = (await requireReadable(store, actor, params.period)).build;
      const build =
        query.sha256 === undefined || query.sha256 === newest.sha256
          ? newest
          : await requireBuild(store, actor.scope === 'all', params.period, query.sha256);
      assertFileFor(actor, params.name);
      const bytes = await readBuiltFile(build, params.name);
      return reply
        .headers({
          'content-type': MEDIA_TYPES[params.name] ?? 'application/octet-stream',
          'content-disposition': `attachment; filename="${params.name}"`,
        })
        .send(bytes as never);
    },
  );
}

async function requireBuild(store: Store, mayReadDrafts: boolean, period: string, sha256: string) {
  const { items } = await listBuilds(store.db, period, { limit: 1, offset: 0, sha256 });
  const [build] = mayReadDrafts ? items : [];
  if (!build) throw new UserError('bulletin.build.unknown', '没有这一稿通报。');
  return build;
}
