import { z } from 'zod';
import type { FindingItem } from '../queue/list-findings.ts';
import type { FindingDetail } from '../queue/read-finding.ts';
import type { Contest } from '../review/contest.repository.ts';
import { KIND } from './list-query.ts';

export const REVIEW_STATE = z.enum([
  'open',
  'once',
  'confirmed',
  'rejected',
  'cannotJudge',
  'waived',
]);
export const CONTEST_STATE = z.enum(['open', 'upheld', 'dismissed']);
export const STATUS = z.enum(['breached', 'undetermined', 'met', 'notApplicable']);

export const FINDING_EXAMPLE = {
  id: 4711,
  period: '2020Q3',
  kind: 'site',
  subject: {
    id: 12,
    name: '岳阳市某局',
    identity: '4306000012',
    unitId: 31,
    unitName: '岳阳市某局',
    printRow: '岳阳市',
  },
  rule: { id: 'site.veto.home-stale', label: '首页不更新', class: 'veto', unverified: false },
  status: 'breached',
  review: 'once',
  contested: null,
  source: 'machine',
  excerpt: '最新一条信息的日期是 2020-08-01',
  reason: '监测时间点前 14 天内首页没有更新',
  confirmations: [{ by: '张三（zhangsan）', at: '2020-09-18T01:00:00.000Z' }],
} as const;

export const FindingItemView = z
  .object({
    id: z.number(),
    period: z.string(),
    kind: KIND,
    subject: z.object({
      id: z.number(),
      name: z.string(),
      identity: z.string(),
      unitId: z.number(),
      unitName: z.string(),
      printRow: z.string(),
    }),
    rule: z.object({
      id: z.string(),
      label: z.string(),
      class: z.enum(['veto', 'deduction', 'bonus', 'notice']),
      unverified: z.boolean().describe('条文待核'),
    }),
    status: STATUS,
    review: REVIEW_STATE,
    contested: CONTEST_STATE.nullable().describe('单位的申辩：等待答复、成立、不成立'),
    source: z.string().describe('machine，或录入人'),
    excerpt: z.string().nullable(),
    reason: z.string().nullable(),
    confirmations: z.array(z.object({ by: z.string(), at: z.string() })),
  })
  .meta({ id: 'FindingItem', description: '一个问题', example: FINDING_EXAMPLE });

export const ContestView = z
  .object({
    id: z.number(),
    by: z.string(),
    unit: z.string(),
    text: z.string(),
    at: z.string(),
    state: CONTEST_STATE,
    answer: z.string().nullable(),
    answeredBy: z.string().nullable(),
    answeredAt: z.string().nullable(),
    isLate: z.boolean().describe('申辩期满以后才提出的；照样答复'),
    answerDueOn: z.string().nullable().describe('答复期限；空：早先在告知书以前提出的'),
  })
  .meta({
    id: 'Contest',
    description: '单位在公布前的申辩',
    example: {
      id: 3,
      by: '李四（lisi）',
      unit: '岳阳市某局',
      text: '首页9月10日发布过一条通知，截图见邮件。',
      at: '2020-09-19T02:00:00.000Z',
      state: 'open',
      answer: null,
      answeredBy: null,
      answeredAt: null,
      ...{ isLate: false, answerDueOn: '2020-09-25' },
    },
  });

const EvidenceView = z.object({
  factId: z.string(),
  snapshot: z.string().nullable().describe('抓取原文的 SHA-256'),
  locator: z.string(),
  excerpt: z.string(),
  capturedAt: z.string(),
  url: z.string().nullable(),
  screenshot: z.string().nullable().describe('页面截图的 SHA-256；空：没有截图'),
});

export const ContestFileView = z
  .object({
    ...{ id: z.number(), name: z.string(), mediaType: z.string(), sha256: z.string() },
    ...{ bytes: z.number(), addedBy: z.string(), addedAt: z.string() },
  })
  .meta({
    id: 'ContestFile',
    description: '申辩的佐证材料',
    example: {
      ...{ id: 1, name: '更新截图.png', mediaType: 'image/png', bytes: 48_213 },
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      ...{ addedBy: '李四', addedAt: '2020-09-19T02:05:00.000Z' },
    },
  });

