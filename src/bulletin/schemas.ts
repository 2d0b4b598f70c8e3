import { z } from 'zod';
import { FIGURES_MAX, PARAGRAPH_MAX, PARAGRAPHS_MAX, TEXT_MAX } from './issue.ts';

/** The shapes that the bulletin's routes take and give. */

export const PeriodParams = z.strictObject({ period: z.string().min(1).max(40) });
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const Page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), total: z.number().int(), totalIsExact: z.boolean() });

export const SignatureView = z.object({ by: z.string(), at: z.string() });
const HASH = 'f4a61e32b26d0fff3053f2e285acb9aa51cb68d002f01b02eb4ee18d99d5800d';
const SIGNATURE = { by: '张三（zhangsan）', at: '2020-09-28T02:00:00.000Z' };

export const BulletinList = listOf(
  z.object({
    period: z.string(),
    label: z.string(),
    roundState: z.string(),
    state: z.enum(['none', 'draft', 'awaitingSecond', 'signed']),
    isDraft: z.boolean().nullable(),
    number: z.string().nullable(),
    builtAt: z.string().nullable(),
    builtBy: z.string().nullable(),
    sha256: z.string().nullable(),
    files: z.array(z.string()),
    signatures: z.array(SignatureView),
    isCorrected: z.boolean(),
  }),
).meta({
  id: 'BulletinList',
  example: {
    items: [
      {
        period: '2020Q3',
        label: '2020年第三季度',
        roundState: 'frozen',
        state: 'awaitingSecond',
        isDraft: false,
        number: '湘政务函〔2020〕25号',
        builtAt: '2020-09-28T01:00:00.000Z',
        builtBy: '张三（zhangsan）',
        sha256: HASH,
        files: ['bulletin.json', 'bulletin.docx', 'bulletin.html', 'annexes.xlsx', 'bulletin.pdf'],
        signatures: [SIGNATURE],
        isCorrected: false,
      },
    ],
    total: 1,
    totalIsExact: true,
  },
});

const ROWS = [
  'sites',
  'accounts',
  'failing-sites',
  'failing-accounts',
  'undetermined',
  'repeat',
] as const;
const Ref = z
  .object({
    rows: z.enum(ROWS),
    checked: z.boolean().optional(),
    ruleId: z.string().optional(),
    unitId: z.number().int().optional(),
    printRow: z.string().optional(),
    platform: z.string().optional(),
    topics: z.string().optional(),
    byScore: z.boolean().optional(),
    noItems: z.boolean().optional(),
    allSound: z.boolean().optional(),
  })
  .meta({ id: 'BulletinRef', description: '数字背后的行；各项原样作为 rows 接口的查询参数' });

export const PreviewView = z
  .object({
    period: z.string(),
    title: z.string(),
    number: z.string(),
    issuer: z.string(),
    issuedOn: z.string(),
    recipients: z.string(),
    isDraft: z.boolean(),
    whyDraft: z.string().nullable(),
    isSigned: z.boolean(),
    sections: z.array(
      z.object({
        heading: z.string(),
        paragraphs: z.array(
          z.object({
            author: z.enum(['platform', 'office']),
            runs: z.array(z.object({ text: z.string(), ref: Ref.optional() })),
            key: z.string().nullable(),
            blockId: z.number().int().nullable(),
          }),
        ),
      }),
    ),
    annexes: z.array(
      z.object({
        title: z.string(),
        columns: z.array(z.object({ head: z.string(), group: z.string().nullable() })),
        rows: z.array(
          z.object({
            cells: z.array(z.string()),
            refs: z.array(Ref.nullable()),
            findingIds: z.array(z.number().int()),
          }),
        ),
        hasTotal: z.boolean(),
        note: z.string(),
      }),
    ),
    template: z.object({ id: z.string(), name: z.string() }),
    reconciled: z.boolean(),
    problems: z.array(z.string()),
  })
  .meta({
    id: 'BulletinPreview',
    example: {
      period: '2020Q3',
      title: '关于2020年第三季度全省政府网站与政务新媒体检查情况的通报',
      number: '湘政务函〔2020〕25号',
      issuer: '湖南省政务管理服务局',
      issuedOn: '2020-09-29',
      recipients: '各市州人民政府，省政府各厅委、各直属机构：',
      isDraft: true,
      whyDraft: '批次还在审核，没有冻结，内容可能变化。',
      isSigned: false,
      sections: [
        {
          heading: '一、总体情况',
          paragraphs: [
            {
              author: 'platform',
              runs: [
                { text: '对全省正常运行的' },
                { text: '594', ref: { rows: 'sites' } },
                { text: '家政府网站进行全覆盖检查' },
              ],
              key: 'overview',
              blockId: null,
            },
          ],
        },
      ],
      annexes: [
        {
          title: '检查发现存在突出问题的政府网站名单',
          columns: [{ head: '序号', group: null }],
          rows: [{ cells: ['1'], refs: [null], findingIds: [12] }],
          hasTotal: false,
          note: '',
        },
      ],
      template: { id: 'hunan', name: '湖南：省级季度通报，四个附件' },
      reconciled: true,
      problems: [],
    },
  });

const flag = z.enum(['true', 'false']).optional();
export const RowsQuery = Page.extend({
  rows: z.enum(ROWS),
  checked: flag,
  ruleId: z.string().min(1).max(100).optional(),
  unitId: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  printRow: z.string().min(1).max(100).optional(),
  platform: z.string().min(1).max(100).optional(),
  topics: z.string().min(1).max(300).optional(),
  byScore: flag,
  noItems: flag,
  allSound: flag,
});

