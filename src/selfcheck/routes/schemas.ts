import { z } from 'zod';
import { RowId, RowIdText } from '../../http/row-id.ts';
import { UNMATCHED } from '../../registry/index.ts';
import { CATEGORIES } from '../compare.ts';
import { UNITS_MAX, WORKDAYS_MAX } from '../open-self-check.ts';
import { QUESTION_STANDS } from '../questions/question.ts';
import { ROW_STANDS } from '../read-hand-in.ts';
import { CHECK_RESULTS } from '../read-rows.ts';
import { HAND_IN_STATES, MATCHED_BY } from '../self-check-db.ts';

const KIND = z.enum(['site', 'account']);
const NOTE_MAX = 500;

export const UnitParams = z.strictObject({ id: RowIdText, unitId: RowIdText });
export const RowParams = UnitParams.extend({
  number: z.coerce.number().int().min(1).max(1_000_000).describe('文件里的行号'),
});

const Head = z.object({
  ...{ id: z.number(), period: z.string(), label: z.string(), state: z.enum(['open', 'closed']) },
  dueOn: z.string(),
  isProvisional: z.boolean().describe('那一年的节假日安排还没有公布，期限可能会变'),
  ...{ note: z.string(), openedAt: z.string(), openedBy: z.string() },
  units: z.number().describe('看得到的单位中，要自查的'),
  submitted: z.number().describe('其中已报送的'),
});
const HEAD_EXAMPLE = {
  ...{ id: 1, period: '2026-Q4', label: '2026 年第四季度', state: 'open' as const },
  ...{ dueOn: '2026-11-30', isProvisional: false, note: '', openedAt: '2026-11-16T02:00:00.000Z' },
  ...{ openedBy: '省甲', units: 14, submitted: 3 },
};
export const SelfCheckList = z
  .object({ items: z.array(Head) })
  .meta({ id: 'SelfCheckList', example: { items: [HEAD_EXAMPLE] } });

const Agreement = z
  .object({
    counts: z.object({
      ...{ provinceOnly: z.number(), toPair: z.number(), notChecked: z.number() },
      ...{ cityOnly: z.number(), both: z.number() },
    }),
    total: z.number().describe('批次名录里本单位及下级的对象'),
    checkedSubjects: z.number(),
    agreedGood: z.number().describe('双方都检查、都没有发现问题的对象'),
    outsideRound: z.number().describe('市里检查了、批次里没有的对象'),
    unmatchedRows: z.number().describe('没有对上名录、没有参加比对的行'),
    questions: z
      .object({
        ...{ open: z.number(), returned: z.number(), answered: z.number(), accepted: z.number() },
      })
      .describe('请市里答复的问题：待答复、追问、已答复、已认可'),
  })
  .meta({ id: 'SelfCheckAgreement' });
const AGREEMENT_EXAMPLE = {
  counts: { provinceOnly: 2, toPair: 1, notChecked: 0, cityOnly: 3, both: 5 },
  ...{ total: 120, checkedSubjects: 96, agreedGood: 85, outsideRound: 0, unmatchedRows: 1 },
  questions: { open: 4, returned: 1, answered: 1, accepted: 0 },
};
const UNIT_EXAMPLE = {
  ...{ unitId: 3, unitName: '岳阳市', state: 'submitted' as const, version: 1, isLate: false },
  ...{ firstSubmittedOn: '2026-11-20', submittedAt: '2026-11-20T02:00:00.000Z' },
  agreement: AGREEMENT_EXAMPLE,
};
export const SelfCheckView = z
  .object({
    head: Head,
    roundIsClosed: z.boolean().describe('省级批次已冻结，可以比对'),
    units: z.array(
      z.object({
        ...{ unitId: z.number(), unitName: z.string(), state: z.enum(HAND_IN_STATES).nullable() },
        version: z.number().nullable(),
        firstSubmittedOn: z.string().nullable(),
        submittedAt: z.string().nullable(),
        isLate: z.boolean(),
        agreement: Agreement.nullable(),
      }),
    ),
    may: z.object({ close: z.boolean(), submit: z.boolean() }),
  })
  .meta({
    id: 'SelfCheckView',
    example: {
      ...{ head: HEAD_EXAMPLE, roundIsClosed: true, units: [UNIT_EXAMPLE] },
      may: { close: true, submit: true },
    },
  });

export const OpenBody = z
  .strictObject({
    period: z.string().trim().min(1).max(40),
    unitIds: z.array(RowId).max(UNITS_MAX).default([]).describe('空的：最上级单位的直接下级'),
    workdays: z.int().min(1).max(WORKDAYS_MAX),
    note: z.string().trim().max(NOTE_MAX).default(''),
  })
  .meta({ id: 'OpenSelfCheck', example: { period: '2026-Q4', workdays: 10 } });
export const OpenedView = z
  .object({ id: z.number(), dueOn: z.string(), units: z.number() })
  .meta({ id: 'OpenedSelfCheck', example: { id: 1, dueOn: '2026-11-30', units: 14 } });

export const DraftView = z
  .object({
    ...{ version: z.number(), revision: z.number(), rows: z.number() },
    ...{ unmatched: z.number(), repeated: z.number() },
  })
  .meta({
    id: 'SelfCheckDraft',
    example: { version: 1, revision: 1, rows: 96, unmatched: 1, repeated: 0 },
  });

