import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { describeRefusals } from '../http/describe-refusals.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE } from '../http/problem.ts';
import { RowId } from '../http/row-id.ts';
import type { StoreDeps } from '../store/store.ts';
import { putTemplateInForce, saveTemplate } from './templates/keep-templates.ts';
import {
  listTemplates,
  previewTemplate,
  readTemplate,
  VERSIONS_MAX,
  WORDS_ABILITY,
} from './templates/read-templates.ts';
import { PARTS_MAX } from './templates/template.ts';

const TAGS = ['文书模板'];
const ACCESS = { access: WORDS_ABILITY } as const;
const V1 = '/api/v1/notice-templates';
const now = (): string => new Date().toISOString();

const KindParams = z.strictObject({ kind: z.string().min(1).max(100) });
const Part = z.strictObject({
  when: z.string().max(500).describe('条件，如 repeated > 0；空：总写'),
  lead: z.string().max(200).describe('公文段落的引语，如“一、签收。”；消息没有'),
  text: z.string().max(4_000).describe('文字；{字段} 处填入这件事的内容'),
});
/** A few more than there may be, so that the complaint about too many is ours, in words. */
const Parts = z.array(Part).max(PARTS_MAX + 10);
const Content = z.strictObject({ title: Parts, body: Parts });
const CONTENT_EXAMPLE = {
  title: [{ when: '', lead: '', text: '收到整改通知 {number}：{cases} 件问题' }],
  body: [{ when: '', lead: '', text: '请在 {deadline} 以前完成整改。' }],
};
const Words = z.object({
  title: z.string(),
  paragraphs: z.array(z.object({ lead: z.string(), text: z.string() })),
});
const FORMS = ['message', 'letter'] as const;

const TemplateList = z
  .object({
    items: z.array(
      z.object({
        ...{ kind: z.string(), name: z.string(), form: z.enum(FORMS) },
        versions: z.number(),
        version: z.number().nullable().describe('启用的版本；空：程序自带的文字'),
        since: z.string().nullable(),
        failures: z.number().describe('启用的版本有多少次用不了，改用了自带的文字'),
      }),
    ),
  })
  .meta({
    id: 'NoticeTemplateList',
    example: {
      items: [
        {
          ...{ kind: 'rectify.chase', name: '整改催办', form: 'message', versions: 2 },
          ...{ version: 1, since: '2026-11-30T01:00:00.000Z', failures: 0 },
        },
      ],
    },
  });

const TemplateText = z
  .object({
    ...{ kind: z.string(), name: z.string(), form: z.enum(FORMS) },
    fields: z.array(
      z.object({
        ...{ name: z.string(), words: z.string() },
        kind: z.enum(['words', 'count', 'flag']),
      }),
    ),
    own: Content.describe('程序自带的文字'),
    versions: z.array(
      z.object({
        ...{ version: z.number(), content: Content, note: z.string(), by: z.string() },
        ...{ at: z.string(), isOwn: z.boolean().describe('本人写的，要由别人启用') },
      }),
    ),
    force: z
      .array(
        z.object({
          ...{ id: z.number(), version: z.number().nullable(), reason: z.string() },
          ...{ by: z.string(), at: z.string() },
        }),
      )
      .describe('启用的记录，新的在前；第一条是现在的'),
    failures: z.array(
      z.object({
        ...{ version: z.number(), problem: z.string(), times: z.number(), lastAt: z.string() },
        lastOf: z.string().describe('最近一次是哪一份'),
      }),
    ),
    examples: z.array(z.object({ key: z.string(), label: z.string() })),
  })
  .meta({
    id: 'NoticeTemplate',
    example: {
      ...{ kind: 'rectify.notice', name: '整改通知', form: 'message', own: CONTENT_EXAMPLE },
      fields: [{ name: 'cases', words: '事项的件数', kind: 'count' }],
      ...{ versions: [], force: [], failures: [], examples: [] },
    },
  });

const Preview = z
  .object({
    faults: z.array(
      z.object({
        ...{ in: z.enum(['title', 'body']), part: z.number() },
        of: z.enum(['when', 'lead', 'text']),
        ...{ problem: z.string(), words: z.string() },
      }),
    ),
    worded: Words.nullable(),
    problem: z.string().nullable().describe('对这件事用不了的原因；空：用得了'),
    example: z.string().nullable().describe('试的是哪一件；空：还没有真实的，用的是示例'),
  })
  .meta({
    id: 'NoticeTemplatePreview',
    example: {
      ...{ faults: [], problem: null, example: '整改通知〔2026〕3号（岳阳市）' },
      worded: { title: '收到整改通知', paragraphs: [{ lead: '', text: '请先签收。' }] },
    },
  });

/** Words of letters and notices: read, tried, kept as versions, put in force by another person. */
export function registerTemplateRoutes(app: HttpServer, deps: StoreDeps): void {
  registerReading(app, deps);
  registerTrying(app, deps);
  registerKeeping(app, deps);
}