export const FindingDetailView = FindingItemView.extend({
  judgement: z.looseObject({ status: STATUS }),
  evidence: z.array(EvidenceView),
  reviews: z.array(
    z.object({
      decision: z.enum(['confirm', 'reject', 'cannotJudge', 'annotate', 'withdraw', 'reopen']),
      reviewer: z.string(),
      note: z.string(),
      at: z.string(),
    }),
  ),
  contests: z.array(
    ContestView.extend({
      files: z.array(ContestFileView),
      mayAttach: z.string().nullable().describe('为什么不能附材料；空：可以'),
    }),
  ),
  howToFix: z.string(),
  clause: z.string(),
  parameters: z.array(
    z.object({
      name: z.string(),
      value: z.number(),
      unit: z.string(),
      why: z.string(),
      sharedWith: z.string().nullable().describe('是哪条规则的参数；空：本条自己的'),
    }),
  ),
  mayReview: z.string().nullable().describe('为什么不能审核；空：可以'),
  mayConfirm: z.string().nullable().describe('为什么不能确认（也许能驳回）；空：可以'),
  mayWithdraw: z.string().nullable().describe('为什么不能撤回自己的决定；空：可以'),
  mayContest: z.string().nullable().describe('为什么不能申辩；空：可以'),
  next: z
    .object({ prevId: z.number().nullable(), nextId: z.number().nullable() })
    .describe('同样筛选、同样次序下的上一个和下一个'),
}).meta({
  id: 'FindingDetail',
  description: '一个问题和它的证据、审核、申辩',
  example: {
    ...FINDING_EXAMPLE,
    judgement: { status: 'breached', occurrences: 1, evidence: [] },
    evidence: [
      {
        factId: '12:site.home',
        snapshot: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        locator: 'http://www.example.gov.cn/tzgg/1.html',
        excerpt: '最新一条信息的日期是 2020-08-01',
        capturedAt: '2020-09-17T08:00:00.000Z',
        url: 'http://www.example.gov.cn/tzgg/1.html',
        screenshot: null,
      },
    ],
    reviews: [
      {
        decision: 'confirm',
        reviewer: '张三（zhangsan）',
        note: '',
        at: '2020-09-18T01:00:00.000Z',
      },
    ],
    contests: [],
    howToFix: '首页至少每两周发布一次有真实发布时间的信息……',
    clause: '国办秘函〔2019〕19号 检查指标 第一部分 首页不更新',
    parameters: [{ name: 'days', value: 14, unit: '天', why: '监测2周', sharedWith: null }],
    mayReview: null,
    mayConfirm: null,
    mayWithdraw: '您还没有作过决定。',
    mayContest: '您没有代表单位申辩的权限；请找本单位的管理员。',
    next: { prevId: 4705, nextId: 4718 },
  },
});

export function findingItemView(item: FindingItem): z.infer<typeof FindingItemView> {
  return { ...item, confirmations: [...item.confirmations] };
}

export function contestView(contest: Contest): z.infer<typeof ContestView> {
  const { id, unit, text, at, state, answer, answeredAt, isLate, answerDueOn } = contest;
  return {
    ...{ id, unit, text, at, state, answer, answeredAt, isLate, answerDueOn },
    by: contest.by.name,
    answeredBy: contest.answeredBy?.name ?? null,
  };
}

export function findingDetailView(
  detail: FindingDetail,
  next: { prevId: number | null; nextId: number | null },
): z.infer<typeof FindingDetailView> {
  const { mayReview, mayConfirm, mayWithdraw, mayContest, howToFix, clause } = detail;
  return {
    ...findingItemView(detail.item),
    judgement: { ...detail.judgement },
    evidence: [...detail.evidence],
    reviews: detail.reviews.map(({ decision, reviewer, note, reviewedAt }) => ({
      ...{ decision, reviewer, note, at: reviewedAt },
    })),
    contests: detail.contests.map(({ files, mayAttach, ...contest }) => ({
      ...{ ...contestView(contest), mayAttach },
      files: files.map(({ contestId: _, ...file }) => file),
    })),
    parameters: [...detail.parameters],
    ...{ howToFix, clause, mayReview, mayConfirm, mayWithdraw, mayContest, next },
  };
}
