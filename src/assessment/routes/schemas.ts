import { z } from 'zod';
import { RowId, RowIdText } from '../../http/row-id.ts';
import { ASSESSMENT_STATES, UNIT_STATES } from '../assessment-db.ts';
import { CONFIDENCES, MEASURES, PARTS } from '../scheme.ts';
import { NOTE_MAX } from '../steps/report-unit.ts';

/** The shapes that the routes of the assessment take and give. Dates are Asia/Shanghai; points are hundredths. */

export const UnitParams = z.strictObject({ id: RowIdText, unitId: RowIdText });
const Version = z.int().min(1).max(1_000_000).describe('看到的版本');
const Value = z.int().min(0).max(1_000_000).describe('个数；给分的项是百分之一分');
const RuleId = z.string().trim().min(1).max(100);
const Reason = z.string().trim().min(1).max(NOTE_MAX);

export const OpenBody = z
  .strictObject({
    year: z.int().min(2017).max(2100),
    unitIds: z.array(RowId).min(1).max(500).describe('考核的单位，各连同下级'),
    reportBy: z.iso.date().describe('自评的期限'),
  })
  .meta({
    id: 'NewAssessment',
    example: { year: 2026, unitIds: [3, 7], reportBy: '2027-01-20' },
  });
export const OpenedView = z
  .object({ id: z.number() })
  .meta({ id: 'OpenedAssessment', example: { id: 1 } });
export const ReportBody = z
  .strictObject({
    version: Version,
    claims: z
      .array(
        z.strictObject({
          ruleId: RuleId,
          value: Value.nullable(),
          note: z.string().trim().max(NOTE_MAX),
        }),
      )
      .max(100),
  })
  .meta({
    id: 'AssessmentReport',
    example: {
      version: 1,
      claims: [
        { ruleId: 'assess.bonus.intensive', value: 500, note: '网站都已迁移到省集约化平台。' },
      ],
    },
  });
export const DecisionBody = z
  .strictObject({ version: Version, ruleId: RuleId, value: Value, note: Reason })
  .meta({
    id: 'AssessmentDecision',
    example: {
      ...{ version: 2, ruleId: 'assess.bonus.intensive', value: 500 },
      note: '经核对属实',
    },
  });
export const ReviewBody = z
  .strictObject({ version: Version })
  .meta({ id: 'AssessmentReview', example: { version: 3 } });
export const ReturnBody = z
  .strictObject({ version: Version, reason: Reason })
  .meta({ id: 'AssessmentReturn', example: { version: 2, reason: '请补充公开的网址' } });
export const WithdrawBody = z
  .strictObject({ reason: z.string().trim().min(1).max(500) })
  .meta({ id: 'AssessmentWithdrawal', example: { reason: '单位选错了' } });

const HEAD = {
  id: z.number(),
  year: z.number(),
  name: z.string(),
  state: z.enum(ASSESSMENT_STATES),
  reportBy: z.string(),
  measuredOn: z.string().describe('平台数数字的那一天'),
  publishedAt: z.string().nullable(),
  units: z.number(),
  reported: z.number(),
  reviewed: z.number(),
};
const Head = z.object(HEAD);
const HEAD_EXAMPLE = {
  ...{ id: 1, year: 2026, name: '政府网站与政务新媒体监管工作年度考核', state: 'open' },
  ...{ reportBy: '2027-01-20', measuredOn: '2027-01-05', publishedAt: null },
  ...{ units: 14, reported: 3, reviewed: 0 },
} as const;
export const AssessmentList = z
  .object({ items: z.array(Head) })
  .meta({ id: 'AssessmentList', example: { items: [HEAD_EXAMPLE] } });

const Outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('undetermined'), missing: z.array(z.string()) }),
  z.object({ kind: z.literal('vetoed'), vetoes: z.array(z.string()) }),
  z.object({
    kind: z.literal('scored'),
    passes: z.boolean(),
    deduct: z.number(),
    bonus: z.number(),
    bonusCounts: z.boolean().describe('扣分项得分够高，加分才算'),
    total: z.number(),
  }),
]);
const Unit = z.object({
  unitId: z.number(),
  unitName: z.string(),
  state: z.enum(UNIT_STATES),
  version: z.number(),
  returnReason: z.string(),
  outcome: Outcome,
  rank: z.number().nullable(),
  objections: z.number().describe('单位不同意的、平台数的数字有几项'),
  mayOpen: z.boolean().describe('能不能看逐项'),
});
const UNIT_EXAMPLE = {
  ...{ unitId: 3, unitName: '岳阳市', state: 'reported', version: 2, returnReason: '', rank: null },
  ...{ objections: 0, mayOpen: true },
  outcome: { kind: 'undetermined', missing: ['assess.bonus.intensive'] },
} as const;
const Rule = z.object({
  id: z.string(),
  part: z.enum(PARTS),
  title: z.string(),
  measure: z.enum(MEASURES).nullable(),
  form: z.union([
    z.object({ kind: z.literal('atLeast'), count: z.number() }),
    z.object({ kind: z.literal('each'), points: z.number(), free: z.number() }),
    z.object({ kind: z.literal('points') }),
  ]),
  max: z.number().optional(),
  question: z.string().optional(),
  enabled: z.boolean(),
  confidence: z.enum(CONFIDENCES),
  note: z.string(),
});
const RULE_EXAMPLE = {
  ...{ id: 'assess.bonus.intensive', part: 'bonus', title: '政府网站均迁移至集约化平台' },
  ...{ measure: null, form: { kind: 'points' }, max: 5, question: '是否都已迁移', enabled: true },
  ...{ confidence: 'oneSource', note: '加 5 分' },
} as const;
export const AssessmentView = z
  .object({
    head: Head,
    scheme: z.object({
      id: z.string(),
      version: z.number(),
      name: z.string(),
      source: z.string(),
      passAt: z.number(),
      bonusAbove: z.number(),
      deductMax: z.number(),
      bonusMax: z.number(),
      rules: z.array(Rule),
    }),
    units: z.array(Unit),
    may: z.object({
      withdraw: z.boolean(),
      publish: z.string().nullable().optional().describe('为什么现在不能公布；null：能'),
    }),
  })
  .meta({
    id: 'Assessment',
    example: {
      head: HEAD_EXAMPLE,
      scheme: {
        ...{
          id: 'national-2019',
          version: 1,
          name: HEAD_EXAMPLE.name,
          source: '国办秘函〔2019〕19号',
        },
        ...{ passAt: 60, bonusAbove: 80, deductMax: 100, bonusMax: 20, rules: [RULE_EXAMPLE] },
      },
      units: [UNIT_EXAMPLE],
      may: { withdraw: true, publish: '还有 11 个单位没有核定。' },
    },
  });
export const FileParams = UnitParams.extend({ fileId: RowIdText });
export const FileQuery = z.strictObject({ ruleId: RuleId });
export const LineFileView = z
  .object({
    id: z.number(),
    ruleId: z.string(),
    name: z.string(),
    mediaType: z.string(),
    sha256: z.string(),
    bytes: z.number(),
    addedBy: z.string(),
    addedAt: z.string(),
  })
  .meta({
    id: 'AssessmentFile',
    example: {
      ...{ id: 4, ruleId: 'assess.bonus.intensive', name: '迁移证明.pdf', bytes: 20_480 },
      ...{ mediaType: 'application/pdf', sha256: '…', addedBy: '周晓岚' },
      addedAt: '2027-01-08T02:00:00.000Z',
    },
  });
export const AssessedUnitView = z
  .object({
    head: Head,
    unit: Unit,
    lines: z.array(
      z.object({
        rule: Rule,
        measured: z.number().nullable(),
        evidence: z.array(z.object({ words: z.string(), link: z.string().nullable() })),
        claimed: z.number().nullable(),
        claimNote: z.string(),
        decided: z.number().nullable(),
        decisionNote: z.string(),
        decidedBy: z.string().nullable(),
        value: z.number().nullable(),
        centipoints: z.number().nullable(),
        files: z.array(LineFileView),
      }),
    ),
    may: z.object({ report: z.boolean(), review: z.boolean(), return: z.boolean() }),
  })
  .meta({
    id: 'AssessedUnit',
    example: {
      ...{
        head: HEAD_EXAMPLE,
        unit: UNIT_EXAMPLE,
        may: { report: false, review: true, return: true },
      },
      lines: [
        {
          ...{ rule: RULE_EXAMPLE, measured: null, evidence: [], claimed: 500 },
          ...{ claimNote: '都已迁移', decided: null, decisionNote: '', decidedBy: null },
          ...{ value: null, centipoints: null, files: [] },
        },
      ],
    },
  });
