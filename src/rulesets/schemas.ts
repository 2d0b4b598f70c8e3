import { z } from 'zod';

/** The shapes that the rulesets' routes take and give. */

const HASH = '8f14e45fceea167a5a36dedd4bea2543f5a9d1b0c5f3a1e2d4c6b8a09f7e5d31';
const Id = z.string().min(1).max(61);
const Version = z.coerce.number().int().min(1).max(999_999_999);

export const RulesetParams = z.strictObject({ id: Id });
export const VersionQuery = z.strictObject({ version: Version.optional() });
export const DiffQuery = z.strictObject({ from: Version, to: Version });
export const Page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

const Head = z.object({
  id: z.string(),
  name: z.string(),
  version: z.number().int(),
  hash: z.string(),
  extends: z.string().nullable(),
  isShipped: z.boolean(),
  changedBy: z.string().nullable(),
  changedAt: z.string().nullable(),
  reason: z.string().nullable(),
});
const HEAD = {
  id: 'hunan-2020',
  name: '湖南省2020年检查',
  version: 2,
  hash: HASH,
  extends: 'national-2019',
  isShipped: false,
  changedBy: '张三（zhangsan）',
  changedAt: '2020-07-01T00:00:00.000Z',
  reason: '按省办公厅2020年第8期会议纪要',
};

export const RulesetList = z
  .object({
    items: z.array(Head.extend({ isNewest: z.boolean() })),
    total: z.number().int(),
    totalIsExact: z.boolean(),
  })
  .meta({
    id: 'RulesetList',
    example: { items: [{ ...HEAD, isNewest: true }], total: 1, totalIsExact: true },
  });

/** Nothing is worth more than the whole (domain/resolve-ruleset.ts). */
const Centipoints = z.number().int().min(1).max(10_000).nullable();

export const RulesetView = Head.extend({
  scale: z
    .object({
      full: z.number().int(),
      failBelow: z.number().int(),
      bonusAbove: z.number().int(),
      bonusFull: z.number().int(),
      serviceGroup: z.string(),
      serviceFull: z.number().int(),
    })
    .describe('门户网站计分的满分、及格线、加分线，百分之一分'),
  rules: z.array(
    z.object({
      id: z.string(),
      clause: z.string(),
      title: z.string(),
      printedLabel: z.string(),
      class: z.enum(['veto', 'deduction', 'bonus', 'notice']),
      object: z.enum(['site', 'account', 'portal']),
      isOn: z.boolean(),
      isUnverified: z.boolean(),
      judgedBy: z.enum(['machine', 'person']),
      reason: z.string(),
      entryId: z.string().describe('所在的指标；同一指标的各条共用一个总分值'),
      group: z.string().nullable().describe('一级指标；单项否决为空'),
      points: Centipoints.describe('每处分值，百分之一分；空为待核，单项否决为空'),
      cap: Centipoints.describe('该项总分值，百分之一分；空为待核'),
      parameters: z.array(
        z.object({
          name: z.string(),
          value: z.number(),
          default: z.number(),
          unit: z.string(),
          why: z.string(),
          min: z.number(),
          max: z.number(),
          of: z.string().nullable(),
        }),
      ),
    }),
  ),
}).meta({
  id: 'Ruleset',
  description: '一版规则集；isUnverified 为待核；参数的 of 不为空时要在那条规则里改',
  example: {
    ...HEAD,
    scale: {
      ...{ full: 10_000, failBelow: 6_000, bonusAbove: 8_000, bonusFull: 3_000 },
      ...{ serviceGroup: '办事服务', serviceFull: 2_500 },
    },
    rules: [
      {
        id: 'site.veto.home-stale',
        clause: '国办秘函〔2019〕19号 检查指标 第一部分 首页不更新',
        title: '首页不更新',
        printedLabel: '首页不更新',
        class: 'veto',
        object: 'site',
        isOn: true,
        isUnverified: false,
        judgedBy: 'machine',
        reason: '',
        entryId: 'site.veto.home-stale',
        ...{ group: null, points: null, cap: null },
        parameters: [
          {
            name: 'days',
            value: 14,
            default: 14,
            unit: '天',
            why: '监测时间点前2周',
            min: 1,
            max: 3660,
            of: null,
          },
        ],
      },
    ],
  },
});

const change = <Value extends z.ZodType>(value: Value) => z.object({ from: value, to: value });
const Side = z.object({ version: z.number().int(), hash: z.string() });
export const DiffView = z
  .object({
    id: z.string(),
    from: Side,
    to: Side,
    isPercentChanged: z.boolean(),
    isScaleChanged: z.boolean(),
    rules: z.array(
      z.object({
        ruleId: z.string(),
        printedLabel: z.string(),
        isOn: change(z.boolean()).nullable(),
        label: change(z.string()).nullable(),
        parameters: z.array(change(z.number().nullable()).extend({ name: z.string() })),
        reason: change(z.string()).nullable(),
        points: change(Centipoints).nullable(),
        cap: change(Centipoints).nullable(),
      }),
    ),
  })
  .meta({
    id: 'RulesetDiff',
    example: {
      id: 'hunan-2020',
      from: { version: 1, hash: HASH },
      to: { version: 2, hash: HASH },
      isPercentChanged: false,
      isScaleChanged: false,
      rules: [
        {
          ruleId: 'site.veto.home-stale',
          printedLabel: '首页不更新',
          isOn: null,
          label: null,
          parameters: [{ name: 'days', from: 14, to: 30 }],
          ...{ reason: null, points: null, cap: null },
        },
      ],
    },
  });

/** A version changes at most this many rules at once: more than any ruleset has. */
const CHANGES_MAX = 200;
const PARAMETERS_MAX = 50;
const REASON_MAX = 500;
export const NewVersionBody = z
  .strictObject({
    base: z.string().regex(/^[0-9a-f]{64}$/),
    changes: z
      .array(
        z.strictObject({
          ruleId: z.string().min(1).max(100),
          isOn: z.boolean().optional(),
          parameters: z
            .record(z.string().min(1).max(60), z.number())
            .refine((given) => Object.keys(given).length <= PARAMETERS_MAX)
            .optional(),
          points: Centipoints.optional().describe('每处分值，百分之一分'),
          cap: Centipoints.optional().describe('该项总分值，百分之一分；同一指标的各条一起改'),
          confirmsUnverified: z.literal(true).optional(),
        }),
      )
      .min(1)
      .max(CHANGES_MAX),
    reason: z.string().trim().min(1).max(REASON_MAX),
  })
  .meta({
    id: 'RulesetNewVersion',
    example: {
      base: HASH,
      changes: [
        { ruleId: 'site.veto.home-stale', parameters: { days: 30 } },
        { ruleId: 'media.veto.interaction.fake', isOn: true, confirmsUnverified: true },
        {
          ruleId: 'portal.deduct.policy-files',
          ...{ isOn: true, points: 500, cap: 1_000, confirmsUnverified: true },
        },
      ],
      reason: '按省办公厅2020年第8期会议纪要',
    },
  });
