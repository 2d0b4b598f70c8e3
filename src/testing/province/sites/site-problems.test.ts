import { describe, expect, it } from 'vitest';
import { addDays, addMonths, shanghaiDate } from '../../../lib/pure/dates.ts';
import { visitPatternOf } from './home-visits.ts';
import { guidesOf } from './plan-guides.ts';
import type { Section } from './section.ts';
import { childrenOf, listOf, modelOf, type SiteModel } from './site-model.ts';
import type { SitePlan } from './site-plan.ts';
import { planFor, seeds, type Visited, visit } from './test-plans.ts';
import { messagesOf } from './write-interaction.ts';
import { framePath, recordsPath } from './write-lists.ts';

const NEWS_DAYS = 14;

/** What the site really shows, counted as the rules count. */
interface Shown {
  readonly keys: number;
  readonly due: number;
  readonly empty: number;
  readonly homeFresh: boolean;
  readonly channels: number;
  readonly overdue: number;
  readonly guides: number;
  readonly poorGuides: number;
}

const newestOf = (model: SiteModel, at: number): string =>
  listOf(model, model.sections[at]!)
    .map((item) => item.date)
    .filter((date) => date <= model.plan.monitoredOn)
    .reduce((one, other) => (one > other ? one : other));

const LACKING_CATEGORIES = 4;

/** Element categories that a guide names, whatever the word for them. */
function categoriesOf(labels: readonly string[]): number {
  const words = [
    /事项/,
    /依据/,
    /条件/,
    /材料/,
    /地点|地址/,
    /(办理|办公|受理|工作)时间/,
    /电话|方式/,
    /流程|程序/,
  ];
  return words.filter((word) => labels.some((label) => word.test(label))).length;
}

function countShown(plan: SitePlan): Shown {
  const model = modelOf(plan);
  const day = plan.monitoredOn;
  const lists = model.sections.filter((section) => section.mode === 'list');
  const older = (section: (typeof lists)[number], than: string): boolean =>
    newestOf(model, section.index) < than;
  const news = lists.filter((section) => section.pace === 'news');
  const files = lists.filter((section) => section.pace === 'notice' || section.pace === 'policy');
  const rest = lists.filter((section) => section.pace === 'record' || section.pace === 'report');
  const home = lists.filter((section) => section.onHome);
  const guides = model.sections.some((section) => section.mode === 'guides') ? guidesOf(plan) : [];
  const board = model.sections.some((section) => section.mode === 'board');
  const overdue = messagesOf(plan).filter(
    (message) =>
      message.repliedOn === null &&
      message.askedOn < addMonths(day, -3) &&
      message.askedOn >= addMonths(day, -12),
  );
  return {
    keys:
      news.filter((section) => older(section, addDays(day, -NEWS_DAYS))).length +
      files.filter((section) => older(section, addMonths(day, -6))).length,
    due: rest.filter((section) => older(section, addMonths(day, -12))).length,
    empty: model.sections.filter((section) => section.mode === 'empty').length,
    homeFresh: home.some((section) => !older(section, addDays(day, -NEWS_DAYS))),
    channels: model.sections.filter((section) => ['mail', 'board'].includes(section.mode)).length,
    overdue: board ? overdue.length : 0,
    guides: guides.length,
    poorGuides: guides.filter(
      ({ lines }) => 8 - categoriesOf(lines.map(([label]) => label)) >= LACKING_CATEGORIES,
    ).length,
  };
}

type Problem = keyof typeof BREACHES;

const BREACHES = {
  'home-stale': (shown: Shown) => !shown.homeFresh,
  'column-stale.key': (shown: Shown) => shown.keys >= 5,
  'column-stale.should': (shown: Shown) => shown.due >= 10,
  'column-stale.blank': (shown: Shown) => shown.empty >= 5,
  'interaction.no-channel': (shown: Shown) => shown.channels === 0,
  'interaction.unanswered': (shown: Shown) => shown.overdue > 0,
  'service.none': (shown: Shown) => shown.guides === 0,
  'service.guide5': (shown: Shown) => shown.poorGuides >= 5,
  'service.guide-all': (shown: Shown) =>
    shown.guides > 0 && shown.guides < 5 && shown.poorGuides === shown.guides,
} as const;
const PROBLEMS = Object.keys(BREACHES) as Problem[];

const broken = (plan: SitePlan): Problem[] => {
  const shown = countShown(plan);
  return PROBLEMS.filter((problem) => BREACHES[problem](shown));
};

