import { describe, expect, it } from 'vitest';
import { addDays } from '../../../lib/pure/dates.ts';
import type { ProvinceCase } from '../read-case.ts';
import { CASE_NAMES, type CaseName, caseOf } from '../test-cases.ts';
import { previousPeriod } from './plan-history.ts';
import { planProvince } from './plan-province.ts';
import { isGroupRow } from './print-rows.ts';
import type {
  PlannedAccount,
  PlannedSite,
  ProvincePlan,
  SourcePlan,
  UnitPlan,
} from './province-plan.ts';

const plans = new Map<CaseName, { source: ProvinceCase; plan: ProvincePlan }>();

function planned(name: CaseName): { source: ProvinceCase; plan: ProvincePlan } {
  const known = plans.get(name);
  if (known) return known;
  const source = caseOf(name);
  const made = { source, plan: planProvince(source) };
  plans.set(name, made);
  return made;
}

type Planned = PlannedSite | PlannedAccount;

const isRunning = (subject: Planned): boolean => subject.status === '正常';

function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.has(value) || !seen.add(value));
}

/** A unit and what stands above it, as far as names lead. */
function chainOf(plan: ProvincePlan, unit: UnitPlan | undefined): UnitPlan[] {
  const chain: UnitPlan[] = [];
  for (let each = unit; each && chain.length < 8; ) {
    chain.push(each);
    const { parent }: UnitPlan = each;
    each = plan.units.find((other) => other.name === parent);
  }
  return chain;
}

const rowOf = (plan: ProvincePlan, unit: UnitPlan): string =>
  chainOf(plan, unit).find((each) => each.printRow !== '')?.printRow ?? '';

/** Units that the register may mean by a subject's sponsor. */
function sponsorsOf(plan: ProvincePlan, { sponsor, printRow }: Planned): UnitPlan[] {
  const own = plan.units.filter((unit) => unit.name === sponsor);
  const bearers =
    own.length > 0 ? own : plan.units.filter((unit) => unit.aliases.includes(sponsor));
  return bearers.length > 1 ? bearers.filter((unit) => rowOf(plan, unit) === printRow) : bearers;
}

const isSourceOf = ({ sources }: PlannedAccount, ...kinds: SourcePlan['kind'][]): boolean =>
  sources.some(({ kind }) => kinds.includes(kind));

/** What no two sources share: addresses, applications and tokens. */
function keysOf(source: SourcePlan): string[] {
  switch (source.kind) {
    case 'feed':
      return [source.feed.url];
    case 'wechat':
      return [source.wechat.appId];
    case 'weibo':
      return [source.weibo.uid, source.weibo.accessToken];
    case 'douyin':
      return [source.douyin.openId, source.douyin.accessToken, source.douyin.refreshToken];
    default:
      return [source.article.path];
  }
}

