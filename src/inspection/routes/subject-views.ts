import { z } from 'zod';
import { SOURCE_KINDS } from '../../domain/account-sources.ts';
import { FindingItemView } from './finding-views.ts';
import { SightView } from './observation-views.ts';

export const REGISTER_STATUS = z.enum([
  'applied',
  'running',
  'suspended',
  'closing',
  'closed',
  'deregistered',
  'migrated',
]);
const Sponsor = z.object({ id: z.number(), name: z.string() });

export const VerdictView = z
  .object({
    kind: z.enum(['vetoed', 'passed', 'scored', 'inconclusive']),
    isFailing: z.boolean().describe('不合格：单项否决，或门户网站得分低于60分'),
    words: z.string(),
    rules: z.array(z.object({ id: z.string(), label: z.string() })),
  })
  .meta({ id: 'VerdictView', description: '判定' });

const COMMON = {
  id: z.number(),
  name: z.string(),
  sponsor: Sponsor,
  printRow: z.string(),
  status: REGISTER_STATUS,
  lastVerdict: VerdictView.nullable(),
  lastRound: z.string().nullable(),
};

const SITE_FIELDS = {
  ...COMMON,
  siteCode: z.string(),
  homeUrl: z.string(),
  isPortal: z.boolean(),
  hasService: z.boolean(),
};
const ACCOUNT_FIELDS = {
  ...COMMON,
  platform: z.string(),
  accountId: z.string(),
  sources: z.array(z.enum(SOURCE_KINDS)).describe('信源的种类，按次序'),
  completeness: z.number().nullable().describe('现在的登记信息完整度，0–100'),
};

const EXAMPLE = {
  id: 12,
  name: '岳阳市某局',
  sponsor: { id: 31, name: '岳阳市某局' },
  printRow: '岳阳市',
  status: 'running',
  lastVerdict: {
    kind: 'vetoed',
    isFailing: true,
    words: '不合格（单项否决）',
    rules: [{ id: 'site.veto.home-stale', label: '首页不更新' }],
  },
  lastRound: '2020Q3',
} as const;
export const SITE_EXAMPLE = {
  ...EXAMPLE,
  siteCode: '4306000012',
  homeUrl: 'http://www.example.gov.cn/',
  isPortal: false,
  hasService: true,
} as const;
export const ACCOUNT_EXAMPLE = {
  ...EXAMPLE,
  platform: '微信公众号',
  accountId: 'gh_0123456789ab',
  sources: ['wechat', 'rss'],
  completeness: 82,
} as const;

export const SiteItem = z
  .object(SITE_FIELDS)
  .meta({ id: 'SiteItem', description: '网站', example: SITE_EXAMPLE });
export const AccountItem = z
  .object(ACCOUNT_FIELDS)
  .meta({ id: 'AccountItem', description: '政务新媒体账号', example: ACCOUNT_EXAMPLE });

const PAST = {
  history: z.array(
    z.object({
      validFrom: z.string(),
      value: z.record(z.string(), z.unknown()),
      source: z.string().nullable().describe('改动的来源，如采用了报送系统的哪一处差异'),
    }),
  ),
  rounds: z.array(
    z.object({
      period: z.string(),
      label: z.string(),
      verdict: VerdictView.nullable(),
      monitoredAt: z.string(),
      checked: z.boolean(),
      findings: z.number().describe('成立且没有驳回的'),
    }),
  ),
  dutyChain: z.array(z.object({ id: z.number(), name: z.string(), level: z.number() })),
};
const PAST_EXAMPLE = { history: [], rounds: [], dutyChain: [{ id: 1, name: '湖南省', level: 0 }] };

export const SiteDetail = z
  .object({ ...SITE_FIELDS, ...PAST })
  .meta({ id: 'SiteDetail', example: { ...SITE_EXAMPLE, ...PAST_EXAMPLE } });
export const AccountDetail = z
  .object({ ...ACCOUNT_FIELDS, ...PAST })
  .meta({ id: 'AccountDetail', example: { ...ACCOUNT_EXAMPLE, ...PAST_EXAMPLE } });

