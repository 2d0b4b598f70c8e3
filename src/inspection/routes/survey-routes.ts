import { z } from 'zod';
import { LINK_CLASSES } from '../../domain/facts/link-facts.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { inspectionDb } from '../inspection-db.ts';
import {
  listFailingLinks,
  listSuspectedWords,
  readSiteSurvey,
  type SiteSurvey,
} from '../read/site-survey.ts';
import { LIST_PAGE, listOf, PERIOD, refusals } from './list-query.ts';
import type { InspectionRouteDeps } from './route-deps.ts';

const SiteParams = z.strictObject({ ...IdParams.shape, period: PERIOD });
const CODES = refusals('round.unknown', 'site.unknown');
const LINK_CLASS = z.enum(LINK_CLASSES);
const CLASS_MAX = 40;
const SNAPSHOT = z.string().nullable().describe('原件的 SHA-256；没有存档是 null');

const WalkView = z.object({
  startedAt: z.string(),
  endedAt: z.string().nullable().describe('null：还没有走完'),
  requests: z.number(),
  bytes: z.number(),
  isPurged: z.boolean().describe('网页按保存期限已清理'),
  outcomes: z
    .record(z.string(), z.number())
    .describe('page 网页，unchanged 没有变化的网页，file 文件，其余是没有打开的'),
  isComplete: z.boolean(),
  reasons: z.array(z.string()).describe('没有走完的原因，要知道的其他情况'),
  skipped: z
    .array(z.object({ reason: z.string(), count: z.number(), example: z.string().nullable() }))
    .describe('没有去的地址'),
});
const COUNTS = z
  .array(z.object({ class: LINK_CLASS, home: z.number(), otherPages: z.number() }))
  .describe('各类链接在首页、其他页面各有多少');
const SiteSurveyView = z
  .object({
    walk: WalkView.nullable().describe('全站普查；null：这一批次没有走遍这个网站'),
    other: z
      .object({ period: z.string(), label: z.string() })
      .nullable()
      .describe('这一批次没有走遍时，最近走遍过这个网站的另一批次'),
    links: z
      .object({
        gatheredAt: z.string(),
        reason: z.string().nullable().describe('没能看的原因，或没有查完的原因'),
        pages: z.number(),
        counts: COUNTS,
        listed: z.number().describe('列出的有问题链接'),
        leftOut: z.number().describe('超出上限没有列出的'),
      })
      .nullable(),
    words: z
      .object({
        gatheredAt: z.string(),
        reason: z.string().nullable(),
        pagesRead: z.number(),
        charactersRead: z.number(),
        counts: z.array(z.object({ class: z.string(), count: z.number() })),
        lexicons: z.array(z.string()),
        listed: z.number(),
        isCut: z.boolean().describe('问题太多，只列出最重的'),
      })
      .nullable(),
  })
  .meta({
    id: 'SiteSurvey',
    description: '一个批次对一个网站全部链接和文字的查看',
    example: {
      other: null,
      walk: {
        ...{ startedAt: '2026-11-20T14:00:00.000Z', endedAt: '2026-11-20T14:40:00.000Z' },
        ...{ requests: 3_200, bytes: 96_000_000, isPurged: false, isComplete: true },
        ...{ outcomes: { page: 2_400, file: 780, 'http-error': 20 }, reasons: [], skipped: [] },
      },
      links: {
        ...{ gatheredAt: '2026-11-20T14:52:00.000Z', reason: null, pages: 2_400 },
        ...{ counts: [{ class: 'dead', home: 0, otherPages: 12 }], listed: 12, leftOut: 0 },
      },
      words: {
        ...{ gatheredAt: '2026-11-20T14:52:00.000Z', reason: null, pagesRead: 2_400 },
        ...{ charactersRead: 1_900_000, counts: [{ class: 'typo', count: 3 }], listed: 3 },
        ...{ lexicons: ['seed@1'], isCut: false },
      },
    },
  });

const FailingLinkView = z.object({
  url: z.string(),
  from: z.string().describe('所在的网页'),
  onHome: z.boolean(),
  text: z.string(),
  use: z.enum(['page', 'attachment', 'image', 'frame', 'asset']),
  external: z.boolean(),
  class: LINK_CLASS,
  status: z.number().nullable(),
  reason: z.string(),
  looks: z.array(
    z.object({
      at: z.string(),
      kind: z.string(),
      status: z.number().nullable(),
      outcome: z.string(),
    }),
  ),
  snapshot: SNAPSHOT,
});
const LINK_EXAMPLE = {
  ...{ url: 'http://www.x.gov.cn/gone.html', from: 'http://www.x.gov.cn/yw/', onHome: false },
  ...{ text: '旧闻', use: 'page', external: false, class: 'dead', status: 404 },
  ...{ reason: '两次访问都返回 404', snapshot: null },
  looks: [{ at: '2026-11-20T14:45:00.000Z', kind: 'first', status: 404, outcome: '返回 404' }],
} as const;