describe.each(CASE_NAMES)('the plan of %s', (name) => {
  it('has the case’s counts in every row', () => {
    const { source, plan } = planned(name);
    const count = (subjects: readonly Planned[], unit: string) => {
      const own = subjects.filter((subject) => subject.row === unit && isRunning(subject));
      const checked = own.filter((subject) => subject.checked);
      return {
        unit,
        running: own.length,
        checked: checked.length,
        failing: checked.filter((each) => each.rules.length > 0).length,
      };
    };
    const bare = ({ unit, running, checked, failing }: ProvinceCase['sitesByUnit'][number]) => ({
      unit,
      running,
      checked,
      failing,
    });
    expect(source.sitesByUnit.map(({ unit }) => count(plan.sites, unit))).toEqual(
      source.sitesByUnit.map(bare),
    );
    expect(source.accountsByUnit.map(({ unit }) => count(plan.accounts, unit))).toEqual(
      source.accountsByUnit.map(bare),
    );
    expect(
      [...plan.sites, ...plan.accounts].filter((each) => each.checked && !isRunning(each)),
    ).toEqual([]);
  });

  it('has the failing subjects in the case’s order, as the case gives them', () => {
    const { source, plan } = planned(name);
    const failingOf = <Subject extends Planned>(subjects: readonly Subject[]) =>
      subjects.filter((each) => each.rules.length > 0);
    expect(
      failingOf(plan.sites).map(({ row, name: called, siteCode, rules }) => [
        row,
        called,
        siteCode,
        rules,
      ]),
    ).toEqual(
      source.failingSites.map(({ row, name: called, siteCode, rules }) => [
        row,
        called,
        siteCode,
        rules,
      ]),
    );
    expect(
      failingOf(plan.accounts).map(({ row, name: called, platform, sponsor }) => [
        row,
        called,
        platform,
        sponsor,
      ]),
    ).toEqual(
      source.failingAccounts.map(({ row, name: called, platform, operator }) => [
        row,
        called,
        platform,
        operator,
      ]),
    );
  });

  it('has no identity, host, feed or AppID twice', () => {
    const { plan } = planned(name);
    const keys = plan.accounts.flatMap(({ sources }) => sources.flatMap(keysOf));
    expect(repeated(plan.sites.map((site) => site.siteCode))).toEqual([]);
    expect(repeated(plan.sites.map((site) => site.name))).toEqual([]);
    expect(repeated(plan.sites.map((site) => new URL(site.homeUrl).host))).toEqual([]);
    expect(
      repeated(plan.accounts.map((account) => `${account.platform} ${account.accountId}`)),
    ).toEqual([]);
    expect(repeated(keys)).toEqual([]);
  });

  it('leads from every subject through the register to one sponsor and its print row', () => {
    const { plan } = planned(name);
    const lost = [...plan.sites, ...plan.accounts].flatMap((subject) => {
      const [unit, ...others] = sponsorsOf(plan, subject);
      const row = unit && others.length === 0 ? subject.printRow || rowOf(plan, unit) : null;
      return row === subject.row ? [] : [[subject.row, subject.sponsor, row]];
    });
    expect(lost).toEqual([]);
  });

  it('prints rows in the case’s order: each where its first unit stands', () => {
    const { source, plan } = planned(name);
    const first = (row: string) =>
      Math.min(
        ...plan.units.filter((unit) => unit.printRow === row).map((unit) => unit.printOrder),
      );
    const rows = source.rows.filter((row) => plan.units.some((unit) => unit.printRow === row));
    expect([...rows].sort((one, other) => first(one) - first(other))).toEqual(rows);
    expect(plan.units.filter((unit) => isGroupRow(unit.name))).toEqual([]);
  });

  it('gives site codes that fit the place of the sponsor', () => {
    const { plan } = planned(name);
    const foreign = plan.sites.filter((site) => {
      const chain = chainOf(plan, sponsorsOf(plan, site)[0]);
      const code = chain.find((unit) => unit.divisionCode !== '')?.divisionCode ?? '';
      const prefix = code.replace(/(?:00){1,2}$/, '');
      return !site.siteCode.startsWith('bm') && !site.siteCode.startsWith(prefix);
    });
    expect(foreign.map((site) => [site.siteCode, site.sponsor])).toEqual([]);
  });

  it('lets inspectors look at every account that gives no authority, never after the window', () => {
    const { source, plan } = planned(name);
    const unseen = plan.accounts.filter(
      (each) => isRunning(each) && !isSourceOf(each, 'wechat') && each.sights.length === 0,
    );
    const late = plan.accounts
      .flatMap((each) => each.sights)
      .filter((sight) => sight.observedAt.slice(0, 10) > source.window[1]);
    expect({ unseen, late }).toEqual({ unseen: [], late: [] });
  });

  it('proves silence near the monitoring time wherever an account without authority is stale', () => {
    const { source, plan } = planned(name);
    const stale = plan.accounts.filter(
      (each) =>
        each.rules.includes('media.veto.stale.two-weeks') &&
        !isSourceOf(each, 'wechat', 'weibo', 'douyin'),
    );
    const unproven = stale.filter(
      ({ sights }) => !sights.some((sight) => sight.observedAt >= addDays(source.window[1], -1)),
    );
    expect(unproven.map((account) => account.name)).toEqual([]);
  });

  it('names in history the repeat offenders with a present problem, and mostly mended subjects', () => {
    const { source, plan } = planned(name);
    const { subjects } = plan.history;
    const now = new Map(
      [...plan.sites, ...plan.accounts].map((each) => [
        'siteCode' in each ? each.siteCode : `${each.platform} ${each.accountId}`,
        each,
      ]),
    );
    const entries = subjects.map(
      (entry) => now.get(entry.siteCode ?? `${entry.platform} ${entry.accountId}`)!,
    );
    for (const { row, name: called } of source.repeatOffenders) {
      expect(subjects).toContainEqual(expect.objectContaining({ unit: row, name: called }));
    }
    const mended = entries.filter((each) => isRunning(each) && each.rules.length === 0);
    expect(mended.length).toBeGreaterThan(subjects.length / 2);
  });

  it('is the same whenever it is made', () => {
    const { plan } = planned(name);
    expect(planProvince(caseOf(name))).toEqual(plan);
  });
});

