import { z } from 'zod';
import { RowIdText } from '../../http/row-id.ts';
import { RECTIFICATION_STATES, RECTIFICATION_STEPS } from '../cases/case.ts';
import { SHOWN_MAX } from '../cases/similar-findings.ts';

/** The shapes that the routes of rectification take and give. Dates are Asia/Shanghai. */

export const TAGS = ['整改'];
export const READ = { access: 'rectification.read' } as const;
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const now = (): string => new Date().toISOString();

/** What any step of a case may be refused with. */
export const STEP_REFUSALS = {
  'rectification.unknown': '没有这件整改事项，或看不到',
  'rectification.state': '现在的状态不能这样办',
  'rectification.closed': '已办结或并入后一期，不再接收反馈',
  'rectification.changed': '打开之后别人已办过一步',
};

const PAGE = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('每页条数，1–200'),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('跳过的条数'),
};
const YES = z.enum(['yes']).optional();
const Period = z.string().trim().min(1).max(40);
export const PeriodParams = z.strictObject({ period: Period });
export const FileParams = z.strictObject({ id: RowIdText, fileId: RowIdText });

const FILTER = {
  round: Period.optional().describe('批次的期次'),
  unitId: RowIdText.optional().describe('单位及其下级'),
  noticeId: RowIdText.optional(),
  kind: z.enum(['site', 'account']).optional(),
  subjectId: RowIdText.optional(),
  ruleId: z.string().max(100).optional(),
  q: z.string().trim().max(100).optional().describe('单位、网站、账号里的字，标识码，或事项编号'),
  overdue: YES.describe('逾期的'),
  escalated: YES.describe('升级督办的'),
  owing: YES.describe('单位还欠着的'),
  repeat: YES.describe('屡改屡犯的'),
  mine: z.enum(['waiting']).optional().describe('等我办的'),
  deadlineOn: z.iso.date().optional().describe('这一天到期的'),
};
export const BoardQuery = z.strictObject(FILTER);
const STATED = { ...FILTER, state: z.enum(RECTIFICATION_STATES).optional() };
export const CaseQuery = z.strictObject({ ...PAGE, ...STATED });
export const ExportQuery = z.strictObject(STATED);
export const CalendarQuery = z.strictObject({
  ...FILTER,
  dueFrom: z.iso.date().describe('起').meta({ example: '2026-12-01' }),
  dueTo: z.iso.date().describe('止').meta({ example: '2026-12-31' }),
});
export const NoticeQuery = z.strictObject({
  ...PAGE,
  round: Period.optional().describe('批次的期次'),
});

export const OpenBody = z
  .strictObject({
    deadlineOn: z.iso.date().nullable().describe('整改期限；空：按整改办法的工作日'),
  })
  .meta({ id: 'RectificationOpening', example: { deadlineOn: null } });
export const Opened = z
  .object({
    ...{ period: z.string(), notices: z.number(), cases: z.number(), merged: z.number() },
    ...{ deadlineOn: z.string(), provisional: z.boolean() },
  })
  .meta({
    id: 'OpenedRectification',
    example: {
      ...{ period: '2026Q3', notices: 2, cases: 3, merged: 0, deadlineOn: '2026-12-21' },
      provisional: false,
    },
  });

export const PreviewQuery = z.strictObject({
  deadlineOn: z.iso.date().optional().describe('整改期限；不写：按整改办法的工作日'),
});
export const OpeningPreview = z
  .object({
    ...{ period: z.string(), deadlineOn: z.string(), provisional: z.boolean() },
    units: z.array(
      z.object({
        ...{ unitId: z.number(), unitName: z.string(), cases: z.number() },
        continued: z.number().describe('其中接着办上期未办结的'),
      }),
    ),
  })
  .meta({
    id: 'RectificationPreview',
    example: {
      ...{ period: '2026Q3', deadlineOn: '2026-12-21', provisional: false },
      units: [{ unitId: 7, unitName: '岳阳市', cases: 2, continued: 0 }],
    },
  });

