import { z } from 'zod';
import { PLATFORMS, REGISTER_MATCHES, SEEN_VIAS } from '../../domain/discovered-account.ts';
import { RowId, RowIdText } from '../../http/row-id.ts';

const STATES = ['open', 'adopted', 'dismissed'] as const;
const Named = z.object({ id: z.number(), name: z.string() });
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const FILTER = {
  platform: z.enum(PLATFORMS).optional().describe('平台'),
  match: z.enum(REGISTER_MATCHES).optional().describe('与名录比对的结果'),
  state: z.enum(STATES).optional().describe('open 待处理、adopted 已纳入、dismissed 不予纳入'),
  unitId: RowIdText.optional().describe('单位及其下级'),
  q: z.string().trim().max(100).optional().describe('名称或账号标识里的字'),
};

export const DiscoveredFilterQuery = z.strictObject(FILTER);
export const DiscoveredQuery = z.strictObject({
  ...FILTER,
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('每页条数，1–200'),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('跳过的条数'),
});
export const PictureParams = z.strictObject({ id: RowIdText, sha256: Sha256 });

const ITEM = {
  id: z.number(),
  platform: z.enum(PLATFORMS),
  idKind: z.string(),
  accountKey: z.string(),
  name: z.string().nullable(),
  site: Named,
  unit: Named,
  match: z.enum(REGISTER_MATCHES),
  registered: Named.nullable(),
  score: z.number(),
  state: z.enum(STATES),
  reason: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  caseId: z.number().nullable(),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  pages: z.number(),
};
const EXAMPLE = {
  ...{ id: 7, platform: 'wechat', idKind: 'qr', accountKey: '7ENJ5HLEb9r0rbGy9xFX' },
  ...{ name: '衡南发布', site: { id: 3, name: '衡南县人民政府' }, registered: null },
  ...{ unit: { id: 12, name: '衡南县人民政府办公室' }, match: 'unknown', score: 90 },
  ...{ state: 'open', reason: null, decidedBy: null, decidedAt: null, caseId: null, pages: 1 },
  ...{ firstSeenAt: '2026-11-02T03:00:00.000Z', lastSeenAt: '2026-11-02T03:00:00.000Z' },
};

export const DiscoveredList = z
  .object({ items: z.array(z.object(ITEM)), total: z.number(), totalIsExact: z.boolean() })
  .meta({
    id: 'DiscoveredList',
    example: { items: [EXAMPLE], total: 1, totalIsExact: true },
  });

export const Discovered = z
  .object({
    ...ITEM,
    reasons: z.array(z.string()),
    sightings: z.array(
      z.object({
        pageUrl: z.string(),
        via: z.enum(SEEN_VIAS),
        place: z.string(),
        words: z.string(),
        address: z.string().nullable().describe('网页给出的地址，或二维码的内容'),
        picture: z.string().nullable(),
        pageSnapshot: z.string().nullable(),
        pictureSnapshot: z.string().nullable(),
        firstSeenAt: z.string(),
        lastSeenAt: z.string(),
      }),
    ),
  })
  .meta({ id: 'Discovered', example: { ...EXAMPLE, reasons: [], sightings: [] } });

export const AdoptionBody = z
  .strictObject({
    unitId: RowId.optional().describe('负责的单位；不写是所在网站的主办单位'),
    name: z.string().trim().min(1).max(200).optional().describe('网页没有写名称时要填'),
  })
  .meta({ id: 'AdoptionBody', example: { unitId: 12 } });
export const Adoption = z
  .object({ caseId: z.number() })
  .meta({ id: 'Adoption', description: '补登记的账号事项', example: { caseId: 41 } });
export const DismissalBody = z
  .strictObject({ reason: z.string().trim().min(1).max(500).describe('为什么不予纳入') })
  .meta({ id: 'DismissalBody', example: { reason: '是个人账号' } });
