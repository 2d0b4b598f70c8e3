import { shanghaiDate } from '../../../lib/pure/dates.ts';
import type { Answer } from './answer-call.ts';
import { refuse } from './refuse.ts';
import type { WechatPlan } from './wechat-plan.ts';

/** Calls a day of a new account (new-media-apis §2.7); what has no documented number has no limit unless a plan sets one. */
const PER_DAY: Readonly<Record<string, number>> = {
  '/cgi-bin/stable_token': 500_000,
  '/cgi-bin/token': 2_000,
  '/cgi-bin/get_current_selfmenu_info': 10_000,
  '/cgi-bin/freepublish/batchget': 100,
};
const PER_MINUTE: Readonly<Record<string, number>> = { '/cgi-bin/stable_token': 10_000 };
const MINUTE_MS = 60_000;

/** Counts calls of every account and interface, by day in Shanghai and by minute. */
export class CallQuotas {
  readonly #now: () => number;
  readonly #counts = new Map<string, { mark: string; count: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Null = counted; else the refusal. A refused call is not counted. */
  take(plan: WechatPlan, path: string): Answer | null {
    const now = this.#now();
    const perDay = plan.perDay?.[path] ?? PER_DAY[path];
    const perMinute = plan.perMinute?.[path] ?? PER_MINUTE[path];
    const day = this.#count(`${plan.appId} ${path} day`, shanghaiDate(now));
    const minute = this.#count(`${plan.appId} ${path} minute`, `${Math.floor(now / MINUTE_MS)}`);
    if (perMinute !== undefined && minute.count >= perMinute)
      return refuse(45011, 'api minute-quota reach limit, mustslower retry next minute');
    if (perDay !== undefined && day.count >= perDay)
      return refuse(45009, 'reach max api daily quota limit');
    day.count += 1;
    minute.count += 1;
    return null;
  }

  #count(key: string, mark: string): { mark: string; count: number } {
    const known = this.#counts.get(key);
    if (known?.mark === mark) return known;
    const begun = { mark, count: 0 };
    this.#counts.set(key, begun);
    return begun;
  }
}
