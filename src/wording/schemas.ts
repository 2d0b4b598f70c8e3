import { z } from 'zod';
import { ENTRY_KINDS } from './list-entries.ts';

/** The shapes that the routes of lexicons and ignores take and give. */

const Name = z.string().min(1).max(61);
const Version = z.number().int().min(1).max(999_999_999);
const Reason = z.string().trim().min(1).max(500);
const Severity = z.enum(['veto', 'serious', 'ordinary', 'notice']);
/** A real day of the calendar. */
const Day = z.iso.date();
const PAGE = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
};
const TOTALS = { total: z.number().int(), totalIsExact: z.boolean() };

export const Nothing = z.strictObject({});
export const Page = z.strictObject(PAGE);
export const LexiconParams = z.strictObject({ name: Name });
export const EntriesQuery = z.strictObject({
  ...PAGE,
  version: z.coerce.number().int().min(1).max(999_999_999).optional(),
  kind: z.enum(ENTRY_KINDS).optional(),
  q: z.string().max(100).optional(),
});
export const ImportQuery = z.strictObject({
  reason: Reason,
  name: Name.optional().describe('词库名；不写用文件里的 id 或文件名'),
});
export const VersionBody = z
  .strictObject({ version: Version })
  .meta({ id: 'LexiconVersionBody', example: { version: 2 } });

const Counts = {
  terms: z.number().int(),
  names: z.number().int(),
  roles: z.number().int(),
  words: z.number().int(),
};
const Head = z.object({
  id: z.string(),
  version: z.number().int(),
  label: z.string().describe('文件里写的版本'),
  ...Counts,
  isActive: z.boolean(),
  isShipped: z.boolean(),
  reason: z.string().nullable(),
  importedBy: z.string().nullable(),
  importedAt: z.string().nullable(),
});
const COUNTS = { terms: 120, names: 30, roles: 18, words: 40 };
export const LexiconList = z.object({ items: z.array(Head), ...TOTALS }).meta({
  id: 'LexiconList',
  description: '各词库的各版；随软件提供的一份没有导入人和时间，总是启用',
  example: {
    items: [
      {
        ...{ id: '本省', version: 2, label: '2020-09', ...COUNTS, isActive: true },
        ...{ isShipped: false, reason: '领导任免', importedBy: '张三（zhangsan）' },
        importedAt: '2020-09-10T02:00:00.000Z',
      },
    ],
    ...{ total: 1, totalIsExact: true },
  },
});

export const EntryList = z
  .object({
    id: z.string(),
    version: z.number().int(),
    items: z.array(
      z.object({
        kind: z.enum(ENTRY_KINDS),
        text: z.string().describe('错误写法、保护名称、姓名和职务、词语'),
        right: z.string(),
        class: z.string(),
        severity: Severity.nullable(),
        from: z.string().nullable(),
        to: z.string().nullable(),
        exceptions: z.array(z.string()),
      }),
    ),
    ...TOTALS,
  })
  .meta({
    id: 'LexiconEntries',
    example: {
      ...{ id: '本省', version: 2 },
      items: [
        {
          ...{ kind: 'term', text: '环境保护厅', right: '生态环境厅', class: 'expression' },
          ...{ severity: 'ordinary', from: '2018-10-01', to: null, exceptions: ['原环境保护厅'] },
        },
      ],
      ...{ total: 1, totalIsExact: true },
    },
  });

export const FilesBody = z
  .object({ files: z.array(z.string().meta({ format: 'binary' })).max(1) })
  .meta({ example: { files: ['本省.csv'] } });
export const LexiconPreview = z
  .object({
    id: z.string(),
    label: z.string(),
    ...Counts,
    errors: z.array(z.string()).describe('哪一行哪里不对；有一处就不能导入'),
    errorsLeftOut: z.number().int(),
  })
  .meta({
    id: 'LexiconPreview',
    example: {
      ...{ id: '本省', label: '1', ...COUNTS, errorsLeftOut: 0 },
      errors: ['Sheet1 第 3 行：日期“2020-02-30”应写成 2018-03-17'],
    },
  });
export const ImportedLexicon = z
  .object({ id: z.string(), version: z.number().int(), isKnown: z.boolean() })
  .meta({
    id: 'ImportedLexicon',
    description: 'isKnown：内容与已有的一版相同，没有另存，只是改用它',
    example: { id: '本省', version: 3, isKnown: false },
  });

const Until = Day.nullable().describe('有效到这一天（北京时间）；空为一直有效');
export const IgnoreBody = z
  .strictObject({
    text: z.string().trim().min(1).max(200),
    class: z.string().trim().min(1).max(60),
    urlPrefix: z.string().trim().max(2_000).describe('只对以此开头的页面；空为全部'),
    severity: Severity,
    reason: Reason,
    until: Until,
  })
  .meta({
    id: 'TextIgnoreBody',
    example: {
      ...{ text: '贯切', class: 'typo', urlPrefix: '', severity: 'ordinary' },
      ...{ reason: '当地地名', until: '2021-12-31' },
    },
  });
export const IgnoreStanding = z
  .object({ isInForce: z.boolean() })
  .meta({ id: 'TextIgnoreStanding', example: { isInForce: true } });
export const IgnoreParams = z.strictObject({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});
export const IgnoreList = z
  .object({
    items: z.array(
      z.object({
        id: z.number().int(),
        text: z.string(),
        class: z.string(),
        urlPrefix: z.string(),
        severity: Severity,
        reason: z.string(),
        until: z.string().nullable(),
        decidedBy: z.string(),
        decidedAt: z.string(),
        confirmedBy: z.string().nullable(),
        isInForce: z.boolean().describe('今天算不算数：没有过期；veto 级已有第二个人确认'),
      }),
    ),
    ...TOTALS,
  })
  .meta({
    id: 'TextIgnoreList',
    example: {
      items: [
        {
          ...{ id: 7, text: '贯切', class: 'typo', urlPrefix: '', severity: 'ordinary' },
          ...{ reason: '当地地名', until: '2021-12-31', decidedBy: '张三（zhangsan）' },
          ...{ decidedAt: '2020-09-10T02:00:00.000Z', confirmedBy: null, isInForce: true },
        },
      ],
      ...{ total: 1, totalIsExact: true },
    },
  });
