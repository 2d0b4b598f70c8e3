import { z } from 'zod';
import type { KindCoverage, Round } from '../round.ts';
import type { RoundDetail } from '../rounds/read-round.ts';
import { WHOLE_SITES } from '../whole-sites.ts';

const CoverageView = z.object({
  mode: z.enum(['census', 'sample']),
  by: z.enum(['ratio', 'list']).optional(),
  percent: z.number().optional(),
  seed: z.number().optional(),
  file: z.string().optional(),
});

export const ROUND_EXAMPLE = {
  id: 1,
  period: '2020Q3',
  label: '2020年第三季度',
  state: 'reviewing',
  paused: false,
  window: ['2020-07-07', '2020-09-17'],
  monitoredAt: '2020-09-17T15:59:59.999Z',
  ruleset: {
    id: 'hunan-2020',
    name: '湖南省2020年检查',
    version: 1,
    hash: '3f1c0a9be2d45b7c8e9f00112233445566778899aabbccddeeff001122334455',
  },
  clock: 'live',
  coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
  wholeSites: { sites: 'portals', pagesPerSite: 5000 },
  reviewWaived: null,
  undeterminedWaived: null,
  createdAt: '2020-07-01T01:00:00.000Z',
  frozenAt: null,
} as const;

export const RoundItem = z
  .object({
    id: z.number(),
    period: z.string(),
    label: z.string(),
    state: z.enum(['planned', 'gathering', 'judging', 'reviewing', 'frozen', 'issued']),
    paused: z.boolean().describe('有人按了暂停；只有人再按继续才会运行'),
    window: z.tuple([z.string(), z.string()]).describe('采样时间，东八区日期'),
    monitoredAt: z.string(),
    ruleset: z.object({
      id: z.string(),
      name: z.string(),
      version: z.number().describe('规则集的第几版'),
      hash: z.string(),
    }),
    clock: z.enum(['live', 'replay']),
    coverage: z.object({ sites: CoverageView, accounts: CoverageView }),
    wholeSites: z
      .object({
        sites: z.enum(WHOLE_SITES),
        pagesPerSite: z.number().nullable().describe('每站最多访问多少个地址'),
      })
      .describe('全站普查：走遍哪些网站'),
    reviewWaived: z.string().nullable(),
    undeterminedWaived: z.string().nullable(),
    createdAt: z.string(),
    frozenAt: z.string().nullable(),
  })
  .meta({ id: 'RoundItem', description: '批次', example: ROUND_EXAMPLE });

export const ProgressView = z
  .object({
    period: z.string(),
    stage: z.string(),
    done: z.number(),
    total: z.number(),
    pages: z.number(),
    feeds: z.number(),
    probes: z.number(),
    apiCalls: z.number(),
    records: z.number(),
    pagesPerSecond: z.number(),
    etaSeconds: z.number().nullable(),
    at: z.string(),
  })
  .meta({ id: 'RoundProgress', description: '进度：各种工作按花费折算成份数' });

export const RoundDetailView = RoundItem.extend({
  stages: z.array(
    z.object({
      kind: z.enum(['site', 'account']),
      stage: z.enum(['planned', 'visited', 'gathered', 'judged']),
      checked: z.boolean(),
      count: z.number(),
    }),
  ),
  findings: z.array(z.object({ status: z.string(), review: z.string(), count: z.number() })),
  totals: z.object({ pages: z.number(), probes: z.number(), feeds: z.number() }),
  progress: ProgressView.nullable(),
  running: z.boolean().describe('正在由某个进程运行（不一定是本服务）'),
  startedBy: z.string().nullable(),
  failure: z.string().nullable().describe('上一次运行为什么提前停下'),
  blockers: z
    .object({
      ...{ open: z.number(), undetermined: z.number(), contested: z.number() },
      contestRuns: z.object({ letters: z.number(), until: z.string() }).nullable(),
    })
    .describe('还不能冻结的原因：没审完的问题、没核实的无法判定、没答复的申辩、没有满的申辩期'),
}).meta({
  id: 'RoundDetail',
  description: '批次和它的现状；数字只含看得到的单位',
  example: {
    ...ROUND_EXAMPLE,
    stages: [{ kind: 'site', stage: 'judged', checked: true, count: 594 }],
    findings: [{ status: 'breached', review: 'open', count: 3 }],
    totals: { pages: 14_210, probes: 83_160, feeds: 1_200 },
    progress: null,
    running: false,
    startedBy: null,
    failure: null,
    blockers: { open: 3, undetermined: 0, contested: 1, contestRuns: null },
  },
});

export function roundItem(round: Round): z.infer<typeof RoundItem> {
  const { ruleset } = round;
  return {
    id: round.id,
    period: round.period,
    label: round.label,
    state: round.state,
    paused: round.paused,
    window: [round.window[0], round.window[1]],
    monitoredAt: round.monitoredAt,
    ruleset: {
      id: ruleset.id,
      name: ruleset.title,
      version: ruleset.version ?? 1,
      hash: ruleset.hash,
    },
    clock: round.clock,
    coverage: {
      sites: coverageView(round.coverage.sites),
      accounts: coverageView(round.coverage.accounts),
    },
    wholeSites: {
      sites: round.wholeSites.sites,
      pagesPerSite: round.wholeSites.sites === 'none' ? null : round.wholeSites.pagesPerSite,
    },
    reviewWaived: round.reviewWaived,
    undeterminedWaived: round.undeterminedWaived,
    createdAt: round.createdAt,
    frozenAt: round.frozenAt,
  };
}

const coverageView = (coverage: KindCoverage): z.infer<typeof CoverageView> => ({ ...coverage });

export function roundDetail(detail: RoundDetail): z.infer<typeof RoundDetailView> {
  const { round, ...rest } = detail;
  return {
    ...roundItem(round),
    ...rest,
    stages: [...rest.stages],
    findings: [...rest.findings],
  };
}
