import { z } from 'zod';
import { RowId, RowIdText } from '../../http/row-id.ts';
import { SheetReadingView } from '../import/import-schemas.ts';
import { ADOPTED_MAX } from './adopt-differences.ts';
import { DIFF_KINDS, DIFF_STATES } from './read-diff.ts';

const KEPT = {
  id: z.number(),
  fileName: z.string(),
  mapName: z.string().nullable(),
  madeBy: z.string(),
  madeAt: z.string(),
  expiresAt: z.string().describe('到这时删除'),
};
const KEPT_EXAMPLE = {
  ...{ id: 3, fileName: '报送系统导出.xlsx', mapName: null, madeBy: '李明华（li）' },
  ...{ madeAt: '2020-09-17T02:00:00.000Z', expiresAt: '2020-10-17T02:00:00.000Z' },
};
export const DiffList = z
  .object({ items: z.array(z.object(KEPT)) })
  .meta({ id: 'RegisterDiffList', example: { items: [KEPT_EXAMPLE] } });

export const DiffView = z
  .object({
    ...KEPT,
    counts: z
      .object({ differs: z.number(), theirs: z.number(), ours: z.number() })
      .describe('账号数：字段不同、只在报送系统、只在名录'),
    same: z.number().nullable().describe('完全一致的账号；只看一部分单位的人没有'),
    fields: z.array(z.object({ field: z.string(), title: z.string(), count: z.number() })),
    adopted: z.number(),
    unread: z.array(z.string()).describe('没有读懂、所以没有比的格子'),
    unreadLeftOut: z.number(),
    sheets: z.array(SheetReadingView),
  })
  .meta({
    id: 'RegisterDiff',
    example: {
      ...KEPT_EXAMPLE,
      ...{ counts: { differs: 2, theirs: 1, ours: 0 }, same: 30, adopted: 0 },
      fields: [{ field: 'name', title: '账号名称', count: 2 }],
      ...{ unread: [], unreadLeftOut: 0, sheets: [] },
    },
  });

const FILTER = {
  kind: z
    .enum(DIFF_KINDS)
    .optional()
    .describe('differs 字段不同、theirs 只在报送系统、ours 只在名录'),
  field: z.string().max(40).optional(),
  unitId: RowIdText.optional().describe('单位及其下级'),
  state: z.enum(DIFF_STATES).optional().describe('open 未处理、adopted 已采用、takenBack 已退回'),
  q: z.string().trim().max(100).optional().describe('名称、单位或值里的字'),
};
export const DifferenceFilter = z.strictObject(FILTER);
export const DifferenceQuery = z.strictObject({
  ...FILTER,
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('每页条数，1–200'),
  offset: z.coerce.number().int().min(0).max(3_000_000).default(0).describe('跳过的条数'),
});
export const DifferenceList = z
  .object({
    items: z.array(
      z.object({
        number: z.number(),
        kind: z.enum(DIFF_KINDS),
        accountId: z.number().nullable(),
        platform: z.string(),
        name: z.string(),
        sponsor: z.string(),
        fileRow: z.number().nullable(),
        field: z.string().nullable().describe('空：整个账号只在一方'),
        title: z.string().nullable(),
        ours: z.string(),
        theirs: z.string(),
        state: z.enum(DIFF_STATES),
        adoptedBy: z.string().nullable(),
        adoptedAt: z.string().nullable(),
        whyNot: z.string().nullable().describe('为什么不能采用或退回；空：可以'),
      }),
    ),
    total: z.number(),
    totalIsExact: z.boolean(),
  })
  .meta({
    id: 'RegisterDifferenceList',
    example: {
      items: [
        {
          ...{
            number: 1,
            kind: 'differs',
            accountId: 12,
            platform: '微信公众号',
            name: '岳阳发布',
          },
          ...{ sponsor: '岳阳市', fileRow: 3, field: 'contact', title: '联系人', ours: '王五' },
          ...{ theirs: '李四', state: 'open', adoptedBy: null, adoptedAt: null, whyNot: null },
        },
      ],
      ...{ total: 1, totalIsExact: true },
    },
  });

export const AdoptionBody = z
  .strictObject({
    numbers: z.array(RowId).min(1).max(ADOPTED_MAX),
    side: z.enum(['theirs', 'ours']),
  })
  .meta({ id: 'DifferenceAdoptionBody', example: { numbers: [1, 2], side: 'theirs' } });
export const AdoptionView = z
  .object({
    adopted: z.number(),
    refused: z.array(z.object({ number: z.number(), reason: z.string() })),
  })
  .meta({ id: 'DifferenceAdoption', example: { adopted: 2, refused: [] } });
