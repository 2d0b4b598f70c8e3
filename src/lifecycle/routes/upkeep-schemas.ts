import { z } from 'zod';
import { RowId } from '../../http/row-id.ts';
import { UNIT_ID, WORDS } from './case-schemas.ts';

/** The shapes that the routes of the monthly upkeep take and give. */

const Month = z
  .string()
  .max(7)
  .regex(/^20\d{2}-(0[1-9]|1[0-2])$/, '应写成 2026-11');
export const DUTY_FILTERS = {
  month: Month.optional(),
  state: z.enum(['open', 'confirmed', 'void', 'overdue']).optional(),
  unitId: UNIT_ID.optional(),
  q: WORDS.optional().describe('单位名称里的字'),
};

const Unit = z.object({ id: z.number(), name: z.string() });
const STATE = z.enum(['open', 'confirmed', 'void']);
const HEAD = {
  id: z.number(),
  month: z.string(),
  unit: Unit,
  dueOn: z.string(),
  state: STATE,
  isOverdue: z.boolean(),
  madeAt: z.string(),
  confirmedBy: z.string().nullable(),
  confirmedAt: z.string().nullable(),
};
const HEAD_EXAMPLE = {
  ...{ id: 5, month: '2026-11', unit: { id: 7, name: '岳阳市' }, dueOn: '2026-11-15' },
  ...{ state: 'open' as const, isOverdue: false, madeAt: '2026-10-31T16:00:00.000Z' },
  ...{ confirmedBy: null, confirmedAt: null },
};

export const DutyItemView = z.object({
  ...HEAD,
  sites: z.number(),
  accounts: z.number(),
  chased: z.number().describe('催办次数'),
});
export const DutyList = z
  .object({ items: z.array(DutyItemView), total: z.number(), totalIsExact: z.boolean() })
  .meta({
    id: 'UpkeepDutyList',
    example: {
      items: [{ ...HEAD_EXAMPLE, sites: 2, accounts: 3, chased: 0 }],
      ...{ total: 1, totalIsExact: true },
    },
  });

const KIND = z.enum(['site', 'account']);
export const DutyDetail = z
  .object({
    ...HEAD,
    note: z.string(),
    seen: z.string().describe('确认时原样送回：说明核对的是哪些内容'),
    items: z.array(
      z.object({
        kind: KIND,
        subjectId: z.number(),
        name: z.string().describe('建立这一项时的名称'),
        answer: z.enum(['unchanged', 'corrected', 'reported', 'gone']).nullable(),
        caseId: z.number().nullable(),
        note: z.string(),
        suspendedUntil: z.string().nullable().describe('暂停的账号：暂停到哪一天'),
        isLive: z.boolean().describe('假：已关停或已转给别的单位，不用核对'),
        values: z
          .object({
            name: z.string(),
            status: z.string(),
            identity: z.string().describe('网站标识码或账号 ID'),
            place: z.string().describe('账号的平台，网站的首页'),
            responsible: z.string().nullable().describe('责任人；网站没有'),
            contact: z.string().nullable().describe('联系人'),
            phone: z.string().nullable().describe('联系电话'),
            functions: z.string().nullable().describe('功能定位'),
          })
          .nullable()
          .describe('名录里现在的内容'),
      }),
    ),
    cases: z
      .array(z.object({ id: z.number(), accountId: z.number(), state: z.string() }))
      .describe('为更正而办的事项'),
  })
  .meta({
    id: 'UpkeepDuty',
    example: {
      ...{ ...HEAD_EXAMPLE, note: '', seen: '0f8f6a5e6f554f0e9a522b1b6b0a4a11', cases: [] },
      items: [
        {
          ...{ kind: 'account', subjectId: 12, name: '岳阳政务', answer: null, caseId: null },
          ...{ note: '', suspendedUntil: null, isLive: true },
          values: {
            ...{ name: '岳阳政务', status: 'running', identity: 'gh_1a2b3c' },
            ...{ place: '微信公众号', responsible: '周晓岚', contact: '彭建军' },
            ...{ phone: '0730-8880000', functions: '信息发布' },
          },
        },
      ],
    },
  });

/** A unit looks after some dozens. */
const ITEMS_MAX = 2_000;
export const ConfirmBody = z
  .strictObject({
    seen: z.string().min(1).max(64),
    items: z
      .array(
        z.strictObject({
          kind: KIND,
          subjectId: RowId,
          answer: z.enum(['unchanged', 'corrected', 'reported']),
          note: z.string().max(500).describe('报告问题时写明哪里不对'),
        }),
      )
      .max(ITEMS_MAX),
    note: z.string().max(500),
  })
  .meta({
    id: 'UpkeepConfirmation',
    example: {
      seen: '0f8f6a5e6f554f0e9a522b1b6b0a4a11',
      items: [{ kind: 'account', subjectId: 12, answer: 'unchanged', note: '' }],
      note: '',
    },
  });

export const UpkeepSummary = z
  .object({
    month: z.string(),
    months: z.array(z.string()),
    units: z.array(
      z.object({
        unitId: z.number(),
        name: z.string(),
        confirmed: z.number(),
        open: z.number().describe('未到期'),
        overdue: z.number().describe('逾期未确认'),
        isVoid: z.number().describe('不用确认'),
      }),
    ),
  })
  .meta({
    id: 'UpkeepSummary',
    example: {
      ...{ month: '2026-11', months: ['2026-11'] },
      units: [{ unitId: 7, name: '岳阳市', confirmed: 12, open: 0, overdue: 3, isVoid: 0 }],
    },
  });

export const NoticeList = z
  .object({
    items: z.array(
      z.object({
        id: z.number(),
        dutyId: z.number(),
        unitName: z.string(),
        at: z.string(),
        text: z.string(),
      }),
    ),
  })
  .meta({
    id: 'UpkeepNotices',
    example: {
      items: [
        {
          ...{ id: 9, dutyId: 5, unitName: '岳阳市', at: '2026-11-12T00:00:00.000Z' },
          text: '2026年11月的每月维护确认将在 2026-11-15 到期，还没有确认。',
        },
      ],
    },
  });
