import { z } from 'zod';
import { RowId, RowIdText } from '../../http/row-id.ts';
import { CASE_KINDS, CASE_ORIGINS, CASE_STATES, CASE_STEPS } from '../cases/case.ts';
import { PURPOSES } from '../cases/case-files.ts';
import { CaseForm } from '../cases/case-form.ts';
import { DECISIONS } from '../cases/decide-case.ts';

/** The shapes that the routes of cases take and give. */

export const PAGE = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('每页条数，1–200'),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('跳过的条数'),
};
export const UNIT_ID = RowIdText.describe('单位及其下级');
export const WORDS = z.string().trim().max(100);
const Note = z.string().max(1000);
const Version = z.int().min(1).max(1_000_000).describe('看到的版本；变了就不算');

export const FORM_EXAMPLE = {
  kind: 'open' as const,
  ...{ platform: '微信公众号', name: '岳阳政务', functions: ['信息发布' as const] },
  ...{ leader: '', responsible: '周晓岚', contact: '彭建军', phone: '0730-8880000' },
  ...{ homeLink: '', reason: '方便群众办事' },
};

export const CaseQuery = z.strictObject({
  ...PAGE,
  state: z.enum(CASE_STATES).optional(),
  kind: z.enum(CASE_KINDS).optional(),
  unitId: UNIT_ID.optional(),
  accountId: RowIdText.optional(),
  q: WORDS.optional().describe('账号、单位名称里的字，或事项编号'),
  mine: z.enum(['waiting']).optional().describe('等我办的'),
  overdue: z.enum(['yes']).optional().describe('审批逾期的'),
});

export const NewCase = z
  .strictObject({
    unitId: RowId.nullable().describe('开设、补登记：代表主体'),
    accountId: RowId.nullable().describe('其他：名录里的账号'),
    dutyId: RowId.nullable().describe('在每月维护里发现的：那一项的编号'),
    form: CaseForm,
  })
  .meta({
    id: 'NewAccountCase',
    example: { unitId: 7, accountId: null, dutyId: null, form: FORM_EXAMPLE },
  });
export const AmendBody = z
  .strictObject({ form: CaseForm })
  .meta({ id: 'AccountCaseForm', example: { form: FORM_EXAMPLE } });
export const DecisionBody = z
  .strictObject({ decision: z.enum(DECISIONS), note: Note, version: Version })
  .meta({
    id: 'AccountCaseDecision',
    example: { decision: 'approve', note: '同意', version: 2 },
  });
export const WithdrawalBody = z
  .strictObject({ note: Note.trim().min(1).describe('为什么撤回') })
  .meta({ id: 'AccountCaseWithdrawal', example: { note: '改由市局统一开设' } });
export const RevocationBody = z
  .strictObject({ note: Note.trim().min(1).describe('为什么撤销') })
  .meta({ id: 'AccountCaseRevocation', example: { note: '批准有误' } });
export const AnnouncementBody = z
  .strictObject({
    url: z.string().min(1).max(1000).describe('公告的网址'),
    publishedOn: z.iso.date().describe('公告日期'),
  })
  .meta({
    id: 'AccountCaseAnnouncement',
    example: { url: 'http://www.example.gov.cn/gg/1.html', publishedOn: '2026-11-20' },
  });
export const CompletionBody = z
  .strictObject({
    accountId: z.string().max(200).describe('开设：平台给的账号 ID；关停：空'),
    note: Note.describe('关停早于公告期满的，写明理由'),
  })
  .meta({ id: 'AccountCaseCompletion', example: { accountId: 'gh_1a2b3c', note: '' } });
export const UploadQuery = z.strictObject({
  purpose: z.enum(PURPOSES).default('material').describe('proof：注销证明'),
});
export const FileParams = z.strictObject({ id: RowIdText, fileId: RowIdText });

export const Made = z
  .object({ id: z.number() })
  .meta({ id: 'MadeAccountCase', example: { id: 17 } });

