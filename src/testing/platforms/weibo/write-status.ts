import { shanghaiInstant } from '../../../lib/pure/dates.ts';
import type { WeiboPlan, WeiboPost } from './weibo-plan.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = [
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
] as const;
/** Ids grow with time, sixteen digits long. */
const FIRST_ID = 4_500_000_000_000_000n;
/** Posts of one minute that get ids of their own. */
const IDS_PER_MINUTE = 1000n;

/** Later posts have greater ids; of the same minute, those that stand first. */
export function statusId(plan: WeiboPlan, post: WeiboPost): bigint {
  const minutes = BigInt(Date.parse(instantOf(post)) / 60_000);
  const place = BigInt(plan.posts.length - plan.posts.indexOf(post));
  return FIRST_ID + minutes * IDS_PER_MINUTE + (place % IDS_PER_MINUTE);
}

/** How many follow any account. */
const FOLLOWERS = 20_480;

/** A status object as the interfaces give it. */
export function writeStatus(plan: WeiboPlan, post: WeiboPost): Readonly<Record<string, unknown>> {
  const id = statusId(plan, post);
  const shared = {
    created_at: createdAt(post),
    id: Number(id),
    idstr: String(id),
    mid: String(id),
    text: post.deleted ? '抱歉，此微博已被作者删除。查看帮助' : post.text,
    source: '<a href="http://app.weibo.com/t/feed/9ksdit" rel="nofollow">微博</a>',
    favorited: false,
    truncated: false,
    visible: { type: post.secret ? 1 : 0, list_id: 0 },
    user: {
      ...{ id: Number(plan.uid), idstr: plan.uid, screen_name: plan.name },
      followers_count: FOLLOWERS,
    },
  };
  if (post.deleted) return { ...shared, deleted: '1' };
  return {
    ...shared,
    reposts_count: 3,
    comments_count: 2,
    attitudes_count: 11,
    ...(post.pinned ? { isTop: 1, mblogtype: 2 } : {}),
    ...(post.repost ? { retweeted_status: { idstr: String(id - 7n), text: '原微博' } } : {}),
  };
}

const instantOf = ({ on, time }: WeiboPost): string => shanghaiInstant(`${on} ${time}`)!;

/** `Wed Oct 24 23:49:17 +0800 2012`. */
function createdAt({ on, time }: WeiboPost): string {
  const day = new Date(`${on}T00:00:00Z`);
  const date = `${WEEKDAYS[day.getUTCDay()]} ${MONTHS[day.getUTCMonth()]} ${on.slice(8)}`;
  return `${date} ${time}:17 +0800 ${on.slice(0, 4)}`;
}
