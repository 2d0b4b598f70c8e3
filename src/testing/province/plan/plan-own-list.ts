import { addDays, type CalendarDate } from '../../../lib/pure/dates.ts';
import type { DouyinPlan, DouyinWork } from '../../platforms/douyin/douyin-plan.ts';
import type { WeiboPlan, WeiboPost } from '../../platforms/weibo/weibo-plan.ts';
import type { Post } from '../feeds/feed-plan.ts';
import type { Draw } from '../sites/draw.ts';
import { planPost, planPosts } from './plan-posts.ts';

export const WEIBO_HOST = 'weibo-api.province.test';
export const DOUYIN_HOST = 'douyin-api.province.test';
/** The one application that accounts of the province authorise. */
const CLIENT_KEY = 'tt7a31c05e9d';

export interface OwnListWish {
  /** Unlike any other account's. */
  readonly token: string;
  readonly name: string;
  readonly accountId: string;
  /** The newest item that everybody sees. */
  readonly newest: CalendarDate;
  readonly fresh: boolean;
  readonly today: CalendarDate;
  /** The authorisation is worth nothing any more. */
  readonly isExpired: boolean;
  /** An item that was there and was taken back; null = none. */
  readonly withdrawnOn: CalendarDate | null;
}

/** A Weibo account's own timeline: everything that it published, newest first but for what is pinned. */
export function planWeibo(draw: Draw, wish: OwnListWish): WeiboPlan {
  const posts = postsOf(draw, wish).map(
    ({ post, pinned, withdrawn }): WeiboPost => ({
      text: `【${post.title}】${post.title}。详情请看网页链接`,
      on: post.on,
      time: post.time,
      repost: !pinned && draw.chance(0.3),
      pinned,
      deleted: withdrawn && draw.chance(0.6),
      secret: false,
    }),
  );
  return {
    baseUrl: `http://${WEIBO_HOST}${draw.chance(0.3) ? '/' : ''}`,
    uid: uidOf(wish),
    name: wish.name,
    accessToken: `2.00${wish.token.slice(0, 28)}`,
    token: wish.isExpired ? draw.pick(['expired', 'revoked'] as const) : 'good',
    // What was taken back is marked, or gone without a trace.
    posts: posts.filter((post) => post.deleted || post.on !== wish.withdrawnOn),
    callsPerHour: null,
    granted: true,
    reviewed: true,
    busyOnce: draw.chance(0.1),
    banned: false,
  };
}

/** A Douyin account's list of its own works; what was taken back leaves no trace in it. */
export function planDouyin(draw: Draw, wish: OwnListWish): DouyinPlan {
  const works = postsOf(draw, wish)
    .filter(({ withdrawn }) => !withdrawn)
    .map(
      ({ post, pinned }): DouyinWork => ({
        title: `${post.title} #政务公开`,
        on: post.on,
        time: post.time,
        pinned,
        reviewed: true,
      }),
    );
  // An access token that is past is refreshed on the way; a refresh token that is past needs its owner.
  const accessAgeDays = wish.isExpired ? 40 : draw.pick([1, 4, 9, 16, 21]);
  return {
    baseUrl: `http://${DOUYIN_HOST}${draw.chance(0.3) ? '/' : ''}`,
    clientKey: CLIENT_KEY,
    openId: `${wish.token.slice(0, 8)}-${wish.token.slice(8, 12)}-${wish.token.slice(12, 16)}`,
    accessToken: `act.${wish.token.slice(0, 32)}`,
    refreshToken: `rft.${wish.token.slice(32, 64)}`,
    accessAgeDays,
    refreshAgeDays: accessAgeDays,
    renewalsLeft: 5,
    mayRenew: true,
    works,
    callsPerDay: null,
    busyOnce: draw.chance(0.1),
    refusal: null,
  };
}

interface Listed {
  readonly post: Post;
  readonly pinned: boolean;
  readonly withdrawn: boolean;
}

function postsOf(draw: Draw, wish: OwnListWish): Listed[] {
  const posts = oneAMinute(planPosts(draw, wish.newest));
  const oldest = posts.at(-1)!;
  const listed = posts.map((post): Listed => ({ post, pinned: false, withdrawn: false }));
  if (wish.withdrawnOn !== null) {
    const post = { ...planPost(draw, wish.withdrawnOn), time: '09:17' };
    listed.push({ post, pinned: false, withdrawn: true });
  }
  listed.sort((one, other) => (keyOf(one.post) < keyOf(other.post) ? 1 : -1));
  if (!draw.chance(0.35)) return listed;
  const old = { ...planPost(draw, addDays(oldest.on, -draw.int(60, 300))), time: '08:05' };
  return [{ post: old, pinned: true, withdrawn: false }, ...listed];
}

const keyOf = ({ on, time }: Post): string => `${on} ${time}`;

/** Lists are paged by time: no two items of an account share a minute. */
function oneAMinute(posts: readonly Post[]): Post[] {
  const taken = new Set<string>();
  return posts.filter((post) => !taken.has(keyOf(post)) && taken.add(keyOf(post)));
}

/** Registers write names and links where a number is wanted; the platform has a number for everybody. */
function uidOf({ accountId, token }: OwnListWish): string {
  if (/^\d{6,11}$/.test(accountId)) return accountId;
  return BigInt(`0x${token}`).toString().slice(0, 10).replace(/^0/, '1');
}
