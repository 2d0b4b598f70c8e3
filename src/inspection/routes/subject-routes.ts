import { z } from 'zod';
import type { Observation, PublishedItem } from '../../domain/account-facts.ts';
import { REQUIRED_FIELDS } from '../../domain/completeness.ts';
import type { SectionView } from '../../domain/site-facts.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { SOURCE_FACTS } from '../../indicators/shared/source-sights.ts';
import { loadUnitTree } from '../../registry/index.ts';
import { type InspectionDb, inspectionDb } from '../inspection-db.ts';
import { seek } from '../read/find-words.ts';
import { readSubject } from '../read/read-subject.ts';
import { type FactRow, listProbes, readSubjectRound } from '../read/read-subject-round.ts';
import {
  listRegister,
  REGISTER_SORTS,
  type RegisterItem,
  type RegisterSort,
} from '../read/register-list.ts';
import {
  LIST_PAGE,
  listOf,
  narrowedTo,
  PERIOD,
  refusals,
  sortBy,
  UNIT_ID,
  WORDS,
} from './list-query.ts';
import { sightView } from './observation-views.ts';
import { type InspectionRouteDeps, nowOf } from './route-deps.ts';
import {
  ACCOUNT_EXAMPLE,
  AccountDetail,
  AccountItem,
  AccountRound,
  REGISTER_STATUS,
  SITE_EXAMPLE,
  SiteDetail,
  SiteItem,
  SiteRound,
} from './subject-views.ts';

const PlainQuery = z.strictObject({
  ...LIST_PAGE,
  sort: sortBy(REGISTER_SORTS, 'order'),
  q: WORDS.optional(),
  unitId: UNIT_ID.optional(),
  status: REGISTER_STATUS.optional(),
  printRow: z.string().max(100).optional(),
  asOf: z.iso.date().optional().describe('当天结束时的名录，东八区'),
});
const AccountQuery = PlainQuery.extend({
  platform: z.string().max(50).optional(),
  missing: z
    .enum(['any', ...REQUIRED_FIELDS])
    .optional()
    .describe('登记信息缺这一项的；any 是缺任何一项'),
});
const RoundParams = z.strictObject({ ...IdParams.shape, period: PERIOD });

/** Sites and accounts as the register has them, and what the rounds said of each. */
export function registerSubjectRoutes(app: HttpServer, deps: InspectionRouteDeps): void {
  const db = inspectionDb(deps.store);
  registerLists(app, db);
  registerDetails(app, db);
  registerSubjectRounds(app, deps, db);
}

function registerLists(app: HttpServer, db: InspectionDb): void {
  const described = (summary: string) => ({
    tags: ['名录'],
    summary,
    description: refusals(),
  });
  app.get(
    '/api/v1/sites',
    {
      config: { access: 'registry.read' },
      schema: {
        ...described('网站：搜索、筛选、某一天的名录'),
        querystring: PlainQuery,
        response: { 200: listOf(SiteItem, SITE_EXAMPLE), ...REFUSALS },
      },
    },
    ({ query, actor }) => listed<z.input<typeof SiteItem>>(db, 'site', actor.scope, query),
  );
  app.get(
    '/api/v1/accounts',
    {
      config: { access: 'registry.read' },
      schema: {
        ...described('政务新媒体账号：搜索、筛选、某一天的名录'),
        querystring: AccountQuery,
        response: { 200: listOf(AccountItem, ACCOUNT_EXAMPLE), ...REFUSALS },
      },
    },
    ({ query, actor }) => listed<z.input<typeof AccountItem>>(db, 'account', actor.scope, query),
  );
}

async function listed<Item>(
  db: InspectionDb,
  kind: SubjectKind,
  scope: Parameters<typeof listRegister>[1]['scope'],
  query: z.output<typeof PlainQuery> & {
    platform?: string | undefined;
    missing?: string | undefined;
  },
): Promise<{ items: Item[]; total: number; totalIsExact: boolean }> {
  const { limit, offset, sort, q, unitId, ...filter } = query;
  const tree = await loadUnitTree(db);
  const { unitIds } = await narrowedTo(db, unitId);
  const found = await listRegister(
    db,
    {
      kind,
      scope,
      // History may have had another sponsor, so only the present register is searched within the scope.
      sought: q
        ? await seek(db, q, [kind], filter.asOf, filter.asOf === undefined ? scope : 'all')
        : undefined,
      unitIds,
      ...filter,
    },
    tree.printRowsById(),
    {
      limit,
      offset,
      sort: sort.replace(/^-/, '') as RegisterSort,
      descending: sort.startsWith('-'),
    },
  );
  return { ...found, items: found.items.map(flat<Item>) };
}