const Marks = z.object({
  consecutive: z.number().describe('连续几期（含本期）'),
  withinYear: z.number().describe('一年内此前几次'),
  relapsed: z.boolean().describe('改后又犯'),
  unmendedSince: z.string().nullable().describe('自哪次通知以来没有改正'),
  remindersIgnored: z.boolean().describe('此前多次催办未报'),
});
const Outcome = z.enum(['met', 'breached', 'undetermined']);
const HEAD = {
  id: z.number(),
  period: z.string(),
  state: z.enum(RECTIFICATION_STATES),
  unit: z.object({ id: z.number(), name: z.string() }),
  kind: z.enum(['site', 'account']),
  subjectId: z.number(),
  name: z.string(),
  identity: z.string().describe('网站标识码或账号 ID'),
  place: z.string().describe('首页或平台'),
  rule: z.object({ id: z.string(), label: z.string() }),
  noticeId: z.number(),
  noticedOn: z.string(),
  deadlineOn: z.string(),
  provisional: z.boolean().describe('暂定：那一年的节假日安排没有公布'),
  isOverdue: z.boolean(),
  escalatedOn: z.string().nullable(),
  submittedOn: z.string().nullable(),
  lateDays: z.number(),
  outcome: Outcome.nullable().describe('最近一次复核'),
  mended: z.boolean().nullable(),
  closedOn: z.string().nullable(),
  marks: Marks,
  remindersIgnored: z.boolean(),
  version: z.number(),
};
const CaseItem = z.object(HEAD);
const EXAMPLE = {
  ...{ id: 12, period: '2026Q3', state: 'noticed' as const, unit: { id: 7, name: '岳阳市' } },
  ...{ kind: 'account' as const, subjectId: 31, name: '岳阳发布', identity: 'gh_yy' },
  ...{ place: '微信公众号', rule: { id: 'media.veto.stale.two-weeks', label: '两周内无更新' } },
  ...{ noticeId: 3, noticedOn: '2026-11-30', deadlineOn: '2026-12-21', provisional: false },
  ...{ isOverdue: false, escalatedOn: null, submittedOn: null, lateDays: 0, outcome: null },
  ...{ mended: null, closedOn: null, remindersIgnored: false, version: 1 },
  marks: {
    ...{ consecutive: 2, withinYear: 1, relapsed: false, unmendedSince: '2026-08-31' },
    remindersIgnored: false,
  },
};
export const CaseList = z
  .object({ items: z.array(CaseItem), total: z.number(), totalIsExact: z.boolean() })
  .meta({ id: 'RectificationList', example: { items: [EXAMPLE], total: 1, totalIsExact: true } });

export const Board = z
  .object({
    columns: z.array(
      z.object({
        ...{ state: z.enum(RECTIFICATION_STATES), cases: z.number(), overdue: z.number() },
        escalated: z.number(),
      }),
    ),
  })
  .meta({
    id: 'RectificationBoard',
    example: { columns: [{ state: 'noticed', cases: 3, overdue: 1, escalated: 0 }] },
  });
export const Calendar = z
  .object({
    days: z.array(z.object({ on: z.string(), cases: z.number(), provisional: z.number() })),
  })
  .meta({
    id: 'RectificationCalendar',
    example: { days: [{ on: '2026-12-21', cases: 3, provisional: 0 }] },
  });
export const Waiting = z
  .object({
    items: z.array(
      z.object({ kind: z.enum(['case', 'overdue']), count: z.number(), to: z.string() }),
    ),
  })
  .meta({
    id: 'RectificationWaiting',
    example: { items: [{ kind: 'case', count: 2, to: '/rectification?mine=waiting' }] },
  });