const SuspectedWordsView = z.object({
  url: z.string(),
  place: z.enum(['title', 'home', 'body']),
  text: z.string(),
  suggestion: z.string().describe('建议写法；提不出是空的'),
  class: z.string(),
  severity: z.enum(['veto', 'serious', 'ordinary', 'notice']),
  confidence: z.number().describe('0–1'),
  reason: z.string(),
  excerpt: z.string(),
  pageDate: z.string().nullable(),
  snapshot: SNAPSHOT,
});
const WORDS_EXAMPLE = {
  ...{ url: 'http://www.x.gov.cn/yw/1.html', place: 'body', text: '布署', suggestion: '部署' },
  ...{ class: 'typo', severity: 'ordinary', confidence: 0.9, reason: '常见错别字' },
  ...{ excerpt: '会议布署了下一步工作', pageDate: '2026-11-02', snapshot: null },
} as const;

/** What a round saw of all links and words of a site: in short, and as lists. */
export function registerSurveyRoutes(app: HttpServer, deps: InspectionRouteDeps): void {
  const db = inspectionDb(deps.store);
  app.get(
    '/api/v1/sites/:id/rounds/:period/survey',
    {
      config: { access: 'round.read' },
      schema: {
        tags: ['批次'],
        summary: '一个网站在一个批次里的全站普查：走了多少、各类链接、疑似错误的文字',
        description: CODES,
        params: SiteParams,
        response: { 200: SiteSurveyView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params, actor }) => surveyView(await readSiteSurvey(db, actor.scope, params)),
  );
  app.get(
    '/api/v1/sites/:id/rounds/:period/survey/links',
    {
      config: { access: 'round.read' },
      schema: {
        tags: ['批次'],
        summary: '全站普查里没有通到该去的地方的链接，最无争议的在前',
        description: CODES,
        params: SiteParams,
        querystring: z.strictObject({ ...LIST_PAGE, class: LINK_CLASS.optional() }),
        response: { 200: listOf(FailingLinkView, LINK_EXAMPLE), ...REFUSALS_OF_ONE },
      },
    },
    async ({ params, query: { class: wanted, ...page }, actor }) => {
      const asked = { ...params, ...page, class: wanted };
      const { items, total } = await listFailingLinks(db, actor.scope, asked);
      const views = items.map((link) => ({ ...link, looks: [...link.looks] }));
      return { items: views, total, totalIsExact: true };
    },
  );
  app.get(
    '/api/v1/sites/:id/rounds/:period/survey/words',
    {
      config: { access: 'round.read' },
      schema: {
        tags: ['批次'],
        summary: '全站普查里疑似错误的文字，最重的在前',
        description: CODES,
        params: SiteParams,
        querystring: z.strictObject({
          ...LIST_PAGE,
          class: z.string().max(CLASS_MAX).optional().describe('只看这一类'),
        }),
        response: { 200: listOf(SuspectedWordsView, WORDS_EXAMPLE), ...REFUSALS_OF_ONE },
      },
    },
    async ({ params, query: { class: wanted, ...page }, actor }) => {
      const asked = { ...params, ...page, class: wanted };
      const { items, total } = await listSuspectedWords(db, actor.scope, asked);
      return { items: [...items], total, totalIsExact: true };
    },
  );
}

function surveyView({ walk, other, links, words }: SiteSurvey): z.input<typeof SiteSurveyView> {
  return { walk: walkView(walk), other, links: linksView(links), words: wordsView(words) };
}

function walkView(walk: SiteSurvey['walk']): z.input<typeof WalkView> | null {
  if (walk === null) return null;
  const { result, ...known } = walk;
  return {
    ...known,
    outcomes: { ...result?.outcomes },
    isComplete: result?.complete ?? false,
    reasons: result === null ? [] : [...result.hitLimits, ...result.notes],
    skipped: (result?.skipped ?? []).map(({ reason, count, examples }) => ({
      ...{ reason, count },
      example: examples[0] ?? null,
    })),
  };
}

function linksView(links: SiteSurvey['links']): z.input<typeof SiteSurveyView>['links'] {
  if (links === null) return null;
  const { value, reason, gatheredAt, listed } = links;
  const counts = LINK_CLASSES.map((name) => ({
    class: name,
    home: value?.home[name] ?? 0,
    otherPages: value?.otherPages[name] ?? 0,
  }));
  return {
    ...{ gatheredAt, listed },
    reason: reason ?? value?.incompleteReason ?? null,
    pages: value?.pages ?? 0,
    counts: counts.filter(({ home, otherPages }) => home + otherPages > 0),
    leftOut: value?.failingLeftOut ?? 0,
  };
}

function wordsView(words: SiteSurvey['words']): z.input<typeof SiteSurveyView>['words'] {
  if (words === null) return null;
  const { value, reason, gatheredAt, listed } = words;
  return {
    ...{ gatheredAt, listed },
    reason: reason ?? value?.incompleteReason ?? null,
    pagesRead: value?.pagesRead ?? 0,
    charactersRead: value?.charactersRead ?? 0,
    counts: Object.entries(value?.foundByClass ?? {})
      .map(([name, count]) => ({ class: name, count }))
      .sort((a, b) => b.count - a.count),
    lexicons: [...(value?.lexicons ?? [])],
    isCut: value?.cut ?? false,
  };
}
