import type {
  ChannelView,
  HomeView,
  NewestItem,
  SectionView,
  ServicesView,
  SiteVisits,
  VisitErrorClass,
} from '../../domain/site-facts.ts';

/** Values of site facts for tests: a healthy default, changed where a case needs it. */

/** When a site counts as not there, as every site rule is told: the national numbers. */
export const REACHABILITY = { failPercent: 5, visitsMin: 140, daysMin: 7 } as const;

const HOME = 'http://www.a.gov.cn/';

export function newest(value: string, more: Partial<NewestItem['date']> = {}): NewestItem {
  return {
    date: { value, source: 'item', ...more },
    title: '标题',
    url: `${HOME}a`,
    snapshot: null,
  };
}

/** 140 visits in seven days; `failedOn` = the instants of those that failed. */
export function visits(
  failedOn: readonly string[] | number = 0,
  more: Partial<SiteVisits> = {},
): SiteVisits {
  const errorClass: VisitErrorClass = 'timeout';
  const instants =
    typeof failedOn === 'number'
      ? Array.from({ length: failedOn }, (_, n) => `2020-09-${11 + (n % 7)}T04:00:00.000Z`)
      : failedOn;
  const failures = instants.map((at) => ({ scheduledAt: at, happenedAt: at, errorClass }));
  return {
    url: HOME,
    address: '59.231.9.1',
    scheduled: 140,
    done: 140,
    failed: failures.length,
    blocked: 0,
    own: 0,
    days: 7,
    failedByClass: failures.length > 0 ? { timeout: failures.length } : {},
    failures,
    ...more,
  };
}

export function home(more: Partial<HomeView> = {}): HomeView {
  return {
    url: HOME,
    title: '某某市人民政府',
    kind: 'content',
    itemCount: 20,
    newest: newest('2020-09-16'),
    recent: [],
    secondLevelNewest: null,
    secondLevelUnknown: 0,
    undatedCount: 0,
    ...more,
  };
}

export function section(more: Partial<SectionView> = {}): SectionView {
  return {
    name: '政务要闻',
    url: `${HOME}yw/`,
    level: 1,
    parent: null,
    kind: 'news',
    confidence: 90,
    content: 'listed',
    itemCount: 10,
    newest: newest('2020-09-16'),
    undated: false,
    snapshot: 'b'.repeat(64),
    ...more,
  };
}

/** `count` sections that differ by name only. */
export function sections(count: number, more: Partial<SectionView> = {}): SectionView[] {
  return Array.from({ length: count }, (_, n) =>
    section({ ...more, name: `栏目${n + 1}`, url: `${HOME}${n + 1}/` }),
  );
}

export function channels(more: Partial<ChannelView> = {}): ChannelView {
  return { channels: [], messages: [], unreadMessages: 0, complete: true, ...more };
}

export function services(more: Partial<ServicesView> = {}): ServicesView {
  return { entries: [], guides: [], unreadGuides: 0, complete: true, ...more };
}