export const RowsView = listOf(
  z.object({
    kind: z.enum(['site', 'account']),
    subjectId: z.number().int(),
    unit: z.string(),
    name: z.string(),
    identity: z.string(),
    ruleId: z.string().nullable(),
    label: z.string(),
    reason: z.string(),
    findingId: z.number().int().nullable(),
    lastUpdate: z.string(),
  }),
)
  .extend({ subjects: z.number().int() })
  .meta({
    id: 'BulletinRows',
    description: 'subjects 是其中不同的对象数，即正文所印的数字；items 一个问题一行',
    example: {
      items: [
        {
          kind: 'account',
          subjectId: 7,
          unit: '岳阳市',
          name: '临湘市民政局',
          identity: '微信公众号:gh_1',
          ruleId: 'media.veto.stale.two-weeks',
          label: '监测时间点前2周内无更新',
          reason: '',
          findingId: 12,
          lastUpdate: '2020年8月1日',
        },
      ],
      total: 1,
      totalIsExact: true,
      subjects: 1,
    },
  });

const ArchivedCorrection = z.object({
  id: z.number().int(),
  documentNumber: z.string(),
  issuedOn: z.string(),
});

export const ArchiveView = listOf(
  z.object({
    id: z.number().int(),
    sha256: z.string(),
    builtAt: z.string(),
    builtBy: z.string(),
    number: z.string(),
    isDraft: z.boolean(),
    isNewest: z.boolean(),
    files: z.array(z.object({ name: z.string(), sha256: z.string().nullable() })),
    signatures: z.array(SignatureView),
    corrections: z.array(ArchivedCorrection),
  }),
).meta({
  id: 'BulletinArchive',
  example: {
    items: [
      {
        id: 3,
        sha256: HASH,
        builtAt: '2020-09-28T01:00:00.000Z',
        builtBy: '张三（zhangsan）',
        number: '湘政务函〔2020〕25号',
        isDraft: false,
        isNewest: true,
        files: [{ name: 'bulletin.docx', sha256: HASH }],
        signatures: [SIGNATURE],
        corrections: [{ id: 1, documentNumber: '湘政务函〔2020〕27号', issuedOn: '2020-10-12' }],
      },
    ],
    total: 1,
    totalIsExact: true,
  },
});

const line = z.string().max(TEXT_MAX).nullish();
const paragraphs = z.array(z.string().max(PARAGRAPH_MAX)).max(PARAGRAPHS_MAX).nullish();
export const BuildBody = z
  .strictObject({
    documentNumber: line,
    issuer: line,
    issuedOn: line,
    rectificationDeadline: line,
    contact: line,
    praise: paragraphs,
    requirements: paragraphs,
    template: line,
    figures: z
      .array(
        z.strictObject({
          name: z.string().max(100),
          count: z.number().max(1_000_000_000),
          source: z.string().max(200),
        }),
      )
      .max(FIGURES_MAX)
      .nullish(),
  })
  .meta({
    id: 'BulletinIssue',
    description: '空缺的印“待填”；日期写 YYYY-MM-DD',
    example: {
      documentNumber: '湘政务函〔2020〕25号',
      issuer: '湖南省政务管理服务局',
      issuedOn: '2020-09-29',
      rectificationDeadline: '2020-10-23',
      contact: '郑锵，电话兼传真：0731—89990430',
    },
  });

export const BuildView = z
  .object({
    period: z.string(),
    sha256: z.string(),
    isDraft: z.boolean(),
    files: z.array(z.string()),
    pdfSkipped: z.string().nullable(),
    remark: z.string().nullable(),
  })
  .meta({
    id: 'BulletinBuild',
    example: {
      period: '2020Q3',
      sha256: HASH,
      isDraft: false,
      files: ['bulletin.json', 'bulletin.docx', 'bulletin.html', 'annexes.xlsx', 'bulletin.pdf'],
      pdfSkipped: null,
      remark: null,
    },
  });

export const SigningView = z
  .object({
    period: z.string(),
    state: z.enum(['none', 'draft', 'awaitingSecond', 'signed']),
    build: z.object({ sha256: z.string(), builtAt: z.string(), builtBy: z.string() }).nullable(),
    signatures: z.array(SignatureView.extend({ isOwn: z.boolean() })),
    blockers: z.array(
      z.object({ code: z.string(), message: z.string(), details: z.array(z.string()) }),
    ),
    notes: z.array(z.string()),
    maySign: z.string().nullable(),
    mayWithdraw: z.string().nullable(),
    mayBuild: z.string().nullable(),
  })
  .meta({
    id: 'BulletinSigning',
    description: 'maySign、mayWithdraw、mayBuild 为 null 表示可以，否则是不可以的原因',
    example: {
      period: '2020Q3',
      state: 'awaitingSecond',
      build: { sha256: HASH, builtAt: '2020-09-28T01:00:00.000Z', builtBy: '张三（zhangsan）' },
      signatures: [{ ...SIGNATURE, isOwn: true }],
      blockers: [],
      notes: ['有 2 个指标无法判定（留待下期），没有写进通报。'],
      maySign: '您已签过这一稿；第二个签名要由另一人签。',
      mayWithdraw: null,
      mayBuild: null,
    },
  });

export const SignBody = z
  .strictObject({ sha256: Sha256 })
  .meta({ id: 'BulletinSignature', example: { sha256: HASH } });
