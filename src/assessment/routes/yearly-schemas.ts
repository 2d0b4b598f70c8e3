import { z } from 'zod';
import { RowIdText } from '../../http/row-id.ts';
import { CONFIDENCES } from '../scheme.ts';
import { FORM_FORMATS } from '../yearly/export-form.ts';
import { FIELD_KINDS, FORM_KINDS, NOTE_MAX } from '../yearly/form.ts';
import { FORM_STATES } from '../yearly/yearly-db.ts';

/** The shapes that the routes of yearly forms take and give. Dates are Asia/Shanghai. */

const Version = z.int().min(1).max(1_000_000).describe('看到的版本');
const Year = z.int().min(2017).max(2100);

export const FormQuery = z.strictObject({
  year: z.coerce.number().int().min(2017).max(2100).optional(),
  kind: z.enum(FORM_KINDS).optional().describe('site：网站工作年度报表；office：监管年度报表'),
  state: z.enum(['overdue', ...FORM_STATES]).optional(),
  q: z.string().trim().max(100).optional().describe('网站或单位名称'),
  unitId: RowIdText.optional().describe('单位及其下级'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
export const OpenFormsBody = z
  .strictObject({ year: Year })
  .meta({ id: 'NewYearlyForms', example: { year: 2026 } });
export const OpenedForms = z
  .object({ sites: z.number(), offices: z.number() })
  .meta({ id: 'OpenedYearlyForms', example: { sites: 140, offices: 1 } });
export const FillBody = z
  .strictObject({
    version: Version,
    fields: z
      .array(
        z.strictObject({
          fieldId: z.string().trim().min(1).max(60),
          value: z.string().trim().max(600).describe('空的：收回写过的'),
          note: z.string().trim().max(NOTE_MAX).describe('与平台数的不同时，为什么'),
        }),
      )
      .max(200),
  })
  .meta({
    id: 'YearlyFormFields',
    example: { version: 1, fields: [{ fieldId: 'visits', value: '120000', note: '' }] },
  });
export const FormStepBody = z
  .strictObject({ version: Version })
  .meta({ id: 'YearlyFormStep', example: { version: 2 } });
export const FormReturnBody = z
  .strictObject({ version: Version, reason: z.string().trim().min(1).max(NOTE_MAX) })
  .meta({ id: 'YearlyFormReturn', example: { version: 2, reason: '访问量请核对' } });
export const FormPublishBody = z
  .strictObject({ version: Version, url: z.string().trim().min(1).max(600) })
  .meta({
    id: 'YearlyFormPublication',
    example: { version: 3, url: 'http://www.yueyang.gov.cn/ndbb/2026.html' },
  });
export const ExportFormQuery = z.strictObject({ format: z.enum(FORM_FORMATS).default('docx') });

const Head = z.object({
  id: z.number(),
  kind: z.enum(FORM_KINDS),
  year: z.number(),
  name: z.string(),
  unitId: z.number(),
  unitName: z.string(),
  state: z.enum(FORM_STATES),
  version: z.number(),
  dueOn: z.string(),
  isOverdue: z.boolean(),
  returnReason: z.string(),
  publishedUrl: z.string(),
  publishedOn: z.string().nullable(),
});
const HEAD_EXAMPLE = {
  ...{ id: 1, kind: 'site', year: 2026, name: '岳阳市门户', unitId: 3, unitName: '岳阳市' },
  ...{ state: 'filling', version: 1, dueOn: '2027-01-31', isOverdue: false, returnReason: '' },
  ...{ publishedUrl: '', publishedOn: null },
} as const;
export const FormList = z
  .object({ items: z.array(Head), total: z.number(), totalIsExact: z.boolean() })
  .meta({
    id: 'YearlyFormList',
    example: { items: [HEAD_EXAMPLE], total: 1, totalIsExact: true },
  });

const Field = z.object({
  field: z.object({
    id: z.string(),
    title: z.string(),
    kind: z.enum(FIELD_KINDS),
    unit: z.string().optional(),
    known: z.string().optional(),
    required: z.boolean().optional(),
    notAbove: z.string().optional(),
    confidence: z.enum(CONFIDENCES).describe('原表有没有这一栏，有多大把握'),
    note: z.string().optional(),
  }),
  known: z
    .object({
      value: z.string(),
      origin: z.object({ words: z.string(), link: z.string().nullable() }),
    })
    .nullable()
    .describe('平台知道的，和从哪里来'),
  written: z.object({ value: z.string(), note: z.string() }).nullable(),
  value: z.string(),
  problem: z.string().nullable(),
});
export const FormView = z
  .object({
    head: Head,
    form: z.object({ name: z.string(), source: z.string(), version: z.number() }),
    countedOn: z.string(),
    submittedBy: z.string().nullable(),
    signedBy: z.string().nullable(),
    signedAt: z.string().nullable(),
    sections: z.array(
      z.object({
        title: z.string(),
        confidence: z.enum(CONFIDENCES),
        fields: z.array(Field),
      }),
    ),
    may: z.object({
      fill: z.boolean(),
      sign: z.string().nullable().optional().describe('为什么不能由您签发；null：能'),
      return: z.boolean(),
      publish: z.boolean(),
    }),
  })
  .meta({
    id: 'YearlyForm',
    example: {
      head: HEAD_EXAMPLE,
      form: { name: '政府网站工作年度报表', source: '国办函〔2018〕12号', version: 1 },
      ...{ countedOn: '2027-01-04', submittedBy: null, signedBy: null, signedAt: null },
      sections: [
        {
          ...{ title: '基本情况', confidence: 'memory' },
          fields: [
            {
              field: { id: 'visits', title: '网站总访问量', kind: 'count', confidence: 'memory' },
              ...{ known: null, written: null, value: '', problem: '还没有填' },
            },
          ],
        },
      ],
      may: { fill: true, return: false, publish: false },
    },
  });
