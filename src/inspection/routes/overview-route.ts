import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { REFUSALS_OF_ONE } from '../../http/problem.ts';
import { inspectionDb } from '../inspection-db.ts';
import { readOverview } from '../read/read-overview.ts';
import { listRounds } from '../round.repository.ts';
import { KIND, PERIOD, refusals, UNIT_ID } from './list-query.ts';
import { ROUND_EXAMPLE, RoundItem, roundItem } from './round-views.ts';
import type { InspectionRouteDeps } from './route-deps.ts';

const Numbers = z.object({
  registered: z.number().describe('名录里正常运行的'),
  checked: z.number(),
  passing: z.number(),
  failing: z.number(),
  undetermined: z.number(),
  rateText: z.string().describe('合格率，按规则集的印法；没有判完时为空'),
});
const Counts = z.object({ checked: z.number(), failing: z.number(), undetermined: z.number() });
const NUMBERS = {
  registered: 594,
  checked: 594,
  passing: 591,
  failing: 3,
  undetermined: 0,
  rateText: '99.49%',
};

const Overview = z
  .object({
    round: RoundItem.nullable(),
    rounds: z.array(z.object({ period: z.string(), label: z.string() })),
    kinds: z.object({ site: Numbers, account: Numbers }),
    units: z
      .array(
        z.object({
          unitId: z.number(),
          name: z.string(),
          parentId: z.number().nullable(),
          sites: Counts,
          accounts: Counts,
        }),
      )
      .describe('下一级单位，各含其下级'),
    problems: z.array(
      z.object({ ruleId: z.string(), label: z.string(), kind: KIND, count: z.number() }),
    ),
    trend: z.array(
      z.object({
        period: z.string(),
        label: z.string(),
        siteRate: z.number().nullable(),
        accountRate: z.number().nullable(),
      }),
    ),
    waiting: z.array(
      z.object({
        kind: z.enum(['review', 'confirm', 'contest', 'sign', 'undetermined']),
        count: z.number(),
        to: z.string(),
      }),
    ),
  })
  .meta({
    id: 'Overview',
    description: '首页：一个批次的数字',
    example: {
      round: ROUND_EXAMPLE,
      rounds: [{ period: '2020Q3', label: '2020年第三季度' }],
      kinds: { site: NUMBERS, account: NUMBERS },
      units: [],
      problems: [],
      trend: [],
      waiting: [],
    },
  });

/** Rounds that one may choose from on the first page. */
const ROUNDS_MAX = 40;

export function registerOverviewRoute(app: HttpServer, deps: InspectionRouteDeps): void {
  const db = inspectionDb(deps.store);
  app.get(
    '/api/v1/overview',
    {
      config: { access: 'round.read' },
      schema: {
        tags: ['首页'],
        summary: '一个批次的数字：合格率、各单位、问题分布、走势、等我办的事',
        description: refusals('round.unknown'),
        querystring: z.strictObject({ period: PERIOD.optional(), unitId: UNIT_ID.optional() }),
        response: { 200: Overview, ...REFUSALS_OF_ONE },
      },
    },
    async ({ query, actor }) => {
      const { round, ...numbers } = await readOverview(db, actor, query);
      const rounds = (await listRounds(db)).slice(0, ROUNDS_MAX);
      return {
        ...(numbers as unknown as Omit<z.input<typeof Overview>, 'round' | 'rounds'>),
        round: round === null ? null : roundItem(round),
        rounds: rounds.map(({ period, label }) => ({ period, label })),
      };
    },
  );
}