describe('how accounts of the founding document come out', () => {
  const kindsOf = ({ sources, sights }: PlannedAccount): string =>
    [...new Set(sources.map(({ kind }) => kind)), ...(sights.length > 0 ? ['sight'] : [])].join(
      '+',
    );
  const accounts = (): readonly PlannedAccount[] =>
    planned('seed').plan.accounts.filter((each) => each.checked);

  it('those at fault through at least four kinds of source', () => {
    const kinds = new Set(
      accounts()
        .filter((each) => each.rules.length > 0)
        .map(kindsOf),
    );
    expect([...kinds].sort()).toEqual(
      expect.arrayContaining(['article+sight', 'douyin+feed+sight', 'feed+sight', 'wechat']),
    );
  });

  it.each<[string, (source: SourcePlan) => boolean]>([
    ['an expired token of Weibo', (each) => each.kind === 'weibo' && each.weibo.token !== 'good'],
    [
      'an expired token of Douyin',
      (each) => each.kind === 'douyin' && each.douyin.refreshAgeDays > 30,
    ],
    [
      'a Douyin token to be refreshed on the way',
      (each) =>
        each.kind === 'douyin' &&
        each.douyin.accessAgeDays > 15 &&
        each.douyin.refreshAgeDays <= 30,
    ],
    ['a bridge that lost its login', (each) => each.kind === 'feed' && each.feed.fault === 'login'],
    ['an empty bridge', (each) => each.kind === 'feed' && each.feed.fault === 'empty'],
    [
      'only quiet posts in time',
      (each) =>
        each.kind === 'wechat' &&
        each.wechat.posts.every((post) => post.quiet || post.on < '2020-09-03'),
    ],
    [
      'only mass-sent posts in time',
      (each) =>
        each.kind === 'wechat' &&
        each.wechat.posts.every((post) => !post.quiet || post.on < '2020-09-03'),
    ],
    ['a pinned old post', (each) => each.kind === 'weibo' && each.weibo.posts[0]!.pinned],
    ['a pinned old work', (each) => each.kind === 'douyin' && each.douyin.works[0]!.pinned],
    [
      'a post taken back in time',
      (each) =>
        each.kind === 'weibo' &&
        each.weibo.posts.some((post) => post.deleted && post.on >= '2020-09-03'),
    ],
    [
      'an article taken back',
      (each) => each.kind === 'article' && each.article.state === 'deleted',
    ],
    ['a verification wall', (each) => each.kind === 'article' && each.article.state === 'verify'],
  ])('healthy ones with %s', (_name, has) => {
    const sound = accounts().filter((each) => each.rules.length === 0);
    expect(sound.filter(({ sources }) => sources.some(has)).length).toBeGreaterThan(0);
  });
});

describe('what only some provinces have', () => {
  it('a large one has three subjects that nobody can settle, a small one none', () => {
    const trapped = CASE_NAMES.map((name) => {
      const { plan } = planned(name);
      return [...plan.sites, ...plan.accounts].filter((subject) => subject.trapped).length;
    });
    expect(trapped).toEqual([1, 0, 0, 0]);
  });

  it('a row that runs nothing has a closed subject, so that it is printed', () => {
    const { plan } = planned('sampled');
    expect(plan.sites.filter((site) => site.row === '赣江新区')).toHaveLength(1);
    expect(plan.sampled).toBe(true);
  });

  it('the founding document’s has its real codes, aliases, and names that several units bear', () => {
    const { plan } = planned('seed');
    const unit = (title: string) => plan.units.find((each) => each.name === title);
    expect(unit('岳阳市')?.divisionCode).toBe('430600');
    expect(unit('湘西自治州')).toMatchObject({
      aliases: ['湘西土家族苗族自治州'],
      divisionCode: '433100',
      parent: '湖南省',
    });
    expect(unit('祁东县卫健局')?.parent).toBe('祁东县');
    expect(repeated(plan.units.map((each) => each.name)).length).toBeGreaterThan(3);
  });

  it.each([
    ['2020Q3', '2020Q2'],
    ['2020Q1', '2019Q4'],
    ['2022H1', '2021H2'],
    ['2020-10', '2020-09'],
    ['2020-01', '2019-12'],
    ['2019年第二次', '上一次'],
  ])('before %s came %s', (period, before) => {
    expect(previousPeriod(period)).toBe(before);
  });
});
