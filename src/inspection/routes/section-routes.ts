import { z } from 'zod';
import { STANDARD_KINDS, type StandardKind } from '../../domain/facts/structure-facts.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { DONE, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { inspectionDb } from '../inspection-db.ts';
import { decideSection, SECTION_REASON_MAX, SECTION_URL_MAX } from '../structure/decide-section.ts';
import type { DecidedSection } from '../structure/section-kind.repository.ts';
import { readSiteSections, type SectionItem } from '../structure/site-sections.ts';
import { PERIOD, refusals } from './list-query.ts';
import { type InspectionRouteDeps, nowOf } from './route-deps.ts';

const SECTION_KIND = z
  .enum(Object.keys(STANDARD_KINDS) as [StandardKind, ...StandardKind[]])
  .describe(
    `栏目类别：${Object.entries(STANDARD_KINDS)
      .map(([id, words]) => `${id} ${words}`)
      .join('，')}`,
  );

const Decision = z.object({
  url: z.string(),
  kind: SECTION_KIND,
  reason: z.string(),
  decidedBy: z.string(),
  decidedAt: z.string(),
});
const MARK = {
  oddity: z.enum(['blank', 'stale', 'gone', 'duplicate', 'misplaced', 'deep', 'oneItem']),
  reason: z.string(),
};
const SectionView = z.object({
  name: z.string(),
  url: z.string(),
  parent: z.string().nullable().describe('上级栏目的网址'),
  level: z.number().describe('1 为菜单或首页上的'),
  kind: SECTION_KIND,
  confidence: z.number().describe('0–100；100 是由人认定的'),
  sources: z.array(z.enum(['person', 'tag', 'name', 'place', 'url', 'content'])),
  content: z.enum(['listed', 'blank', 'single', 'query', 'script', 'unobserved']),
  reason: z.string().nullable().describe('没能看到的原因，或空白的依据'),
  itemCount: z.number(),
  latestTitle: z.string().nullable(),
  latestOn: z.string().nullable(),
  snapshot: z.string().nullable(),
  marks: z.array(z.object(MARK)).describe('栏目设置不合理之处'),
  decision: Decision.nullable().describe('由人认定的类别；下一批次起照此判断'),
});

const DECISION_EXAMPLE = {
  url: 'http://www.yueyang.gov.cn/zwgk/ldzc/',
  kind: 'leaders',
  reason: '栏目名是“领导之窗”，内容是领导名单',
  decidedBy: '张三（zhangsan）',
  decidedAt: '2020-09-18T01:00:00.000Z',
} as const;
const SiteSectionsView = z
  .object({
    state: z.enum(['observed', 'absent', 'unobserved']),
    reason: z.string().nullable(),
    items: z.array(SectionView),
    leftOut: z.number().describe('超出上限没有保留的栏目'),
    below: z
      .array(z.object({ ...MARK, name: z.string(), url: z.string() }))
      .describe('在所读层级以下的栏目'),
    unseenDecisions: z.array(Decision).describe('认定过、但这个批次没有看到的栏目'),
  })
  .meta({
    id: 'SiteSections',
    example: {
      ...{ state: 'observed', reason: null, leftOut: 0, below: [], unseenDecisions: [] },
      items: [
        {
          ...{ name: '领导之窗', url: DECISION_EXAMPLE.url, parent: null, level: 1 },
          ...{ kind: 'list', confidence: 40, sources: ['name'], content: 'listed', reason: null },
          ...{ itemCount: 8, latestTitle: null, latestOn: null, snapshot: null },
          marks: [{ oddity: 'duplicate', reason: '与“领导信息”的内容完全相同' }],
          decision: DECISION_EXAMPLE,
        },
      ],
    },
  });

const NewDecision = z
  .strictObject({
    url: z.string().trim().min(1).max(SECTION_URL_MAX).describe('栏目的网址'),
    kind: SECTION_KIND.nullable().describe('null：撤销认定'),
    reason: z.string().trim().min(1).max(SECTION_REASON_MAX),
  })
  .meta({
    id: 'NewSectionDecision',
    example: {
      ...{ url: DECISION_EXAMPLE.url, kind: DECISION_EXAMPLE.kind },
      reason: DECISION_EXAMPLE.reason,
    },
  });

/** What a round saw of a site's sections, and what a person decides one to be. */
export function registerSectionRoutes(app: HttpServer, deps: InspectionRouteDeps): void {
  const db = inspectionDb(deps.store);
  app.get(
    '/api/v1/sites/:id/rounds/:period/sections',
    {
      config: { access: 'round.read' },
      schema: {
        tags: ['批次'],
        summary: '一个网站在一个批次里的栏目：类别、更新、不合理之处、由人认定的类别',
        description: refusals('round.unknown', 'site.unknown'),
        params: z.strictObject({ ...IdParams.shape, period: PERIOD }),
        response: { 200: SiteSectionsView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params, actor }) => {
      const seen = await readSiteSections(db, actor.scope, params);
      return {
        ...seen,
        items: seen.items.map(sectionView),
        below: [...seen.below],
        unseenDecisions: seen.unseenDecisions.map(decisionView),
      };
    },
  );
  app.put(
    '/api/v1/sites/:id/section-kinds',
    {
      config: { access: 'finding.review' },
      schema: {
        tags: ['名录'],
        summary: '认定一个栏目的类别，以后各批次都照此；或撤销认定',
        description: `同一个栏目（按网址）只有一个认定，后来的代替先前的。${refusals(
          ...['site.unknown', 'section.url', 'section.reason', 'section.unknown', 'section.many'],
        )}`,
        params: IdParams,
        body: NewDecision,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params: { id }, body, actor }, reply) => {
      await decideSection(deps, actor, { site: { id }, ...body, at: nowOf(deps) });
      return reply.code(204).send(null);
    },
  );
}

const sectionView = ({ sources, marks, decision, ...section }: SectionItem) => ({
  ...section,
  sources: [...sources],
  marks: [...marks],
  decision: decision && decisionView(decision),
});

const decisionView = ({ url, kind, reason, decidedBy, decidedAt }: DecidedSection) => ({
  ...{ url, kind, reason, decidedBy, decidedAt },
});