const HEAD = {
  id: z.number(),
  kind: z.enum(CASE_KINDS),
  state: z.enum(CASE_STATES),
  origin: z.enum(CASE_ORIGINS),
  unit: z.object({ id: z.number(), name: z.string() }),
  accountId: z.number().nullable().describe('名录里的账号'),
  platform: z.string(),
  name: z.string(),
  applicant: z.string(),
  dueOn: z.string().nullable().describe('现在这一步的期限，东八区'),
  isOverdue: z.boolean(),
  changedAt: z.string(),
};
export const CaseItem = z.object(HEAD);
export const CASE_EXAMPLE = {
  ...{ id: 17, kind: 'open' as const, state: 'submitted' as const, origin: 'application' as const },
  ...{ unit: { id: 7, name: '岳阳市' }, accountId: null, platform: '微信公众号' },
  ...{ name: '岳阳政务', applicant: '周晓岚（zhouxiaolan）', dueOn: '2026-12-04' },
  ...{ isOverdue: false, changedAt: '2026-11-27T02:00:00.000Z' },
};
export const CaseList = z
  .object({ items: z.array(CaseItem), total: z.number(), totalIsExact: z.boolean() })
  .meta({
    id: 'AccountCaseList',
    example: { items: [CASE_EXAMPLE], total: 1, totalIsExact: true },
  });

const ChangeableText = z.string().nullable();
export const Changeable = z
  .object({
    name: z.string(),
    accountId: z.string(),
    sponsorId: z.number(),
    functions: z.array(z.string()),
    leader: ChangeableText,
    responsible: ChangeableText,
    contact: ChangeableText,
    phone: ChangeableText,
    homeLink: ChangeableText,
  })
  .meta({
    id: 'ChangeableAccount',
    example: {
      ...{ name: '岳阳政务', accountId: 'gh_1a2b3c', sponsorId: 7, functions: ['信息发布'] },
      ...{ leader: null, responsible: '周晓岚', contact: '彭建军', phone: '0730-8880000' },
      homeLink: null,
    },
  });

const FileView = z.object({
  id: z.number(),
  purpose: z.enum(PURPOSES),
  name: z.string(),
  mediaType: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  addedBy: z.string(),
  addedAt: z.string(),
});
export const FILE_EXAMPLE = {
  ...{ id: 3, purpose: 'material' as const, name: '申请表.pdf', mediaType: 'application/pdf' },
  ...{ sha256: 'a'.repeat(64), bytes: 51_200, addedBy: '周晓岚（zhouxiaolan）' },
  addedAt: '2026-11-27T02:00:00.000Z',
};
export const CaseFileView = FileView.meta({ id: 'AccountCaseFile', example: FILE_EXAMPLE });

export const CaseDetail = z
  .object({
    ...HEAD,
    version: z.number(),
    /** As it was given; a draft made by discovery may lack fields. */
    form: z.record(z.string(), z.unknown()),
    account: z
      .object({ id: z.number(), name: z.string(), accountId: z.string(), status: z.string() })
      .nullable(),
    warnings: z.array(z.string()).describe('请注意的事；不妨碍办理'),
    differences: z.array(z.object({ field: z.string(), from: z.string(), to: z.string() })),
    steps: z.array(
      z.object({
        step: z.enum(['draft', ...CASE_STEPS]),
        words: z.string(),
        by: z.string(),
        at: z.string(),
        note: z.string(),
      }),
    ),
    files: z.array(FileView),
    notice: z
      .object({
        title: z.string(),
        text: z.array(z.string()),
        unit: z.string(),
        date: z.string(),
      })
      .nullable(),
    announcement: z.object({ url: z.string(), publishedOn: z.string() }).nullable(),
    closableOn: z.string().nullable(),
    maySteps: z.array(
      z.object({ step: z.enum(CASE_STEPS), whyNot: z.string().nullable().describe('空：可以') }),
    ),
  })
  .meta({
    id: 'AccountCase',
    example: {
      ...CASE_EXAMPLE,
      ...{ version: 2, form: FORM_EXAMPLE, account: null, warnings: [], differences: [] },
      ...{ steps: [], files: [FILE_EXAMPLE], notice: null, announcement: null, closableOn: null },
      maySteps: [{ step: 'review' as const, whyNot: null }],
    },
  });
