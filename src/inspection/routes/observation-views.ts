import { z } from 'zod';
import type { Observation } from '../../domain/account-facts.ts';
import type { Acting } from '../../domain/acting.ts';
import { replyClock } from '../../domain/reply-clock.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { ListedObservation } from '../observe/observation.repository.ts';
import { INTERACTION_WAYS, SIGHT_LIMITS } from '../observe/sight-rules.ts';
import { isOwnOrSupervised, REASON_MAX } from '../observe/withdraw-observation.ts';

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const NEWEST = z
  .union([z.iso.date(), z.literal('none')])
  .nullable()
  .describe('none：一条也没有；null：没有看');
const WAYS = z.array(z.enum(INTERACTION_WAYS)).max(INTERACTION_WAYS.length);
const INSTANT = z.iso.datetime({ offset: true });

const Clock = z.object({
  dueOn: z.string().nullable().describe('最后一个按时回复的日子；null：节假日安排还不知道'),
  state: z.enum(['waiting', 'answered', 'answeredLate', 'overdue']),
  workdaysLeft: z.number().int(),
});

export const SightView = z
  .object({
    at: z.string(),
    newestOn: z.string().nullable(),
    ways: z.array(z.string()).nullable(),
    testedAt: z.string().nullable(),
    repliedAt: z.string().nullable(),
    clock: Clock.nullable().describe('测试留言的时钟；没有测试留言为 null'),
    isThere: z.boolean().nullable(),
    name: z.string().nullable(),
    operator: z.string().nullable(),
    certified: z.boolean().nullable(),
    followers: z.number().nullable(),
    ads: z.string().nullable().describe('空：看了，没有；null：没有看'),
    originalOn: z.string().nullable(),
    opens: z.boolean().nullable(),
    note: z.string().nullable(),
    image: z.string().nullable().describe('检查人员自己留存的图片名'),
    picture: z.string().nullable().describe('上传的图片的 SHA-256'),
    by: z.string().nullable(),
    origin: z.string(),
  })
  .meta({ id: 'SightView', description: '一条人工观察' });

const SIGHT_EXAMPLE: z.input<typeof SightView> = {
  ...{ at: '2020-09-17T02:30:00.000Z', newestOn: '2020-08-20', ways: ['私信'] },
  ...{ testedAt: '2020-09-07T02:00:00.000Z', repliedAt: null },
  clock: { dueOn: '2020-09-14', state: 'overdue', workdaysLeft: 0 },
  ...{ isThere: true, name: '岳阳发布', operator: '岳阳市人民政府办公室', certified: true },
  ...{ followers: 12_000, ads: '', originalOn: null, opens: null, note: null, image: null },
  ...{ picture: null, by: '张三（zhangsan）', origin: '控制台登记' },
};

const ListedSight = SightView.extend({
  id: z.number(),
  withdrawn: z
    .object({ at: z.string(), by: z.string(), why: z.string() })
    .nullable()
    .describe('谁、什么时候、为什么撤回；撤回的不再作为依据'),
  mayWithdraw: z.boolean().describe('登记的人和主管单位可以撤回'),
}).meta({ id: 'ListedSight', description: '一条人工观察，撤回的也在内' });

export const AccountSights = z
  .object({
    account: z.object({ id: z.number(), name: z.string() }),
    items: z.array(ListedSight),
    total: z.number(),
  })
  .meta({
    id: 'AccountSights',
    example: {
      account: { id: 12, name: '岳阳发布' },
      items: [{ ...SIGHT_EXAMPLE, id: 3, withdrawn: null, mayWithdraw: true }],
      total: 1,
    },
  });

export const NewSight = z
  .strictObject({
    observedAt: INSTANT.describe('什么时候看的，精确到分'),
    newestOn: NEWEST,
    ways: WAYS.nullable().describe('[]：一种也没有；null：没有看'),
    testedAt: INSTANT.nullable(),
    repliedAt: INSTANT.nullable(),
    isThere: z.boolean().nullable().describe('平台上有没有这个账号'),
    name: z.string().trim().max(SIGHT_LIMITS.name).nullable(),
    operator: z.string().trim().max(SIGHT_LIMITS.operator).nullable(),
    certified: z.boolean().nullable(),
    followers: z.int().min(0).max(2_000_000_000).nullable(),
    ads: z.string().trim().max(SIGHT_LIMITS.ads).nullable().describe('空：看了，没有'),
    originalOn: NEWEST,
    opens: z.boolean().nullable().describe('移动客户端、小程序能否下载、打开和使用'),
    note: z.string().trim().max(SIGHT_LIMITS.note).nullable(),
    picture: Sha256.nullable().describe('先上传的图片'),
  })
  .meta({
    id: 'NewSight',
    description: '看到的情况，不是结论；没有看的写 null',
    example: {
      ...{ observedAt: '2020-09-17T10:30:00+08:00', newestOn: '2020-08-20', ways: ['私信'] },
      ...{ testedAt: '2020-09-07T10:00:00+08:00', repliedAt: null, isThere: true },
      ...{ name: '岳阳发布', operator: '岳阳市人民政府办公室', certified: true },
      ...{ followers: 12_000, ads: '', originalOn: null, opens: null, note: null, picture: null },
    },
  });

export const Withdraw = z
  .strictObject({ reason: z.string().trim().min(1).max(REASON_MAX) })
  .meta({ id: 'WithdrawSight', example: { reason: '看的是同名的另一个账号' } });

export const Withdrawn = z
  .object({ judgedAgain: z.array(z.string()).describe('重新判定了的批次') })
  .meta({ id: 'WithdrawnSight', example: { judgedAgain: ['2020Q3'] } });

export const KeptPictureView = z
  .object({
    sha256: Sha256,
    mediaType: z.enum(['image/png', 'image/jpeg', 'image/webp']),
    width: z.number(),
    height: z.number(),
  })
  .meta({
    id: 'KeptPicture',
    example: { sha256: 'a'.repeat(64), mediaType: 'image/png', width: 1080, height: 2340 },
  });

/** A sight in the list of its account, as `acting` sees it. */
export function listedSightView(
  seen: ListedObservation,
  acting: Acting,
  now: Instant,
): z.input<typeof ListedSight> {
  const { id, withdrawn } = seen;
  const mayWithdraw = withdrawn === null && isOwnOrSupervised(acting, seen);
  return { ...sightView(seen, now), id, withdrawn, mayWithdraw };
}

/** A sight as the interface tells it; facts of earlier versions do not say everything. */
export function sightView(
  seen: Observation,
  now: Instant,
  replyWorkdays?: number,
): z.input<typeof SightView> {
  const { profile, testedAt, repliedAt } = seen;
  return {
    at: seen.observedAt,
    newestOn: seen.newestOn,
    ways: seen.ways === null ? null : [...seen.ways],
    testedAt,
    repliedAt,
    clock: testedAt === null ? null : replyClock(testedAt, repliedAt, now, replyWorkdays),
    isThere: profile?.isThere ?? null,
    name: profile?.name ?? null,
    operator: profile?.operator ?? null,
    certified: profile?.certified ?? null,
    followers: profile?.followers ?? null,
    ads: seen.ads ?? null,
    originalOn: seen.originalOn ?? null,
    opens: seen.opens ?? null,
    note: seen.note ?? null,
    image: seen.image,
    picture: seen.picture ?? null,
    by: seen.by ?? null,
    origin: seen.origin,
  };
}
