import { z } from 'zod';
import { RowId, RowIdText } from '../../http/row-id.ts';
import { REGULATION_STANDS } from '../regulations/list-regulations.ts';
import {
  BODY_MAX,
  NOTE_MAX,
  NUMBER_MAX,
  REGULATION_KINDS,
  type RegulationKind,
  TITLE_MAX,
} from '../regulations/regulation.ts';
import { DAY } from './chain-schemas.ts';

const KIND = z.enum(REGULATION_KINDS as readonly [RegulationKind, ...RegulationKind[]]);
const LISTED = {
  id: z.number(),
  title: z.string(),
  kind: KIND,
  documentNumber: z.string(),
  issuerName: z.string(),
  addresseeName: z.string().nullable().describe('发给哪个单位及其下级；null 是全部单位'),
  effectiveOn: z.string(),
  readBy: z.string().nullable(),
  publishedOn: z.string().nullable(),
  number: z.number().nullable().describe('现行版本；还没有发布过是 null'),
  repealedOn: z.string().nullable(),
  hasDraft: z.boolean().describe('有待发布的草稿'),
  asked: z.number().describe('看得到的单位里应学习现行版本的人'),
  read: z.number().describe('其中已确认的人'),
  isToRead: z.boolean().describe('本人还没有确认'),
};
const EXAMPLE = {
  ...{ id: 3, title: '政府网站信息发布审核制度', kind: 'norm' as const, issuerName: '湖南省' },
  ...{ documentNumber: '湘政务函〔2026〕12号', addresseeName: null, effectiveOn: '2026-12-01' },
  ...{ readBy: '2026-12-15', publishedOn: '2026-11-30', number: 1, repealedOn: null },
};
export const RegulationList = z
  .object({ items: z.array(z.object(LISTED)), total: z.number(), totalIsExact: z.boolean() })
  .meta({
    id: 'RegulationList',
    example: {
      items: [{ ...EXAMPLE, hasDraft: false, asked: 40, read: 12, isToRead: true }],
      ...{ total: 1, totalIsExact: true },
    },
  });

const VERSION = {
  versionId: z.number(),
  number: z.number().nullable().describe('草稿没有'),
  state: z.enum(['draft', 'published', 'discarded']),
  title: z.string(),
  kind: KIND,
  documentNumber: z.string(),
  changeNote: z.string(),
  addresseeId: z.number().nullable(),
  addresseeName: z.string().nullable(),
  effectiveOn: z.string(),
  readBy: z.string().nullable(),
  revision: z.number().describe('草稿改过几次；改、发布时带上看到的'),
  draftedBy: z.string(),
  draftedAt: z.string(),
  decidedBy: z.string().nullable(),
  publishedOn: z.string().nullable(),
  fileName: z.string().nullable(),
  fileBytes: z.number().nullable(),
};
const VERSION_EXAMPLE = {
  ...{ versionId: 5, number: 1, state: 'published' as const, title: EXAMPLE.title },
  ...{ kind: EXAMPLE.kind, documentNumber: EXAMPLE.documentNumber, changeNote: '' },
  ...{ addresseeId: null, addresseeName: null, effectiveOn: '2026-12-01', readBy: '2026-12-15' },
  ...{ revision: 1, draftedBy: '李明华', draftedAt: '2026-11-30T01:00:00.000Z' },
  ...{ decidedBy: '王建国', publishedOn: '2026-11-30', fileName: null, fileBytes: null },
};
export const RegulationDetail = z
  .object({
    ...{ id: z.number(), issuerName: z.string(), repealedOn: z.string().nullable() },
    ...{ repealedBy: z.string().nullable(), repealReason: z.string() },
    versions: z.array(z.object(VERSION)).describe('草稿在前，新的在前'),
    shown: z.object({ ...VERSION, body: z.string() }).describe('要看的版本；不指定是现行的'),
    currentId: z.number().nullable().describe('现行版本'),
    isAsked: z.boolean().describe('本人要确认现行版本'),
    readAt: z.string().nullable().describe('本人确认的时间'),
    mayEdit: z.boolean().describe('本人能不能起草、发布'),
    isOwnDraft: z.boolean().describe('草稿是本人改的：要另一个人发布'),
  })
  .meta({
    id: 'Regulation',
    example: {
      ...{ id: 3, issuerName: '湖南省', repealedOn: null, repealedBy: null, repealReason: '' },
      ...{ versions: [VERSION_EXAMPLE], shown: { ...VERSION_EXAMPLE, body: '第一条……' } },
      ...{ currentId: 5, isAsked: true, readAt: null, mayEdit: false, isOwnDraft: false },
    },
  });
