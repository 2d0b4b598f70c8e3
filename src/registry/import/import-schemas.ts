import { z } from 'zod';

/** A province's register has three tables; its largest workbook has some megabytes. */
export const FILES_MAX = 10;

const Counts = z.object({ added: z.number(), changed: z.number(), unchanged: z.number() });

/** How the headers of a sheet were understood. */
export const SheetReadingView = z.object({
  file: z.string(),
  sheet: z.string(),
  of: z.string().describe('把它的行当作什么：单位、网站、新媒体、信源'),
  columns: z.array(z.object({ header: z.string(), title: z.string().describe('读作哪个字段') })),
  unknown: z.array(z.string()).describe('不认识、没有读的列'),
});

const STATES = ['drafted', 'faulty', 'waiting', 'applied', 'refused', 'expired'] as const;
const EXAMPLE = {
  id: '0f8f6a5e-6f55-4f0e-9a52-2b1b6b0a4a11',
  files: [{ name: '名录.xlsx', kind: 'xlsx', rows: 2 }],
  counts: {
    units: { added: 1, changed: 0, unchanged: 0 },
    sites: { added: 0, changed: 1, unchanged: 0 },
    accounts: { added: 0, changed: 0, unchanged: 0 },
  },
  ...{ errors: [], errorsLeftOut: 0, warnings: [], changed: 1, whyReview: [], mapName: null },
  sheets: [
    {
      file: '名录.xlsx',
      sheet: '网站',
      of: '网站',
      columns: [{ header: '首页', title: '首页网址' }],
      unknown: [],
    },
  ],
  ...{ state: 'drafted', expiresAt: '2020-09-18T02:00:00.000Z', sentBy: '李明华（li）' },
  ...{ isOwn: true, decidedBy: null, decidedAt: null, reason: null },
};

export const Preview = z
  .object({
    id: z.string(),
    files: z.array(
      z.object({ name: z.string(), kind: z.enum(['xlsx', 'csv', 'json']), rows: z.number() }),
    ),
    counts: z.object({ units: Counts, sites: Counts, accounts: Counts }),
    errors: z.array(
      z.object({
        file: z.string(),
        sheet: z.string(),
        row: z.number().describe('工作表里的行号；0 指整个文件'),
        column: z.string(),
        message: z.string(),
      }),
    ),
    errorsLeftOut: z.number(),
    warnings: z.array(z.string()),
    sheets: z.array(SheetReadingView).describe('表头怎样读懂的'),
    changed: z.number().describe('可以逐条看的变更行数'),
    whyReview: z.array(z.string()).describe('为什么要第二个人批准；空：不用'),
    mapName: z.string().nullable().describe('按哪个列映射读的'),
    state: z
      .enum(STATES)
      .describe(
        'drafted 待确认、waiting 等第二个人批准、applied 已导入、refused 已退回、expired 已过期',
      ),
    expiresAt: z.string(),
    sentBy: z.string(),
    isOwn: z.boolean(),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
    reason: z.string().nullable().describe('退回的理由'),
  })
  .meta({ id: 'ImportPreview', example: EXAMPLE });
export const PreviewList = z
  .object({ items: z.array(Preview) })
  .meta({ id: 'ImportList', example: { items: [EXAMPLE] } });

export const ChangesQuery = z.strictObject({
  kind: z.enum(['unit', 'site', 'account']).optional(),
  q: z.string().trim().max(100).optional().describe('名称、标识或值里的字'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('每页条数，1–200'),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('跳过的条数'),
});
export const ChangeList = z
  .object({
    items: z.array(
      z.object({
        number: z.number(),
        kind: z.enum(['unit', 'site', 'account']),
        subject: z.string(),
        fields: z.array(z.object({ title: z.string(), before: z.string(), after: z.string() })),
      }),
    ),
    total: z.number(),
    totalIsExact: z.boolean(),
  })
  .meta({
    id: 'ImportChangeList',
    example: {
      items: [
        {
          ...{ number: 1, kind: 'site', subject: '4301000001' },
          fields: [{ title: '网站名称', before: '旧名', after: '新名' }],
        },
      ],
      ...{ total: 1, totalIsExact: true },
    },
  });

export const RefusalBody = z
  .strictObject({ reason: z.string().trim().min(1).max(500).describe('为什么退回') })
  .meta({ id: 'ImportRefusal', example: { reason: '岳阳市的行不完整' } });
