import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { describeRefusals } from '../http/describe-refusals.ts';
import { REFUSALS, REFUSALS_OF_ONE } from '../http/problem.ts';
import { type BlockVersion, blockVersions, newestBlocks } from './block.repository.ts';
import type { BulletinDeps } from './commands.ts';
import { addBlock, BLOCKS_EVER_MAX, changeBlock } from './edit-blocks.ts';
import { PARAGRAPH_MAX, TEXT_MAX } from './issue.ts';
import { assertWholeRegister } from './read-access.ts';
import { PeriodParams } from './schemas.ts';
import { listTemplates } from './template/read-templates.ts';

type DraftDeps = Pick<BulletinDeps, 'store' | 'templateDirs'>;

const TAGS = ['通报'];
const UNKNOWN = { 'bulletin.unknown': '没有这一期，或您只能看已签发的' };
const CHANGE = {
  ...UNKNOWN,
  'round.unknown': '没有这个批次',
  'bulletin.final': '已由两人签发，不能再改',
  'bulletin.block.reason': '批注没有写理由',
  'bulletin.block.many': '插入段或改动太多',
};

const Template = z.object({
  id: z.string(),
  name: z.string(),
  basis: z.string(),
  sha256: z.string(),
  faults: z.array(z.string()),
});
const TemplateList = z.object({ items: z.array(Template) }).meta({
  id: 'BulletinTemplates',
  description: 'faults 不为空的不能用，逐处说明写坏在哪里',
  example: {
    items: [
      {
        id: 'henan',
        name: '河南：短式',
        basis: '河南省2022年第四季度通报',
        sha256: 'ab',
        faults: [],
      },
    ],
  },
});

const Block = z.object({
  block: z.number().int(),
  version: z.number().int(),
  kind: z.enum(['text', 'annotation']),
  after: z.string(),
  place: z.number().int(),
  text: z.string(),
  reason: z.string(),
  removed: z.boolean(),
  by: z.string(),
  at: z.string(),
});
const EXAMPLE = {
  ...{ block: 1, version: 2, kind: 'text' as const, after: 'overview', place: 0 },
  ...{ text: '长沙市做法较好。', reason: '', removed: false },
  ...{ by: '张三（zhangsan）', at: '2020-09-28T01:00:00.000Z' },
};
const BlockView = Block.meta({ id: 'BulletinBlock', example: EXAMPLE });
const BlockList = z
  .object({ items: z.array(Block).max(BLOCKS_EVER_MAX) })
  .meta({ id: 'BulletinBlocks', example: { items: [EXAMPLE] } });

const text = z.string().trim().min(1).max(PARAGRAPH_MAX);
const reason = z.string().trim().max(TEXT_MAX);
const place = z.number().int().min(0).max(1000);
const NewBlockBody = z
  .strictObject({
    kind: z.enum(['text', 'annotation']),
    template: z.string().max(40).optional(),
    after: z.string().min(1).max(40),
    place: place.default(0),
    text,
    reason: reason.default(''),
  })
  .meta({
    id: 'NewBulletinBlock',
    description: 'after 是预览里的 key；kind 为 annotation 时要写 reason',
    example: { kind: 'text', after: 'overview', text: '长沙市做法较好。' },
  });
const ChangeBlockBody = z
  .strictObject({
    version: z.number().int().min(1).max(1_000_000),
    text: text.optional(),
    reason: reason.optional(),
    place: place.optional(),
    removed: z.boolean().optional(),
  })
  .meta({
    id: 'BulletinBlockChange',
    description: 'version 是看到的那一版；removed 为 true 去掉，为 false 取回',
    example: { version: 1, text: '长沙市、株洲市做法较好。' },
  });
const BlockParams = PeriodParams.extend({
  block: z.coerce.number().int().min(1).max(2_147_483_647),
});

const shown = ({ period: _, ...block }: BlockVersion): z.output<typeof Block> => block;
const now = (): string => new Date().toISOString();

/** Templates to choose from, and the office's words between the computed parts of a draft: who wrote which version when. */
export function registerDraftRoutes(app: HttpServer, deps: DraftDeps): void {
  app.get(
    '/api/v1/bulletin-templates',
    {
      config: { access: 'bulletin.read' },
      schema: { tags: TAGS, summary: '通报模板', response: { 200: TemplateList, ...REFUSALS } },
    },
    async () => ({
      items: (await listTemplates(deps)).map((each) => ({ ...each, faults: [...each.faults] })),
    }),
  );
  registerReadRoutes(app, deps);
  registerChangeRoutes(app, deps);
}

function registerReadRoutes(app: HttpServer, { store }: DraftDeps): void {
  app.get(
    '/api/v1/bulletins/:period/blocks',
    {
      config: { access: 'bulletin.read' },
      schema: {
        tags: TAGS,
        summary: '一期通报里办公室写的插入段和批注，各取最新一版（含去掉的）',
        description: describeRefusals(UNKNOWN),
        params: PeriodParams,
        response: { 200: BlockList, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { period } }) => {
      assertWholeRegister(actor, period);
      return { items: (await newestBlocks(store.db, period)).map(shown) };
    },
  );
  app.get(
    '/api/v1/bulletins/:period/blocks/:block/versions',
    {
      config: { access: 'bulletin.read' },
      schema: {
        tags: TAGS,
        summary: '一段的各版，新的在前',
        description: describeRefusals(UNKNOWN),
        params: BlockParams,
        response: { 200: BlockList, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { period, block } }) => {
      assertWholeRegister(actor, period);
      return { items: (await blockVersions(store.db, period, block)).map(shown) };
    },
  );
}

function registerChangeRoutes(app: HttpServer, deps: DraftDeps): void {
  app.post(
    '/api/v1/bulletins/:period/blocks',
    {
      config: { access: 'bulletin.build' },
      schema: {
        tags: TAGS,
        summary: '在一个计算段之后写一段话，或批注它（计算段本身不能改，只能重新计算）',
        description: describeRefusals({
          ...CHANGE,
          'bulletin.block.place': '模板里没有 after 这一段，details 列出可用的',
          'bulletin.template.unknown': '没有这个模板',
        }),
        params: PeriodParams,
        body: NewBlockBody,
        response: { 201: BlockView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { period }, body }, reply) =>
      reply.code(201).send(shown(await addBlock(deps, actor, { period, ...body, at: now() }))),
  );
  app.patch(
    '/api/v1/bulletins/:period/blocks/:block',
    {
      config: { access: 'bulletin.build' },
      schema: {
        tags: TAGS,
        summary: '改一段、去掉一段或取回，成为新的一版',
        description: describeRefusals({
          ...CHANGE,
          'bulletin.block.unknown': '没有这一段',
          'bulletin.block.changed': '别人刚改过，version 不是最新的',
        }),
        params: BlockParams,
        body: ChangeBlockBody,
        response: { 200: BlockView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { period, block }, body }) =>
      shown(await changeBlock(deps, actor, { period, block, ...body, at: now() })),
  );
}
