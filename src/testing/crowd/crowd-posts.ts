import { addDays, type CalendarDate } from '../../lib/pure/dates.ts';
import type { DouyinWork } from '../platforms/douyin/douyin-plan.ts';
import type { WechatPost } from '../platforms/wechat/wechat-plan.ts';
import type { WeiboPost } from '../platforms/weibo/weibo-plan.ts';

/** Accounts publish in so many rhythms, and share their posts: a hundred thousand accounts have to fit into memory. */
const RHYTHMS = 50;
/** Days before the first one that are to be seen: twice what a first sweep looks at. */
const DAYS = 30;

/** A post that is good for every platform. */
type CrowdPost = WechatPost & WeiboPost & DouyinWork;

interface Shown {
  readonly oldestFirst: readonly CrowdPost[];
  readonly newestFirst: readonly CrowdPost[];
}

const ORDINARY = {
  ...{ time: '09:30', counted: true, deleted: false, repost: false },
  ...{ pinned: false, secret: false, reviewed: true },
} as const;

/** What accounts had published by a day. */
export class CrowdPosts {
  readonly #from: CalendarDate;
  readonly #byDay = new Map<CalendarDate, readonly Shown[]>();

  /** `firstDay` = the day of the first sweep. */
  constructor(firstDay: CalendarDate) {
    this.#from = addDays(firstDay, -DAYS);
  }

  /** Of account `nr`, until the day before `today`; tomorrow it is the same and what is new. */
  of(nr: number, today: CalendarDate): Shown {
    let all = this.#byDay.get(today);
    if (all === undefined) {
      all = Array.from({ length: RHYTHMS }, (_, rhythm) => this.#postsOf(rhythm, today));
      this.#byDay.set(today, all);
    }
    return all[nr % RHYTHMS]!;
  }

  /** Every day, or every second to fifth one. */
  #postsOf(rhythm: number, today: CalendarDate): Shown {
    const posts: CrowdPost[] = [];
    const every = 1 + (rhythm % 5);
    for (let on = this.#from; on < today; on = addDays(on, every)) {
      const title = `政务公开：${on} 第 ${rhythm} 号工作动态`;
      posts.push({ ...ORDINARY, title, text: title, on, quiet: posts.length % 2 === 1 });
    }
    return { oldestFirst: posts, newestFirst: posts.toReversed() };
  }
}