const FileView = z.object({
  ...{ id: z.number(), stepId: z.number().nullable().describe('属于哪次反馈；空：还没有上报') },
  ...{ name: z.string(), mediaType: z.string(), sha256: z.string(), bytes: z.number() },
  ...{ addedBy: z.string(), addedAt: z.string() },
});
const FILE_EXAMPLE = {
  ...{ id: 5, stepId: null, name: '整改情况.pdf', mediaType: 'application/pdf', bytes: 51_200 },
  ...{
    sha256: 'a'.repeat(64),
    addedBy: '周晓岚（zhouxiaolan）',
    addedAt: '2026-12-01T02:00:00.000Z',
  },
};
export const RectificationFileView = FileView.meta({
  id: 'RectificationFile',
  example: FILE_EXAMPLE,
});

const Related = z.object({
  ...{ id: z.number(), period: z.string(), state: z.enum(RECTIFICATION_STATES) },
  ...{ name: z.string(), noticedOn: z.string(), mended: z.boolean().nullable() },
});
export const CaseDetail = z
  .object({
    ...HEAD,
    notice: z.object({ id: z.number(), number: z.string() }),
    findingId: z.number().describe('批次里的问题和它的证据'),
    clause: z.string(),
    ruleset: z.object({ id: z.string(), version: z.number(), hash: z.string() }),
    parameters: z.record(z.string(), z.number()),
    acknowledgedOn: z.string().nullable(),
    returns: z.number(),
    extensionsGranted: z.number(),
    continuesId: z.number().nullable().describe('接着哪件办'),
    steps: z.array(
      z.object({
        ...{ id: z.number(), step: z.string(), words: z.string(), state: z.string() },
        ...{ by: z.string(), at: z.string(), note: z.string() },
        detail: z.record(z.string(), z.unknown()),
      }),
    ),
    files: z.array(FileView),
    extensions: z.array(
      z.object({
        ...{ id: z.number(), state: z.enum(['pending', 'granted', 'refused', 'lapsed']) },
        ...{ deadlineOn: z.string(), wishedOn: z.string(), grantedOn: z.string().nullable() },
        ...{ reason: z.string(), askedBy: z.string(), askedAt: z.string(), note: z.string() },
        ...{ decidedBy: z.string().nullable(), decidedAt: z.string().nullable() },
      }),
    ),
    checks: z.array(
      z.object({
        ...{ id: z.number(), purpose: z.enum(['submitted', 'self']), askedBy: z.string() },
        ...{ askedAt: z.string(), doneAt: z.string().nullable(), outcome: Outcome.nullable() },
        words: z.string(),
        subjectCheckId: z.number().nullable(),
      }),
    ),
    chasers: z.array(z.object({ what: z.string(), deadlineOn: z.string(), sentOn: z.string() })),
    history: z.array(Related).describe('同一对象、同一问题的其他各期'),
    similar: z.array(Related).describe('本单位其他对象的同类问题，举一反三'),
    similarFindings: z
      .object({
        items: z
          .array(
            z.object({
              ...{ findingId: z.number(), kind: z.enum(['site', 'account']), name: z.string() },
              ...{ unitName: z.string(), ruleId: z.string(), period: z.string() },
              confirmed: z.boolean().describe('经确认的才是发现；其余请核查'),
              company: z.string().nullable().describe('同一运维单位；空：只是同一主办单位'),
            }),
          )
          .describe(`最多 ${SHOWN_MAX} 条，经确认的在前`),
        total: z.number(),
        elsewhere: z.number().describe('同一运维单位在看不到的单位还有多少件经确认的'),
      })
      .describe('最近冻结的批次里，同一运维单位或主办单位其他对象的同类问题'),
    maySteps: z.array(
      z.object({ step: z.enum(RECTIFICATION_STEPS), whyNot: z.string().nullable() }),
    ),
  })
  .meta({
    id: 'RectificationCase',
    example: {
      ...{ ...EXAMPLE, notice: { id: 3, number: '整改通知〔2026〕3号' }, findingId: 90 },
      ...{ clause: '国办秘函〔2019〕19号', parameters: { days: 14 }, acknowledgedOn: null },
      ruleset: { id: 'hunan-2020', version: 1, hash: 'b'.repeat(64) },
      ...{ returns: 0, extensionsGranted: 0, continuesId: null, steps: [], files: [FILE_EXAMPLE] },
      ...{ extensions: [], checks: [], chasers: [], history: [], similar: [] },
      similarFindings: { items: [], total: 0, elsewhere: 0 },
      maySteps: [{ step: 'acknowledge', whyNot: null }],
    },
  });

