import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { DouyinPlan } from '../platforms/douyin/douyin-plan.ts';
import type { WechatPlan } from '../platforms/wechat/wechat-plan.ts';
import { ACCOUNT } from '../platforms/wechat/wechat-plans.ts';
import type { WeiboPlan } from '../platforms/weibo/weibo-plan.ts';
import { namesOf } from './crowd-names.ts';
import type { CrowdPosts } from './crowd-posts.ts';
import type { CrowdAccount } from './plan-crowd.ts';

/** Where the crowd stands in time: plans are read anew with every request, so that the day may change under them. */
export interface CrowdTime {
  readonly posts: CrowdPosts;
  readonly firstDay: CalendarDate;
  readonly today: () => CalendarDate;
}

/** What other systems of the unit used up today is there again tomorrow. */
const isUsedUp = ({ trouble }: CrowdAccount, { today, firstDay }: CrowdTime): boolean =>
  trouble === 'used-up' && today() === firstDay;

const NONE_LEFT = { '/datacube/getarticletotaldetail': 0, '/cgi-bin/freepublish/batchget': 0 };

export function wechatPlanOf(account: CrowdAccount, time: CrowdTime): WechatPlan {
  const { nr, trouble } = account;
  const { identity, secret } = namesOf(account);
  return {
    ...ACCOUNT,
    ...{ appId: identity, appSecret: secret },
    ...(trouble === 'frozen' ? { frozen: true } : {}),
    ...(trouble === 'address-refused' ? { allowedAddresses: [] } : {}),
    ...(trouble === 'limited' ? { limited: 50002 as const } : {}),
    ...(trouble === 'busy' ? { busyOnce: true } : {}),
    ...(trouble === 'token-ends' ? { tokenCalls: 1 } : {}),
    ...(trouble === 'short-span' ? { spanDays: 7 } : {}),
    get today() {
      return time.today();
    },
    get posts() {
      return time.posts.of(nr, time.today()).oldestFirst;
    },
    get perDay() {
      return isUsedUp(account, time) ? NONE_LEFT : {};
    },
  };
}

export function weiboPlanOf(account: CrowdAccount, time: CrowdTime): WeiboPlan {
  const { nr, trouble } = account;
  const { identity, name, secret } = namesOf(account);
  return {
    ...{ baseUrl: '', uid: identity, name, accessToken: secret },
    ...{ token: trouble === 'expired' ? 'expired' : 'good', callsPerHour: null, granted: true },
    ...{ reviewed: true, busyOnce: trouble === 'busy', banned: trouble === 'banned' },
    get posts() {
      return time.posts.of(nr, time.today()).newestFirst;
    },
  };
}

/** Days since the tokens were given: an access token lives for 15, a refresh token for 30. */
const TOKEN_AGES: Readonly<Record<string, readonly [access: number, refresh: number]>> = {
  renewed: [16, 16],
  lapsed: [31, 31],
};

export function douyinPlanOf(account: CrowdAccount, time: CrowdTime): DouyinPlan {
  const { nr, trouble } = account;
  const { identity, clientKey } = namesOf(account);
  const [accessAgeDays, refreshAgeDays] = TOKEN_AGES[trouble] ?? [1, 1];
  return {
    ...{ baseUrl: '', openId: identity, clientKey, accessAgeDays, refreshAgeDays },
    ...{ accessToken: `act.${nr}x`, refreshToken: `rft.${nr}x`, renewalsLeft: 5, mayRenew: true },
    ...{ busyOnce: false, refusal: null },
    get works() {
      return time.posts.of(nr, time.today()).newestFirst;
    },
    get callsPerDay() {
      return isUsedUp(account, time) ? 0 : null;
    },
  };
}