export const HandInView = z
  .object({
    ...{ unitName: z.string(), period: z.string(), label: z.string(), dueOn: z.string() },
    ...{ isProvisional: z.boolean(), isOpen: z.boolean(), revision: z.number() },
    versions: z.array(
      z.object({
        ...{ version: z.number(), state: z.enum(HAND_IN_STATES), fileName: z.string() },
        ...{ importedAt: z.string(), importedBy: z.string(), reason: z.string() },
        ...{ submittedAt: z.string().nullable(), submittedBy: z.string().nullable() },
        ...{ rows: z.number(), unmatched: z.number(), repeated: z.number(), bad: z.number() },
      }),
    ),
    may: z.object({ submit: z.boolean() }),
  })
  .meta({
    id: 'SelfCheckHandIn',
    example: {
      ...{ unitName: '岳阳市', period: '2026-Q4', label: '2026 年第四季度', dueOn: '2026-11-30' },
      ...{ isProvisional: false, isOpen: true, revision: 1, may: { submit: true } },
      versions: [
        {
          ...{ version: 1, state: 'draft', fileName: '自查.xlsx', importedBy: '市甲', reason: '' },
          ...{ importedAt: '2026-11-20T02:00:00.000Z', submittedAt: null, submittedBy: null },
          ...{ rows: 96, unmatched: 1, repeated: 0, bad: 11 },
        },
      ],
    },
  });

const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('每页条数，1–200'),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('跳过的条数'),
};
export const RowsQuery = z.strictObject({
  ...page,
  version: z.coerce.number().int().min(1).max(10_000).describe('第几版'),
  stands: z.enum(ROW_STANDS).optional().describe('没有对上名录的、重复的、有问题的'),
});
export const RowList = z
  .object({
    items: z.array(
      z.object({
        ...{ number: z.number(), kind: KIND, name: z.string(), identity: z.string() },
        ...{ platform: z.string(), url: z.string(), sponsor: z.string(), checkedOn: z.string() },
        ...{ result: z.enum(CHECK_RESULTS), ruleId: z.string().nullable() },
        ...{ ruleLabel: z.string().nullable(), problem: z.string() },
        ...{ subjectId: z.number().nullable(), subjectName: z.string().nullable() },
        matchedBy: z.enum(MATCHED_BY).nullable(),
        unmatched: z.enum(UNMATCHED).nullable().describe('为什么机器没有对上'),
        candidates: z.array(
          z.object({
            ...{ kind: KIND, id: z.number(), name: z.string(), sponsorName: z.string() },
            mark: z.string().describe('网站标识码，或平台'),
          }),
        ),
        repeats: z.number().nullable().describe('与第几行重复'),
      }),
    ),
    ...{ total: z.number(), totalIsExact: z.boolean() },
  })
  .meta({
    id: 'SelfCheckRows',
    example: {
      items: [
        {
          ...{ number: 2, kind: 'site', name: '岳阳市门户', identity: '', platform: '', url: '' },
          ...{ sponsor: '', checkedOn: '2026-11-16', result: 'good', ruleId: null, problem: '' },
          ...{
            ruleLabel: null,
            subjectId: null,
            subjectName: null,
            matchedBy: null,
            repeats: null,
          },
          ...{ unmatched: 'none', candidates: [] },
        },
      ],
      ...{ total: 1, totalIsExact: true },
    },
  });

const REVISION = z.int().min(1).max(1_000_000).describe('看到的是第几次改动');
export const ChoiceBody = z
  .strictObject({
    revision: REVISION,
    subjectId: RowId.nullable().describe('null：名录里没有'),
  })
  .meta({ id: 'ChooseSelfCheckSubject', example: { revision: 1, subjectId: 12 } });
export const SubmitBody = z
  .strictObject({
    revision: REVISION,
    reason: z.string().trim().max(NOTE_MAX).default('').describe('更正已报送的，写明原因'),
  })
  .meta({ id: 'SubmitSelfCheck', example: { revision: 2, reason: '' } });
export const SubmittedView = z
  .object({ version: z.number() })
  .meta({ id: 'SubmittedSelfCheck', example: { version: 1 } });
export const DiscardBody = z
  .strictObject({ revision: REVISION })
  .meta({ id: 'DiscardSelfCheck', example: { revision: 2 } });

export const LineFilterQuery = z.strictObject({
  category: z.enum(CATEGORIES).optional().describe('比对结果'),
  kind: KIND.optional(),
  q: z.string().trim().max(100).optional().describe('名称、主办单位或问题里的字'),
  stand: z.enum(QUESTION_STANDS).optional().describe('答复到哪一步'),
});
export const LinesQuery = LineFilterQuery.extend(page);
export const Line = z.object({
  ...{ category: z.enum(CATEGORIES), kind: KIND, subjectId: z.number(), name: z.string() },
  ...{ sponsorName: z.string(), rules: z.array(z.string()), cityWords: z.array(z.string()) },
  ...{ cityRows: z.array(z.number()), checkedOn: z.string().nullable() },
  province: z.enum(['found', 'notFound', 'unclear', 'notChecked']),
  findingIds: z.array(z.number()),
  question: z.string().nullable().describe('请人核对的问题，不是结论'),
  key: z.string().nullable().describe('请市里答复的问题；null：不用答复'),
  stand: z.enum(QUESTION_STANDS).nullable(),
});
export const ComparisonView = z
  .object({
    ...{ unitName: z.string(), period: z.string(), label: z.string(), version: z.number() },
    submittedAt: z.string(),
    isAfterFreeze: z.boolean().describe('报送在省级结果冻结之后'),
    agreement: Agreement,
    items: z.array(Line),
    ...{ total: z.number(), totalIsExact: z.boolean() },
  })
  .meta({
    id: 'SelfCheckComparison',
    example: {
      ...{ unitName: '岳阳市', period: '2026-Q4', label: '2026 年第四季度', version: 1 },
      ...{ submittedAt: '2026-11-20T02:00:00.000Z', isAfterFreeze: false },
      ...{ agreement: AGREEMENT_EXAMPLE, items: [], total: 0, totalIsExact: true },
    },
  });
