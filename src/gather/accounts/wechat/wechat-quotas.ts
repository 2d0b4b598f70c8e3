import type { CalendarDate } from '../../../lib/pure/dates.ts';

/** A counted allowance: calls of one account and one kind on one day in Shanghai. */
export interface WechatQuota {
  readonly key: string;
  readonly perDay: number;
}

/**
 * Daily allowances of a new account (new-media-apis §2.7); they grow with followers, and counting the smallest keeps inside them.
 * Statistics, automatic replies and comments have no documented number: these are what we allow ourselves.
 */
export const QUOTAS = {
  stableToken: { key: 'stableToken', perDay: 500_000 },
  forcedToken: { key: 'forcedToken', perDay: 20 },
  publishList: { key: 'publishList', perDay: 100 },
  menu: { key: 'menu', perDay: 10_000 },
  statistics: { key: 'statistics', perDay: 500 },
  autoReply: { key: 'autoReply', perDay: 500 },
  comments: { key: 'comments', perDay: 500 },
} as const satisfies Record<string, WechatQuota>;

/** Counts calls before they are made. Kept by the caller: in memory, or in the database where several processes ask. */
export interface QuotaCounter {
  /** Counts one call; false = the day's allowance is used up, and nothing was counted. */
  take(appId: string, quota: WechatQuota, day: CalendarDate): Promise<boolean>;
  /** The platform itself says that the day's allowance is used up: others, or we before a restart, used it. */
  exhaust(appId: string, quota: WechatQuota, day: CalendarDate): Promise<void>;
}

/** Accounts counted at once; beyond it the one counted longest ago begins anew, and the platform's own 45009 is what holds. */
const ACCOUNTS_MAX = 200_000;

/** Counts in memory, for one process; yesterday's counts go when the day changes. */
export class MemoryQuotas implements QuotaCounter {
  readonly #accountsMax: number;
  #day: CalendarDate = '';
  readonly #used = new Map<string, Map<string, number>>();
  /** Accounts whose counts were given up because there were too many. */
  forgotten = 0;

  constructor(accountsMax: number = ACCOUNTS_MAX) {
    this.#accountsMax = accountsMax;
  }

  async take(appId: string, { key, perDay }: WechatQuota, day: CalendarDate): Promise<boolean> {
    const counts = this.#of(appId, day);
    const used = counts.get(key) ?? 0;
    if (used >= perDay) return false;
    counts.set(key, used + 1);
    return true;
  }

  async exhaust(appId: string, { key, perDay }: WechatQuota, day: CalendarDate): Promise<void> {
    this.#of(appId, day).set(key, perDay);
  }

  #of(appId: string, day: CalendarDate): Map<string, number> {
    if (day > this.#day) {
      this.#day = day;
      this.#used.clear();
    }
    const known = this.#used.get(appId);
    if (known) return known;
    const [oldest] = this.#used.keys();
    if (this.#used.size >= this.#accountsMax && oldest !== undefined) {
      this.#used.delete(oldest);
      this.forgotten += 1;
    }
    const counts = new Map<string, number>();
    this.#used.set(appId, counts);
    return counts;
  }
}