const ROUND_FIELDS = {
  verdict: VerdictView.nullable(),
  monitoredAt: z.string(),
  stage: z.string(),
  pages: z.array(
    z.object({
      url: z.string(),
      role: z.string(),
      outcome: z.string(),
      status: z.number().nullable(),
      bytes: z.number(),
      fetchedAt: z.string(),
      snapshot: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
  facts: z.array(
    z.object({
      key: z.string(),
      state: z.enum(['observed', 'absent', 'unobserved']),
      value: z.unknown(),
      reason: z.string().nullable(),
      gatheredAt: z.string(),
      gatherer: z.string(),
    }),
  ),
  findings: z.array(FindingItemView),
};
const NoticeView = z.object({
  ruleId: z.string(),
  label: z.string(),
  title: z.string(),
  clause: z.string(),
  status: z.enum(['met', 'breached', 'notApplicable', 'undetermined']),
  occurrences: z.number().int(),
  reason: z.string().nullable(),
  evidence: z.array(
    z.object({ locator: z.string(), excerpt: z.string(), snapshot: z.string().nullable() }),
  ),
});
const ROUND_EXAMPLE = {
  verdict: null,
  monitoredAt: '2020-09-17T15:59:59.999Z',
  stage: 'judged',
  pages: [],
  facts: [],
  findings: [],
};

const Range = z.object({ lowest: z.number(), highest: z.number() });

const Score = z
  .object({
    words: z.string(),
    notes: z.array(z.string()),
    total: Range.nullable(),
    deduction: Range.extend({ isScaled: z.boolean().describe('按75分计，得分×4/3') }).nullable(),
    bonus: Range.extend({ isOpen: z.enum(['yes', 'no', 'maybe']) }).nullable(),
    entries: z.array(
      z.object({
        entryId: z.string(),
        name: z.string(),
        part: z.enum(['deduct', 'bonus']),
        group: z.string(),
        cap: z.number().nullable().describe('该项总分值'),
        counted: Range.describe('扣掉或加上的'),
        lines: z.array(
          z.object({
            ruleId: z.string(),
            label: z.string(),
            judgedBy: z.enum(['machine', 'person']),
            state: z.enum(['counted', 'clear', 'undetermined', 'notApplicable', 'off']),
            points: z.number().nullable().describe('每处；空为待核'),
            occurrences: z.number(),
            countedElsewhere: z.number().describe('已在其他指标计过，不重复计'),
            unseen: z.number().nullable().describe('没能看清的还可能有几处；空为不知道'),
          }),
        ),
      }),
    ),
  })
  .meta({
    id: 'ScoreView',
    description: '门户网站怎样计分，单位是百分之一分；最低到最高是没能判定的各种可能',
  });

export const SiteRound = z
  .object({
    ...ROUND_FIELDS,
    score: Score.nullable().describe('只有门户网站有'),
    probes: z
      .array(
        z.object({
          scheduledAt: z.string(),
          happenedAt: z.string(),
          outcome: z.string(),
          status: z.number().nullable(),
          totalMs: z.number().nullable(),
          errorClass: z.string().nullable(),
        }),
      )
      .describe('首页访问，按计划时间'),
    sections: z.array(
      z.object({
        name: z.string(),
        url: z.string(),
        level: z.number(),
        kind: z.string(),
        content: z.string(),
        newest: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    ),
    notices: z.array(NoticeView).describe('规范提示：不进判定、得分、审核和通报'),
  })
  .meta({
    id: 'SiteRound',
    example: { ...ROUND_EXAMPLE, score: null, probes: [], sections: [], notices: [] },
  });

export const AccountRound = z
  .object({
    ...ROUND_FIELDS,
    posts: z
      .array(
        z.object({
          title: z.string(),
          url: z.string().nullable(),
          publishedAt: z.string().nullable(),
        }),
      )
      .describe('各信源里最新的一条'),
    observations: z.array(SightView),
    notices: z.array(NoticeView).describe('规范提示：不进判定、审核和通报'),
  })
  .meta({
    id: 'AccountRound',
    example: { ...ROUND_EXAMPLE, posts: [], observations: [], notices: [] },
  });