const UNKNOWN = { 'template.unknown': '没有这种文书或通知' };

function registerReading(app: HttpServer, deps: StoreDeps): void {
  app.get(
    V1,
    {
      config: ACCESS,
      schema: {
        ...{ tags: TAGS, summary: '文书和通知的模板：每一种现在用哪个版本' },
        querystring: z.strictObject({}),
        response: { 200: TemplateList, ...REFUSALS },
      },
    },
    async ({ actor }) => ({ items: await listTemplates(deps, actor) }),
  );
  app.get(
    `${V1}/:kind`,
    {
      config: ACCESS,
      schema: {
        ...{ tags: TAGS, summary: '一种文书的字段、版本、启用和用不了的记录' },
        ...{ description: describeRefusals(UNKNOWN), params: KindParams },
        response: { 200: TemplateText, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }) => {
      const { kind, subject, versions, force, failures, examples } = await readTemplate(
        ...([deps, actor, params.kind] as const),
      );
      const { name, form, fields, content } = subject;
      return {
        ...{ kind, name, form, own: mutable(content), force: [...force], failures: [...failures] },
        fields: Object.entries(fields).map(([field, { words, kind: of }]) => ({
          ...{ name: field, words, kind: of },
        })),
        versions: versions.map(({ version, content: words, note, by, byId, at }) => ({
          ...{ version, content: mutable(words), note, by, at },
          isOwn: byId !== null && byId === actor.userId,
        })),
        examples: examples.map(({ key, label }) => ({ key, label })),
      };
    },
  );
}

const mutable = ({
  title,
  body,
}: Awaited<ReturnType<typeof readTemplate>>['subject']['content']) => ({
  title: title.map((part) => ({ ...part })),
  body: body.map((part) => ({ ...part })),
});

function registerTrying(app: HttpServer, deps: StoreDeps): void {
  app.post(
    `${V1}/:kind/previews`,
    {
      config: ACCESS,
      schema: {
        ...{ tags: TAGS, summary: '在一件真实的事上试用一段文字；什么也不改' },
        description: describeRefusals({ ...UNKNOWN, 'template.example': '没有这件事' }),
        params: KindParams,
        body: z
          .strictObject({ content: Content, example: z.string().max(100).nullable() })
          .meta({ id: 'TryNoticeTemplate', example: { content: CONTENT_EXAMPLE, example: null } }),
        response: { 200: Preview, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { kind }, body }) => {
      const { faults, worded, ...rest } = await previewTemplate(deps, actor, { kind, ...body });
      const paragraphs = worded?.paragraphs.map((each) => ({ ...each })) ?? [];
      return {
        ...{ ...rest, faults: [...faults] },
        worded: worded && { title: worded.title, paragraphs },
      };
    },
  );
}

function registerKeeping(app: HttpServer, deps: StoreDeps): void {
  const broken = { 'template.broken': '写得不对；details 说明哪一段第几个字' };
  app.post(
    `${V1}/:kind/versions`,
    {
      config: ACCESS,
      schema: {
        ...{ tags: TAGS, summary: '保存为下一个版本；由另一个人启用以后才用' },
        description: describeRefusals({
          ...{ ...UNKNOWN, ...broken, 'template.too-many': `已有 ${VERSIONS_MAX} 个版本` },
        }),
        params: KindParams,
        body: z.strictObject({ content: Content, note: z.string().trim().min(1).max(500) }).meta({
          id: 'NewNoticeTemplate',
          example: { content: CONTENT_EXAMPLE, note: '按省办新的行文习惯' },
        }),
        response: {
          201: z
            .object({ version: z.number() })
            .meta({ id: 'KeptNoticeTemplate', example: { version: 2 } }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ actor, params: { kind }, body }, reply) =>
      reply.code(201).send(await saveTemplate(deps, actor, { kind, ...body, at: now() })),
  );
  app.put(
    `${V1}/:kind/force`,
    {
      config: ACCESS,
      schema: {
        ...{ tags: TAGS, summary: '启用一个版本，也可以是从前的；空：改回自带的文字' },
        description: describeRefusals({
          ...{ ...UNKNOWN, ...broken, 'template.version': '没有这个版本' },
          'template.same-person': '写的人不能自己启用',
          'template.changed': '有人刚改过启用的版本',
          'template.holds': '用的就是这个版本',
        }),
        params: KindParams,
        body: z
          .strictObject({
            version: z.int().min(1).max(VERSIONS_MAX).nullable(),
            insteadOf: RowId.nullable().describe('看到的、现在启用的那条记录的编号；空：还没有'),
            reason: z.string().trim().min(1).max(500),
          })
          .meta({
            id: 'PutNoticeTemplate',
            example: { version: 2, insteadOf: null, reason: '核对无误' },
          }),
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { kind }, body }, reply) => {
      await putTemplateInForce(deps, actor, { kind, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}
