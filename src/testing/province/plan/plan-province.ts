import type { ProvinceCase } from '../read-case.ts';
import { type Draw, drawFrom } from '../sites/draw.ts';
import { type DraftAccount, frozenWechat, planAccounts } from './plan-accounts.ts';
import { WECHAT } from './plan-evidence.ts';
import { planHistory, previousPeriod } from './plan-history.ts';
import { type DraftSite, PLATFORM_HOST, planSites } from './plan-sites.ts';
import { UnitPlanner } from './plan-units.ts';
import type { ProvincePlan } from './province-plan.ts';
import { registerSponsor } from './register-sponsor.ts';
import { seedOf } from './seed-of.ts';

/** Only a province larger than this has subjects that nobody can settle. */
const TRAPS_ABOVE = 300;

/** Everything that a case means. The same case always gives the same plan. */
export function planProvince(source: ProvinceCase): ProvincePlan {
  const units = new UnitPlanner(source);
  const draw = drawFrom(seedOf(source.period, source.issuer), 'province');
  const trapped = setTraps(planSites(source, units), planAccounts(source, units), source, draw);
  const subjects = [...trapped.sites, ...trapped.accounts];
  const register = <Subject extends DraftSite | DraftAccount>({ by, ...subject }: Subject) => ({
    ...subject,
    ...registerSponsor(units, by, subject.rules.length === 0, draw),
  });
  return {
    sites: trapped.sites.map(register<DraftSite>),
    accounts: trapped.accounts.map(register<DraftAccount>),
    units: units.units(),
    monitoredOn: source.window[1],
    platformHost: PLATFORM_HOST,
    history: { period: previousPeriod(source.period), subjects: planHistory(source, subjects) },
    sampled: [...source.sitesByUnit, ...source.accountsByUnit].some(
      (row) => row.checked < row.running,
    ),
  };
}

interface Drafts {
  readonly sites: readonly DraftSite[];
  readonly accounts: readonly DraftAccount[];
}

/** Accounts of a large province that nobody can settle: their interface refuses the token, and no inspector looked. */
const TRAPPED_ACCOUNTS = 1;

function setTraps(
  sites: DraftSite[],
  accounts: DraftAccount[],
  source: ProvinceCase,
  draw: Draw,
): Drafts {
  if (sites.length + accounts.length <= TRAPS_ABOVE) return { sites, accounts };
  const sound = (account: DraftAccount): boolean => account.checked && account.rules.length === 0;
  const refusing = draw.some(
    accounts.filter((account) => sound(account) && account.platform === WECHAT),
    TRAPPED_ACCOUNTS,
  );
  return {
    sites,
    accounts: accounts.map((each) =>
      refusing.includes(each) ? frozenWechat(each, source.window[1]) : each,
    ),
  };
}
