import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { parsePeriod } from '../../domain/period.ts';
import type { Ruleset } from '../../domain/ruleset.ts';
import { type Instant, isCalendarDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { PlanInput } from '../plan-round.ts';
import type { KindCoverage } from '../round.ts';
import { parseMonitoringTime, parseWindow } from '../run-options.ts';
import { assertNotTooLate, assertReplayIsLocal } from '../run-round.ts';
import { assertWalksNow, PAGES_PER_SITE, WHOLE_SITES } from '../whole-sites.ts';

const SEED_MAX = 2 ** 31 - 1;
const DATE = z.string().max(10).refine(isCalendarDate, { message: '要写成 2020-07-07 这样的日期' });

const NewCoverage = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('census') }),
  z.strictObject({
    mode: z.literal('sample'),
    percent: z.number().gt(0).max(100).multipleOf(0.01).describe('抽查比例，百分数'),
    seed: z
      .number()
      .int()
      .min(0)
      .max(SEED_MAX)
      .optional()
      .describe('不写时随机取一个，并记在批次里'),
  }),
]);

const NewWholeSites = z
  .strictObject({
    sites: z.enum(WHOLE_SITES).describe('走遍哪些网站：不做、门户网站、全部网站'),
    pagesPerSite: z
      .number()
      .int()
      .min(PAGES_PER_SITE.least)
      .max(PAGES_PER_SITE.most)
      .optional()
      .describe(`每站最多访问多少个地址，不写是 ${PAGES_PER_SITE.usual}`),
  })
  .describe('全站普查；不写是不做，补采的批次不能做');

/** The body of POST /rounds. */
export const NewRound = z
  .strictObject({
    period: z.string().min(1).max(40),
    label: z.string().trim().min(1).max(40).optional(),
    window: z.tuple([DATE, DATE]),
    at: z.string().min(10).max(30).describe('监测时间点：日期（当天结束，东八区）或 UTC 时刻'),
    ruleset: z.string().min(1).max(100),
    coverage: z.strictObject({ sites: NewCoverage, accounts: NewCoverage }),
    clock: z.enum(['live', 'replay']),
    wholeSites: NewWholeSites.optional(),
    resolve: z
      .array(z.string().min(1).max(300))
      .max(20)
      .optional()
      .describe('只用于补采：域名指到本机哪里'),
  })
  .meta({
    id: 'NewRound',
    description: '要建的批次',
    example: {
      period: '2026Q4',
      window: ['2026-11-25', '2026-12-20'],
      at: '2026-12-20',
      ruleset: 'hunan-2020',
      coverage: { sites: { mode: 'census' }, accounts: { mode: 'sample', percent: 40 } },
      clock: 'live',
      wholeSites: { sites: 'portals', pagesPerSite: 5000 },
    },
  });

/** The plan that a body describes, with all that can be refused before the register is looked at. */
export async function readNewRound(
  body: z.infer<typeof NewRound>,
  loadRuleset: (id: string) => Promise<Ruleset>,
  now: Instant,
): Promise<PlanInput> {
  const window = parseWindow(body.window.join('..'));
  const period = parsePeriod(body.period);
  const resolveRules = body.resolve ?? [];
  if (body.clock === 'live' && resolveRules.length > 0)
    throw new UserError(
      'round.resolve',
      '实时检查不能在网页上改域名指向；确有需要，请在服务器上用命令行运行。',
      { field: 'resolve' },
    );
  const plan: PlanInput = {
    period: { key: period.key, label: body.label ?? period.label },
    window,
    monitoredAt: parseMonitoringTime(body.at, window),
    ruleset: await loadRuleset(body.ruleset),
    clock: body.clock,
    coverage: {
      sites: coverageOf(body.coverage.sites),
      accounts: coverageOf(body.coverage.accounts),
    },
    sampleRows: [],
    wholeSites: {
      sites: body.wholeSites?.sites ?? 'none',
      pagesPerSite: body.wholeSites?.pagesPerSite ?? PAGES_PER_SITE.usual,
    },
    resolveRules,
    at: now,
    isNew: true,
  };
  assertReplayIsLocal(plan);
  assertWalksNow(plan);
  assertNotTooLate(plan, now);
  return plan;
}

function coverageOf(given: z.infer<typeof NewCoverage>): KindCoverage {
  if (given.mode === 'census' || given.percent === 100) return { mode: 'census' };
  const { percent, seed = randomInt(SEED_MAX) } = given;
  return { mode: 'sample', by: 'ratio', percent, seed };
}
