import type { FeedView, PublishedItem, WechatPublished } from '../../domain/account-facts.ts';
import type { EvidenceLevel, SourceView } from '../../domain/account-sources.ts';
import type { FactSet, RecordedFact } from '../../domain/fact.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';

/** Facts of what an account published, one for each kind of source; inspectors' sights are read on their own. */
export const SOURCE_FACTS = [
  'account.feed',
  'account.wechat',
  'account.weibo',
  'account.douyin',
  'account.feeds',
  'account.articles',
  'account.submissions',
] as const;
export type SourceFactKey = (typeof SOURCE_FACTS)[number];
export type SourceFacts = Pick<FactSet, SourceFactKey>;

/** What a source that answered shows, whatever its kind. */
export interface SourceSight {
  readonly key: SourceFactKey;
  /** In Chinese, for people. */
  readonly name: string;
  readonly level: EvidenceLevel;
  /** What listed it: `getarticletotaldetail`, a feed's URL … */
  readonly locator: string;
  readonly fact: RecordedFact<unknown>;
  readonly newest: PublishedItem | null;
  /** Shows anything at all, be it undated or in the future. */
  readonly showsItems: boolean;
  readonly completeFrom: CalendarDate | null;
  readonly completeTo: CalendarDate | null;
}

/** The sources that answered, feeds and WeChat's interfaces in the same shape as the others. */
export function sourceSightsOf(facts: SourceFacts): SourceSight[] {
  return SOURCE_FACTS.flatMap((key) => {
    const fact = facts[key];
    if (fact?.state !== 'observed') return [];
    return [{ key, fact, name: SOURCE_NAMES[key], ...readSight(key, fact.value) }];
  });
}

const SOURCE_NAMES: Readonly<Record<SourceFactKey, string>> = {
  'account.feed': '信源',
  'account.wechat': '公众号接口',
  'account.weibo': '微博接口',
  'account.douyin': '抖音接口',
  'account.feeds': '其他信源',
  'account.articles': '文章链接',
  'account.submissions': '单位报送',
};

const LOCATORS: Readonly<Record<Exclude<SourceFactKey, 'account.feed'>, string>> = {
  'account.wechat': 'getarticletotaldetail',
  'account.weibo': 'statuses/user_timeline',
  'account.douyin': 'video.list',
  'account.feeds': 'feeds',
  'account.articles': 'articles',
  'account.submissions': 'submissions',
};

type Reading = Omit<SourceSight, 'key' | 'name' | 'fact'>;

function readSight(key: SourceFactKey, value: FeedView | WechatPublished | SourceView): Reading {
  if (key === 'account.feed') return readFeed(value as FeedView);
  const locator = LOCATORS[key];
  if (key === 'account.wechat') {
    const { newest, completeFrom, completeTo } = value as WechatPublished;
    const level = completeTo === null ? 'A2' : 'A1';
    return { level, locator, newest, showsItems: newest !== null, completeFrom, completeTo };
  }
  const { level, newest, itemCount, completeFrom, completeTo } = value as SourceView;
  return { level, locator, newest, showsItems: itemCount > 0, completeFrom, completeTo };
}

function readFeed({ url, newest, itemCount }: FeedView): Reading {
  const silent = { completeFrom: null, completeTo: null };
  return { level: 'B', locator: url, newest, showsItems: itemCount > 0, ...silent };
}