describe('站点显出的问题', () => {
  it('健康站一个问题也没有', () => {
    for (const seed of seeds(1, 160)) expect(broken(planFor(seed)), `种子${seed}`).toEqual([]);
  });

  it('换一个监测日期也一样', () => {
    for (const monitoredOn of ['2021-01-10', '2024-02-29', '2020-12-31', '2019-03-31']) {
      for (const seed of seeds(1, 25)) {
        expect(broken(planFor(seed, [], { monitoredOn })), `${monitoredOn} 种子${seed}`).toEqual(
          [],
        );
      }
    }
  });

  it.each(PROBLEMS)('%s：有且只有它', (problem) => {
    for (const seed of seeds(1, 40)) {
      expect(broken(planFor(seed, [problem])), `种子${seed}`).toEqual([problem]);
    }
  });

  it.each([
    [['column-stale.key', 'home-stale']],
    [['column-stale.should', 'column-stale.blank']],
    [['interaction.no-channel', 'service.none']],
    [['home-stale', 'interaction.unanswered', 'service.guide5']],
  ] as const)('%s 一起', (problems) => {
    for (const seed of seeds(1, 40)) {
      expect(broken(planFor(seed, problems)).sort(), `种子${seed}`).toEqual([...problems].sort());
    }
  });

  it('机器看不出的问题不改变页面', () => {
    const plain = countShown(planFor(8));
    const secret = countShown(planFor(8, ['security.secret']));
    expect(BREACHES['home-stale'](secret)).toBe(false);
    expect(plain.channels > 0 && secret.channels > 0).toBe(true);
    expect(broken(planFor(8, ['security.secret']))).toEqual([]);
  });

  it('健康站会踩到边上：恰好14天、四个重点、九个应更新、四个空白', () => {
    const all = seeds(1, 240).map((seed) => countShown(planFor(seed)));
    expect(Math.max(...all.map((shown) => shown.keys))).toBe(4);
    expect(Math.max(...all.map((shown) => shown.due))).toBe(9);
    expect(Math.max(...all.map((shown) => shown.empty))).toBe(4);
    const edge = seeds(1, 240)
      .map((seed) => modelOf(planFor(seed)))
      .find((model) => model.traits.onTheEdge)!;
    const news = edge.sections.filter(
      (section) => section.pace === 'news' && section.mode === 'list',
    );
    expect(
      news
        .map((section) => newestOf(edge, section.index))
        .sort()
        .at(-1),
    ).toBe('2020-09-03');
  });
});

describe('首页访问', () => {
  const fates = (plan: SitePlan, count: number) => {
    const pattern = visitPatternOf(plan);
    return Array.from({ length: count }, (_, at) => pattern.fateOf(at + 1));
  };
  const isFailure = (fate: string | number): boolean => fate !== 'ok' && fate !== 'challenge';
  /** Failures in every run of 140 consecutive requests. */
  const windows = (list: readonly (string | number)[]): number[] =>
    Array.from(
      { length: list.length - 139 },
      (_, at) => list.slice(at, at + 140).filter(isFailure).length,
    );

  it('打不开的站任意连续140次至少失败7次，至多三次吊着', () => {
    for (const seed of seeds(1, 60)) {
      const list = fates(planFor(seed, ['unreachable']), 420);
      expect(Math.min(...windows(list)), `种子${seed}`).toBeGreaterThanOrEqual(7);
      expect(list.filter((fate) => fate === 'hang').length).toBeLessThanOrEqual(3);
    }
  });

  it('健康站任意连续140次至多失败4次，也不连着失败', () => {
    for (const seed of seeds(1, 200)) {
      const list = fates(planFor(seed), 420);
      expect(Math.max(...windows(list)), `种子${seed}`).toBeLessThanOrEqual(4);
      expect(list.some((fate, at) => isFailure(fate) && isFailure(list[at + 1] ?? 'ok'))).toBe(
        false,
      );
    }
  });
});