export const ReaderList = z
  .object({
    items: z.array(
      z.object({
        ...{ userId: z.number(), name: z.string(), unitName: z.string().nullable() },
        ...{ askedAt: z.string().nullable(), remindedAt: z.string().nullable() },
        readAt: z.string().nullable(),
      }),
    ),
    ...{ total: z.number(), totalIsExact: z.boolean() },
  })
  .meta({
    id: 'RegulationReaderList',
    example: {
      items: [
        {
          ...{ userId: 7, name: '周晓岚', unitName: '岳阳市', remindedAt: null, readAt: null },
          askedAt: '2026-11-30T01:00:00.000Z',
        },
      ],
      ...{ total: 1, totalIsExact: true },
    },
  });

const Text = (max: number) => z.string().trim().max(max);
const FIELDS = {
  title: Text(TITLE_MAX).min(1),
  kind: KIND,
  documentNumber: Text(NUMBER_MAX),
  body: Text(BODY_MAX).describe('可以不写，只附文件'),
  changeNote: Text(NOTE_MAX).describe('与上一版有什么不同'),
  addresseeId: RowId.nullable().describe('发给这个单位及其下级；null 是全部单位'),
  effectiveOn: DAY,
  readBy: DAY.nullable().describe('学习期限'),
};
const FIELDS_EXAMPLE = {
  ...{ title: EXAMPLE.title, kind: EXAMPLE.kind, documentNumber: EXAMPLE.documentNumber },
  ...{ body: '第一条……', changeNote: '', addresseeId: null, effectiveOn: '2026-12-01' },
  readBy: '2099-12-15',
};
export const NewRegulation = z
  .strictObject(FIELDS)
  .meta({ id: 'NewRegulation', example: FIELDS_EXAMPLE });
const REVISION = z.int().min(1).max(1_000_000);
export const DraftBody = z
  .strictObject({
    ...FIELDS,
    revision: REVISION.nullable().describe('看到的草稿；没有草稿是 null：起草新版本'),
  })
  .meta({ id: 'DraftRegulation', example: { ...FIELDS_EXAMPLE, revision: 1 } });
export const DraftDecision = z
  .strictObject({ revision: REVISION, outcome: z.enum(['published', 'discarded']) })
  .meta({ id: 'DecideRegulationDraft', example: { revision: 1, outcome: 'published' } });
export const RepealBody = z
  .strictObject({ reason: Text(NOTE_MAX).min(1) })
  .meta({ id: 'RepealRegulation', example: { reason: '由新的管理办法代替' } });
export const ReceiptBody = z
  .strictObject({ versionId: RowId.describe('读的版本：要是现行的') })
  .meta({ id: 'ConfirmRegulation', example: { versionId: 5 } });

export const REGULATION_FILTERS = {
  stands: z
    .enum(REGULATION_STANDS)
    .optional()
    .describe('inForce 现行；draft 有草稿；repealed 已废止；toRead 本人待学习'),
  kind: KIND.optional(),
  q: z.string().trim().max(100).optional().describe('名称、发文字号、正文里的字'),
};
export const READER_FILTERS = {
  read: z.enum(['yes', 'no']).optional().describe('yes 已确认；no 没有确认'),
  unitId: RowIdText.describe('单位及其下级').optional(),
};
export const VersionQuery = z.strictObject({
  versionId: RowIdText.describe('要看的版本；不写是现行的').optional(),
});
export const VersionParams = z.strictObject({ id: RowIdText, versionId: RowIdText });