/** What belongs to the kind stands beside the rest. */
function flat<Item>({ own, ...item }: RegisterItem): Item {
  return { ...item, ...own } as Item;
}

function registerDetails(app: HttpServer, db: InspectionDb): void {
  app.get(
    '/api/v1/sites/:id',
    {
      config: { access: 'registry.read' },
      schema: {
        tags: ['名录'],
        summary: '一个网站：名录、变更、各批次、责任链',
        description: refusals('site.unknown'),
        params: IdParams,
        response: { 200: SiteDetail, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params, actor }) =>
      flat<z.input<typeof SiteDetail>>(await readSubject(db, actor.scope, 'site', params.id)),
  );
  app.get(
    '/api/v1/accounts/:id',
    {
      config: { access: 'registry.read' },
      schema: {
        tags: ['名录'],
        summary: '一个账号：名录、变更、各批次、责任链',
        description: refusals('account.unknown'),
        params: IdParams,
        response: { 200: AccountDetail, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params, actor }) =>
      flat<z.input<typeof AccountDetail>>(await readSubject(db, actor.scope, 'account', params.id)),
  );
}

function registerSubjectRounds(app: HttpServer, deps: InspectionRouteDeps, db: InspectionDb): void {
  app.get(
    '/api/v1/sites/:id/rounds/:period',
    {
      config: { access: 'round.read' },
      schema: {
        tags: ['批次'],
        summary: '一个网站在一个批次里：访问、栏目、页面、事实、问题、规范提示',
        description: refusals('round.unknown', 'site.unknown'),
        params: RoundParams,
        response: { 200: SiteRound, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params: { id, period }, actor }) => {
      const {
        roundId,
        replyWorkdays: _,
        ...round
      } = await readSubjectRound(db, actor.scope, {
        ...{ kind: 'site' as const, id, period },
      });
      return copied<z.input<typeof SiteRound>>({
        ...round,
        probes: await listProbes(db, roundId, id),
        sections: sectionsOf(round.facts),
      });
    },
  );
  app.get(
    '/api/v1/accounts/:id/rounds/:period',
    {
      config: { access: 'round.read' },
      schema: {
        tags: ['批次'],
        summary: '一个账号在一个批次里：信源、观察、事实、问题、规范提示',
        description: refusals('round.unknown', 'account.unknown'),
        params: RoundParams,
        response: { 200: AccountRound, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params: { id, period }, actor }) => {
      const {
        roundId: _,
        score: __,
        replyWorkdays,
        ...round
      } = await readSubjectRound(db, actor.scope, {
        ...{ kind: 'account' as const, id, period },
      });
      return copied<z.input<typeof AccountRound>>({
        ...round,
        posts: postsOf(round.facts),
        observations: (
          observedValue<readonly Observation[]>(round.facts, 'account.observations') ?? []
        ).map((seen) => sightView(seen, nowOf(deps), replyWorkdays)),
      });
    },
  );
}

/** Read-only views are written out as they are. */
const copied = <T>(value: unknown): T => value as T;

const observedValue = <T>(facts: readonly FactRow[], key: string): T | null => {
  const fact = facts.find((each) => each.key === key && each.state === 'observed');
  return fact === undefined ? null : (fact.value as T);
};

function sectionsOf(facts: readonly FactRow[]): z.input<typeof SiteRound>['sections'] {
  return (observedValue<readonly SectionView[]>(facts, 'site.sections') ?? []).map((section) => ({
    name: section.name,
    url: section.url,
    level: section.level,
    kind: section.kind,
    content: section.content,
    newest: section.newest?.date.value ?? null,
    reason: section.reason ?? null,
  }));
}

/** The newest item of each source that answered. */
function postsOf(facts: readonly FactRow[]): z.input<typeof AccountRound>['posts'] {
  return SOURCE_FACTS.flatMap((key) => {
    const newest = observedValue<{ newest: PublishedItem | null }>(facts, key)?.newest;
    return newest
      ? [{ title: newest.title, url: newest.url, publishedAt: newest.publishedOn }]
      : [];
  });
}