/** Whether a text shows a date in one of the list forms: printed, in an address, or in a script. */
function isShown(text: string, date: string): boolean {
  const [year, month, day] = date.split('-') as [string, string, string];
  const short = `${Number(month)}`;
  const forms = [
    date,
    `${year}${month}${day}`,
    `${year}/${short}/${Number(day)}`,
    `${year}.${month}.${day}`,
    `${year}年${short}月${Number(day)}日`,
    `year[i]='${year}';month[i]='${month}';day[i]='${day}'`,
    `<div class="d">${day}</div><div class="ym">${year}-${month}</div>`,
  ];
  const millis = [...text.matchAll(/"publishTime":(\d{13})/g)].map((found) => Number(found[1]));
  const grouped =
    text.includes(`<h3>${year}年</h3>`) && text.includes(`<span>${month}-${day}</span>`);
  const inMillis = millis.some((value) => shanghaiDate(value) === date);
  return grouped || inMillis || forms.some((form) => text.includes(form));
}

/** The page with a section's list, or where the list really is: in a frame, a data file, or the articles. */
function listText({ model, read }: Visited, section: Section): string {
  if (section.form === 'frame') return read(framePath(section)).text;
  if (section.form === 'source') return read(recordsPath(section)).text;
  const list = read(section.path).text;
  if (section.form !== 'articleOnly') return list;
  return listOf(model, section)
    .slice(0, 3)
    .map((item) => read(item.path).text)
    .join('\n');
}

describe('页面上看得到的', () => {
  it('每个列表都查得到它最近的日期，过期的列表里没有更近的', () => {
    const problems = [[], ['column-stale.key'], ['column-stale.should']] as const;
    for (const seed of seeds(1, 36)) {
      const visited = visit(planFor(seed, problems[seed % 3]));
      const { model } = visited;
      for (const section of model.sections.filter((entry) => entry.mode === 'list')) {
        const text = listText(visited, section);
        const about = `种子${seed} ${section.name} ${section.form}`;
        expect(isShown(text, newestOf(model, section.index)), about).toBe(true);
        if (!section.stale) continue;
        const printed = [
          ...text.matchAll(/<(?:span|td|dd|em|b|i|small|font)[^>]*>\D?\s?(20\d\d-\d\d-\d\d)/g),
        ];
        const late = printed.filter((found) => found[1]! > section.newest);
        expect(
          late.map((found) => found[1]),
          about,
        ).toEqual([]);
      }
    }
  });

  it('首页不更新的站：首页上除了时钟没有14天内的日期', () => {
    for (const seed of seeds(1, 40)) {
      const { model, read } = visit(planFor(seed, ['home-stale']));
      const text = read('/index.html').text.replace(/<div id="time">.*?<\/div>/s, '');
      const dates = [...text.matchAll(/\b(20\d\d)[-./]?(\d\d)[-./]?(\d\d)(?=\D)/g)].map((found) =>
        found.slice(1).join('-'),
      );
      const fresh = dates.filter(
        (date) => date >= addDays(model.plan.monitoredOn, -NEWS_DAYS) && date < '2021',
      );
      expect(fresh, `种子${seed}`).toEqual([]);
    }
  });

  it('没有咨询渠道的站只剩信访举报和征集，页面上没有可写的地方', () => {
    for (const seed of seeds(1, 20)) {
      const { model, read } = visit(planFor(seed, ['interaction.no-channel']));
      const hub = model.sections.find((section) => section.mode === 'meeting')!;
      const names = childrenOf(model, hub).map((section) => section.name);
      expect(names).toEqual(['网上信访', '纪检举报', '民意征集']);
      for (const section of [hub, ...childrenOf(model, hub)]) {
        expect(read(section.path).text).not.toMatch(/<textarea|信箱|留言|咨询/);
      }
    }
  });

  it('没有办事服务的站没有服务入口的字样', () => {
    for (const seed of seeds(1, 20)) {
      const { read } = visit(
        planFor(seed, ['service.none'], { platformHost: 'zwfw.province.test' }),
      );
      expect(read('/index.html').text).not.toMatch(/办事|政务服务|zwfw/);
    }
  });

  it('服务出的字节不说破问题、规则和陷阱', () => {
    const words = /veto|stale|trap|neglect|unreachable|unanswered|no-channel|pinned|problem|seed/i;
    for (const seed of seeds(1, 12)) {
      const plan = planFor(seed, seed % 2 === 0 ? ['column-stale.key', 'column-stale.blank'] : []);
      const { model, read, site } = visit(plan);
      for (const path of ['/index.html', ...model.sections.map((section) => section.path)]) {
        expect(read(path).text.match(words)?.[0], `${path} 种子${seed}`).toBeUndefined();
      }
      const answer = site.handle({ method: 'GET', path: '/index.html', headers: {} });
      if (typeof answer !== 'string') expect(JSON.stringify(answer.headers)).not.toMatch(words);
    }
  });
});
