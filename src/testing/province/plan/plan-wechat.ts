import { addDays, type CalendarDate, daysBetween } from '../../../lib/pure/dates.ts';
import type { WechatPlan, WechatPost } from '../../platforms/wechat/wechat-plan.ts';
import type { Draw } from '../sites/draw.ts';
import { planPost, planPosts } from './plan-posts.ts';

export const WECHAT_HOST = 'weixin-api.province.test';

/** Beyond so many days a search day by day would ask more than an account's owner would allow. */
const DAILY_SPAN_DAYS = 45;

export interface WechatWish {
  /** Unlike any other account's. */
  readonly token: string;
  readonly newest: CalendarDate;
  readonly fresh: boolean;
  readonly interactive: boolean;
  readonly today: CalendarDate;
  readonly frozen?: boolean;
}

/** An account's owner interfaces; together they tell exactly the newest publication and whether anyone can be reached. */
export function planWechat(draw: Draw, wish: WechatWish): WechatPlan {
  const { today, fresh } = wish;
  // Statistics end yesterday: what was published today only the quiet list knows.
  const quiet = wish.newest >= today || draw.chance(0.4);
  const counted = !quiet || (wish.newest < today && draw.chance(0.6));
  const [newest, ...older] = planPosts(draw, wish.newest);
  const posts: WechatPost[] = [
    { ...newest!, quiet, counted, deleted: false },
    ...older.map((post) => ({ ...post, quiet: draw.chance(0.4), counted: true, deleted: false })),
  ];
  if (draw.chance(0.2)) {
    // Of a silent account it lies before the last one: published in the window and taken back, it would be for people to judge.
    const days = draw.int(1, 5);
    const withdrawn = planPost(draw, addDays(fresh ? today : wish.newest, -days));
    posts.unshift({ ...withdrawn, quiet: true, counted: false, deleted: true });
  }
  const withheld = withheldFrom(draw, { fresh, quiet, counted });
  const askable = counted && fresh && !withheld.includes('getarticletotaldetail');
  return {
    baseUrl: `http://${WECHAT_HOST}${draw.chance(0.3) ? '/' : ''}`,
    appId: `wx${wish.token.slice(0, 16)}`,
    appSecret: wish.token.slice(16, 48),
    today,
    posts,
    spanDays: draw.pick(
      daysBetween(wish.newest, today) > DAILY_SPAN_DAYS ? [7, 15, 31] : [1, 7, 15, 31],
    ),
    isDelayed: fresh && counted && draw.chance(0.08),
    withheld,
    ...grants(draw, wish.interactive, askable),
    tokenCalls: draw.chance(0.1) ? draw.int(2, 6) : null,
    busyOnce: draw.chance(0.08),
    frozen: wish.frozen ?? false,
  };
}

/** An interface that the account lacks, never the one that alone knows the newest item; silence is proved by both together. */
function withheldFrom(
  draw: Draw,
  { fresh, quiet, counted }: { fresh: boolean; quiet: boolean; counted: boolean },
): WechatPlan['withheld'] {
  if (counted && draw.chance(0.15)) return fresh ? ['freepublish'] : [];
  return fresh && quiet && draw.chance(0.15) ? ['getarticletotaldetail'] : [];
}

type Grants = Pick<WechatPlan, 'menu' | 'autoReply' | 'comments'>;

/** `askable`: there is a recent article by which the right to comments can be asked. */
function grants(draw: Draw, interactive: boolean, askable: boolean): Grants {
  if (!interactive) return { menu: false, autoReply: false, comments: false };
  const way = draw.pick(
    askable ? ['menu', 'menu', 'autoReply', 'comments', 'all'] : ['menu', 'autoReply', 'all'],
  );
  const has = (name: string): boolean => way === name || way === 'all';
  return { menu: has('menu'), autoReply: has('autoReply'), comments: has('comments') };
}
