import { z } from 'zod';
import { RowId, RowIdText } from '../../http/row-id.ts';
import { HANDOVER_STATES, ITEMS_MAX } from '../posts/hand-over.ts';
import { CHAIN_STANDS } from '../posts/list-chains.ts';
import { POSTS } from '../posts/post.ts';

export const DAY = z.iso.date();
const KIND = z.enum(['site', 'account']);

const POST = z.object({
  post: z.enum(POSTS),
  title: z.string(),
  holdingId: z.number().nullable().describe('没有登记，或只有名录登记的，是 null'),
  name: z.string().describe('空的：没有人'),
  office: z.string(),
  phone: z.string().describe('没有权限的人只看到一部分'),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
  isExpired: z.boolean(),
  isLacking: z.boolean().describe('应有而没有，或任期已过'),
  registerSays: z.string().nullable().describe('名录里登记的是另一个人'),
});
const CHAIN = {
  kind: KIND,
  id: z.number(),
  name: z.string(),
  identity: z.string(),
  unitId: z.number(),
  unitName: z.string(),
  order: z.number(),
  posts: z.array(POST),
  handoverDueOn: z.string().nullable().describe('有没接收的交接：应在这天前接收'),
  isHandoverLate: z.boolean(),
};
const POST_EXAMPLE = {
  ...{ post: 'responsible' as const, title: '责任人', holdingId: 4, name: '周晓岚' },
  ...{ office: '信息中心主任', phone: '0730-8880000', validFrom: '2026-03-01', validTo: null },
  ...{ isExpired: false, isLacking: false, registerSays: null },
};
const CHAIN_EXAMPLE = {
  ...{ kind: 'site' as const, id: 9, name: '岳阳市门户', identity: '4306000001', unitId: 3 },
  ...{ unitName: '岳阳市', order: 1, posts: [POST_EXAMPLE], handoverDueOn: null },
  isHandoverLate: false,
};
export const ChainList = z
  .object({ items: z.array(z.object(CHAIN)), total: z.number(), totalIsExact: z.boolean() })
  .meta({
    id: 'DutyChainList',
    example: { items: [CHAIN_EXAMPLE], total: 1, totalIsExact: true },
  });

const HANDOVER = z.object({
  id: z.number(),
  post: z.enum(POSTS),
  title: z.string(),
  fromName: z.string(),
  toName: z.string(),
  toOffice: z.string(),
  toPhone: z.string(),
  takesOn: z.string(),
  dueOn: z.string(),
  items: z.array(z.string()),
  note: z.string(),
  state: z.enum(HANDOVER_STATES),
  givenBy: z.string(),
  givenAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decisionNote: z.string(),
  isLate: z.boolean(),
  isOwn: z.boolean().describe('是本人发起的：能撤回，不能接收'),
});
export const ChainDetail = z
  .object({
    ...CHAIN,
    isEnded: z.boolean().describe('已经关停或迁走：只供查看'),
    former: z.array(
      z.object({
        ...{ id: z.number(), title: z.string(), name: z.string(), office: z.string() },
        ...{ phone: z.string(), validFrom: z.string(), validTo: z.string().nullable() },
        ...{ setBy: z.string(), setAt: z.string() },
        isCorrected: z.boolean().describe('登记错了，从未生效'),
      }),
    ),
    handovers: z.array(HANDOVER),
    openWork: z.array(z.string()).describe('现在没有办完的事，供交接清单用'),
  })
  .meta({
    id: 'DutyChain',
    example: { ...CHAIN_EXAMPLE, isEnded: false, former: [], handovers: [], openWork: [] },
  });

const Line = (max: number) => z.string().trim().max(max);
const HOLDER = { name: Line(200).min(1), office: Line(100), phone: Line(60) };
export const PostBody = z
  .strictObject({
    ...{ post: z.enum(POSTS), ...HOLDER, validFrom: DAY, validTo: DAY.nullable() },
    seenId: RowId.nullable().describe('看到的登记；没有登记是 null'),
  })
  .meta({
    id: 'SetDutyPost',
    example: {
      ...{ post: 'leader', name: '刘建国', office: '副市长', phone: '0730-8880001' },
      ...{ validFrom: '2026-03-01', validTo: null, seenId: null },
    },
  });
export const HandoverBody = z
  .strictObject({
    ...{ post: z.enum(POSTS), ...HOLDER, takesOn: DAY, note: Line(500) },
    items: z.array(Line(200)).min(1).max(ITEMS_MAX).describe('交接清单：不要写密码本身'),
  })
  .meta({
    id: 'HandOverDuty',
    example: {
      ...{ post: 'responsible', name: '彭建军', office: '信息中心', phone: '0730-8880002' },
      ...{ takesOn: '2026-12-01', note: '', items: ['后台管理员账号', '整改事项第 3 号'] },
    },
  });
export const HandoverDecision = z
  .strictObject({
    outcome: z.enum(['taken', 'declined', 'takenBack']),
    note: Line(500).describe('退回要写明原因'),
  })
  .meta({ id: 'DecideHandover', example: { outcome: 'taken', note: '' } });

export const CHAIN_FILTERS = {
  stands: z
    .enum(CHAIN_STANDS)
    .optional()
    .describe('lacking 缺人或任期已过；handover 交接中；late 交接逾期；differs 与名录不一致'),
  kind: KIND.optional(),
  unitId: RowIdText.describe('单位及其下级').optional(),
  q: z.string().trim().max(100).optional().describe('名称、标识码、单位或姓名里的字'),
};
export const PAGE = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('每页条数，1–200'),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('跳过的条数'),
};
export const BYTES = z.unknown().meta({ description: '文件的字节', example: '…' });
