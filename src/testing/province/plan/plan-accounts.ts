import { createHash } from 'node:crypto';
import { MOBILE_APP_PLATFORM } from '../../../domain/subject.ts';
import { addDays } from '../../../lib/pure/dates.ts';
import type { CaseAccount, ProvinceCase } from '../read-case.ts';
import { type Draw, drawFrom } from '../sites/draw.ts';
import { MUTE, STALE } from './case-contradictions.ts';
import { lineUp, type Slot } from './line-up.ts';
import { type Condition, planEvidence, WECHAT } from './plan-evidence.ts';
import type { Sponsor, UnitPlanner } from './plan-units.ts';
import { planWechat } from './plan-wechat.ts';
import type { PlannedAccount } from './province-plan.ts';
import type { Registered } from './register-sponsor.ts';
import { seedOf } from './seed-of.ts';
import { ACCOUNT_TAILS } from './words.ts';

/** An account before it is settled how the register names its sponsor. */
export type DraftAccount = Omit<PlannedAccount, keyof Registered> & { readonly by: Sponsor };

const PLATFORMS = [
  ...Array<string>(12).fill(WECHAT),
  '新浪微博',
  '新浪微博',
  '头条号',
  '头条号',
  '抖音号',
  '快手号',
  MOBILE_APP_PLATFORM,
];
/** Ages in days of a healthy account's newest item; the boundary is met often. */
const AGES = [0, 1, 1, 2, 3, 4, 6, 8, 10, 12, 13, 13, 14, 14] as const;

export function planAccounts(source: ProvinceCase, units: UnitPlanner): DraftAccount[] {
  const planner = new AccountPlanner(source, units);
  return source.accountsByUnit.flatMap((row) => {
    const draw = drawFrom(seedOf(source.period, row.unit), 'accounts');
    const failing = source.failingAccounts.filter((account) => account.row === row.unit);
    return lineUp(row, failing, draw).map((slot) =>
      slot.failing ? planner.failing(row.unit, slot.failing) : planner.sound(row.unit, slot, draw),
    );
  });
}

class AccountPlanner {
  readonly #source: ProvinceCase;
  readonly #units: UnitPlanner;
  readonly #ids: Set<string>;
  readonly #platforms: readonly string[];
  #count = 0;
  #last: DraftAccount | null = null;

  constructor(source: ProvinceCase, units: UnitPlanner) {
    this.#source = source;
    this.#units = units;
    this.#ids = new Set(
      source.failingAccounts.flatMap((each) =>
        each.accountId ? [`${each.platform} ${each.accountId}`] : [],
      ),
    );
    this.#platforms = [
      ...PLATFORMS,
      ...source.failingAccounts.slice(0, 20).map((account) => account.platform),
    ];
  }

  get #today(): string {
    return this.#source.window[1];
  }

  failing(row: string, account: CaseAccount): DraftAccount {
    const { platform, name, lastUpdated, rules } = account;
    const by = this.#units.named(row, account.operator);
    const token = this.#nextToken(platform, name);
    const draw = drawFrom(seedOf(token), 'evidence');
    const stale = rules.includes(STALE);
    const isApp = platform === MOBILE_APP_PLATFORM;
    const unknown = isApp ? 'unknown' : addDays(this.#today, -draw.pick(AGES));
    const accountId = account.accountId ?? this.#freeId(platform, token);
    const condition: Condition = {
      platform,
      name,
      accountId,
      token,
      newest: lastUpdated ?? (stale ? null : unknown),
      fresh: !stale,
      interactive: !rules.includes(MUTE),
      today: this.#today,
    };
    const evidence = planEvidence(draw, condition);
    return {
      by,
      row,
      platform,
      name,
      accountId,
      rules,
      status: '正常',
      checked: true,
      trapped: false,
      ...evidence,
    };
  }

  sound(row: string, slot: Slot<CaseAccount>, draw: Draw): DraftAccount {
    const { by, platform, name } = this.#identity(row, draw);
    const token = this.#nextToken(platform, name);
    const accountId = this.#freeId(platform, token);
    const account = {
      by,
      row,
      platform,
      name,
      accountId,
      rules: [],
      status: slot.status,
      checked: slot.checked,
      trapped: false,
    };
    if (slot.status !== '正常') return { ...account, sources: [], sights: [] };
    const own = drawFrom(seedOf(token), 'evidence');
    const newest = addDays(this.#today, -own.pick(AGES));
    const condition = {
      platform,
      name,
      accountId,
      token,
      newest,
      fresh: true,
      interactive: true,
      today: this.#today,
    };
    this.#last = { ...account, ...planEvidence(own, condition) };
    return this.#last;
  }

  /** Names as registers have them: twice in a unit, on two platforms, and like one that fails elsewhere. */
  #identity(row: string, draw: Draw): Pick<DraftAccount, 'by' | 'platform' | 'name'> {
    const platform = draw.pick(this.#platforms);
    const [last, by] = [this.#last, this.#units.invent(row, draw)];
    if (last?.row === row && draw.chance(0.08)) {
      const other = this.#platforms.find((each) => each !== last.platform) ?? last.platform;
      return { by: last.by, name: last.name, platform: draw.chance(0.3) ? last.platform : other };
    }
    const namesake = this.#source.failingAccounts.find((account) => account.row !== row);
    if (namesake && draw.chance(0.02)) return { by, platform, name: namesake.name };
    return {
      by,
      platform,
      name: draw.chance(0.25) ? by.short : `${by.short}${draw.pick(ACCOUNT_TAILS)}`,
    };
  }

  #nextToken(platform: string, name: string): string {
    this.#count += 1;
    return createHash('sha256')
      .update(`${this.#source.period} ${this.#count} ${platform} ${name}`)
      .digest('hex');
  }

  #freeId(platform: string, token: string): string {
    const digits = BigInt(`0x${token}`).toString();
    const forms: Readonly<Record<string, string>> = {
      微信公众号: `gh_${token.slice(0, 12)}`,
      新浪微博: digits.slice(0, 10).replace(/^0/, '1'),
      头条号: digits.slice(0, 16),
    };
    let id = forms[platform] ?? token.slice(0, 14);
    for (let more = 14; this.#ids.has(`${platform} ${id}`); more += 1) id = token.slice(0, more);
    this.#ids.add(`${platform} ${id}`);
    return id;
  }
}

/** A wechat account fit for a trap, made of any sound one. */
export function frozenWechat(account: DraftAccount, today: string): DraftAccount {
  const token = createHash('sha256')
    .update(`${account.platform} ${account.accountId}`)
    .digest('hex');
  const draw = drawFrom(seedOf(token), 'frozen');
  const wish = {
    token,
    newest: addDays(today, -3),
    fresh: true,
    interactive: true,
    today,
    frozen: true,
  };
  return {
    ...account,
    trapped: true,
    sights: [],
    sources: [{ kind: 'wechat', wechat: planWechat(draw, wish) }],
  };
}