export const NoticeList = z
  .object({
    items: z.array(
      z.object({
        ...{ id: z.number(), number: z.string(), period: z.string() },
        unit: z.object({ id: z.number(), name: z.string() }),
        ...{ noticedOn: z.string(), deadlineOn: z.string(), provisional: z.boolean() },
        ...{ cases: z.number(), acknowledged: z.number(), closed: z.number() },
      }),
    ),
    total: z.number(),
    totalIsExact: z.boolean(),
  })
  .meta({
    id: 'RectificationNoticeList',
    example: {
      items: [
        {
          ...{ id: 3, number: '整改通知〔2026〕3号', period: '2026Q3' },
          ...{ unit: { id: 7, name: '岳阳市' }, noticedOn: '2026-11-30', deadlineOn: '2026-12-21' },
          ...{ provisional: false, cases: 2, acknowledged: 0, closed: 0 },
        },
      ],
      ...{ total: 1, totalIsExact: true },
    },
  });

/** A notice as it is read: the words of the official document, and its table with the case of each row. */
export const NoticeText = z
  .object({
    ...{ id: z.number(), number: z.string(), period: z.string(), unitName: z.string() },
    ...{ issuer: z.string(), title: z.string(), recipients: z.string() },
    paragraphs: z.array(z.object({ lead: z.string(), text: z.string() })),
    ...{ signedOn: z.string(), deadlineOn: z.string(), provisional: z.boolean() },
    table: z.object({
      ...{ title: z.string(), heads: z.array(z.string()) },
      rows: z.array(z.object({ caseId: z.number(), cells: z.array(z.string()) })),
    }),
  })
  .meta({
    id: 'RectificationNotice',
    example: {
      ...{ id: 3, number: '整改通知〔2026〕3号', period: '2026Q3', unitName: '岳阳市' },
      ...{ issuer: '湖南省', title: '关于2026年第三季度检查发现问题的整改通知' },
      recipients: '岳阳市：',
      paragraphs: [{ lead: '一、签收。', text: '请在收到本通知后签收。' }],
      ...{ signedOn: '2026年11月30日', deadlineOn: '2026-12-21', provisional: false },
      table: { title: '问题清单', heads: ['序号'], rows: [{ caseId: 12, cells: ['1'] }] },
    },
  });

const COUNTS = {
  ...{ noticed: z.number(), submittedInTime: z.number(), submittedLate: z.number() },
  ...{ notSubmitted: z.number(), mended: z.number(), notMended: z.number(), closed: z.number() },
  ...{ merged: z.number(), open: z.number(), overdue: z.number(), escalated: z.number() },
  ...{ returns: z.number(), extensions: z.number(), repeat: z.number(), relapsed: z.number() },
};
const COUNTS_EXAMPLE = {
  ...{ noticed: 3, submittedInTime: 1, submittedLate: 1, notSubmitted: 1, mended: 1, notMended: 2 },
  ...{ closed: 1, merged: 0, open: 2, overdue: 1, escalated: 0, returns: 1, extensions: 0 },
  ...{ repeat: 1, relapsed: 0 },
};
export const Counts = z
  .object({
    all: z.object(COUNTS),
    units: z.array(z.object({ unitId: z.number(), unitName: z.string(), ...COUNTS })),
  })
  .meta({
    id: 'RectificationCounts',
    example: {
      all: COUNTS_EXAMPLE,
      units: [{ unitId: 7, unitName: '岳阳市', ...COUNTS_EXAMPLE }],
    },
  });
