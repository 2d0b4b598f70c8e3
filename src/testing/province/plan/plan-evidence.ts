import { MOBILE_APP_PLATFORM } from '../../../domain/subject.ts';
import { addDays, type CalendarDate, daysBetween } from '../../../lib/pure/dates.ts';
import type { FeedKind } from '../feeds/feed-plan.ts';
import { type Draw, drawFrom } from '../sites/draw.ts';
import { planArticles } from './plan-articles.ts';
import { planFeed } from './plan-feed.ts';
import { type OwnListWish, planDouyin, planWeibo } from './plan-own-list.ts';
import { goodInteraction, noInteraction, planSight } from './plan-sights.ts';
import { planWechat } from './plan-wechat.ts';
import type { SightPlan, SourcePlan } from './province-plan.ts';
import { seedOf } from './seed-of.ts';

export const WECHAT = '微信公众号';
const WEIBO = '新浪微博';
const DOUYIN = '抖音号';
/** Living accounts of Weibo and Douyin that let the office read their own list; of silent ones it was asked for as the proof. */
const OWN_LIST_SHARE = 0.6;
/** Official accounts of which only links to articles were found. */
const ARTICLE_SHARE = 0.2;

/** What is true of an account, whatever shows it. */
export interface Condition {
  readonly platform: string;
  readonly name: string;
  readonly accountId: string;
  /** Unlike any other account's. */
  readonly token: string;
  /** The newest item; null = none at all, `unknown` = nobody looked. */
  readonly newest: CalendarDate | null | 'unknown';
  /** The newest item is in time. */
  readonly fresh: boolean;
  readonly interactive: boolean;
  /** The monitoring day, which is also the last day of the sampling window. */
  readonly today: CalendarDate;
}

export interface Evidence {
  readonly sources: readonly SourcePlan[];
  readonly sights: readonly SightPlan[];
}

/** Statistics are searched back for about a quarter. */
const LOOK_BACK_DAYS = 75;
const FEED_KINDS: readonly FeedKind[] = ['rss', 'rss', 'rss', 'atom', 'atom', 'jsonfeed'];

/** Ways in which a feed and the sights together tell that an account is alive. */
const STORIES = [
  'agree',
  'agree',
  'agree',
  'feed',
  'feed',
  'sight',
  'sight',
  'twice',
  'withdrawn',
] as const;

/** How the outside can learn of a condition: sources that anyone may ask, and what inspectors saw where none is authorised. */
export function planEvidence(draw: Draw, condition: Condition): Evidence {
  const { newest, platform } = condition;
  if (newest === null || newest === 'unknown') return planSilence(draw, condition);
  const dated = { ...condition, newest };
  const reachable = condition.fresh || daysBetween(newest, condition.today) <= LOOK_BACK_DAYS;
  if (platform === WECHAT && reachable && draw.chance(0.42)) {
    return { sources: [{ kind: 'wechat', wechat: planWechat(draw, dated) }], sights: [] };
  }
  // A sequence of its own, so that what else an account has shifts none of this.
  const other = drawFrom(seedOf(condition.token), 'other sources');
  if (platform === WEIBO || platform === DOUYIN) {
    if (!condition.fresh || other.chance(OWN_LIST_SHARE)) return planOwnList(other, dated);
  }
  if (platform === WECHAT && other.chance(ARTICLE_SHARE)) return planLinks(other, dated);
  const hasFeed = draw.chance(platform === MOBILE_APP_PLATFORM ? 0.2 : 0.75);
  return condition.fresh ? planLife(draw, dated, hasFeed) : planStale(draw, dated, hasFeed);
}

type Dated = Condition & { readonly newest: CalendarDate };

const feedOf = (
  draw: Draw,
  condition: Condition,
  newest: CalendarDate | null,
  mayFail: boolean,
): readonly SourcePlan[] => {
  const { name: title, token, fresh: alive, today } = condition;
  const feed = planFeed(draw, {
    kind: draw.pick(FEED_KINDS),
    title,
    token,
    newest,
    alive,
    mayFail,
    today,
  });
  return [{ kind: 'feed', feed }];
};

/** No item at all, or an account whose items nobody looked at. */
function planSilence(draw: Draw, condition: Condition): Evidence {
  const look = lookDay(draw, condition.today, null);
  const ways = condition.interactive
    ? goodInteraction(draw, look, true)
    : noInteraction(draw, look);
  const seen = condition.newest === null ? '无' : '';
  const hasFeed = condition.newest === null && draw.chance(0.4);
  return {
    sources: hasFeed ? feedOf(draw, condition, null, true) : [],
    sights: [planSight(draw, look, seen, ways)],
  };
}

/** Stale: the inspector saw the newest item near the monitoring time; a feed shows the same, less, or nothing. */
function planStale(draw: Draw, condition: Dated, hasFeed: boolean): Evidence {
  const { newest, today } = condition;
  const look = lookDay(draw, today, null);
  const ways = condition.interactive
    ? goodInteraction(draw, look, true)
    : noInteraction(draw, look);
  const sights = [planSight(draw, look, newest, ways)];
  const earlier = addDays(today, -draw.int(9, 20));
  if (draw.chance(0.2) && earlier > newest) {
    sights.unshift(planSight(draw, earlier, newest, { ways: '', testedAt: '', repliedAt: '' }));
  }
  const shown = draw.chance(0.3) ? addDays(newest, -draw.int(5, 60)) : newest;
  return { sources: hasFeed ? feedOf(draw, condition, shown, true) : [], sights };
}

/** Alive: the newest item is in the feed, in a sight, or in both. */
function planLife(draw: Draw, condition: Dated, hasFeed: boolean): Evidence {
  const { newest, today } = condition;
  const story = draw.pick(STORIES);
  const look = lookDay(draw, today, newest);
  const ways = (day: CalendarDate, isLast = true) =>
    condition.interactive ? goodInteraction(draw, day, isLast) : noInteraction(draw, day);
  if (hasFeed && story === 'feed') {
    // He looked weeks before; what came since only the feed tells.
    const early = addDays(today, -draw.int(17, 22));
    const seen = addDays(early, -draw.int(0, 6));
    return {
      sources: feedOf(draw, condition, newest, false),
      sights: [planSight(draw, early, seen, ways(early, false))],
    };
  }
  const behind = story === 'sight' ? addDays(today, -draw.int(20, 60)) : newest;
  const sources = hasFeed ? feedOf(draw, condition, behind, story !== 'agree') : [];
  if (story === 'withdrawn' && newest < addDays(today, -2)) {
    // The item that he saw first was gone when he looked again: the newest date counts.
    const first = planSight(draw, addDays(today, -2), newest, {
      ways: '',
      testedAt: '',
      repliedAt: '',
    });
    return {
      sources,
      sights: [first, planSight(draw, today, addDays(today, -draw.int(16, 40)), ways(today))],
    };
  }
  const sights = [planSight(draw, look, newest, ways(look))];
  const early = addDays(today, -draw.int(16, 30));
  if (story === 'twice') {
    sights.unshift(
      planSight(draw, early, addDays(early, -draw.int(0, 8)), {
        ways: '',
        testedAt: '',
        repliedAt: '',
      }),
    );
  }
  return { sources, sights };
}

/** What an inspector writes down who looked at the ways to interact, and not at the items. */
const NOT_LOOKED = '';
const NO_WAYS = { ways: '', testedAt: '', repliedAt: '' } as const;

/**
 * The account's own list tells when it published; inspectors looked at the ways to interact. Of living accounts some authorisations
 * are past, and some took back what an inspector saw before: then his sight tells.
 */
function planOwnList(draw: Draw, condition: Dated): Evidence {
  const { platform, newest, today, fresh } = condition;
  const story = fresh
    ? draw.pick(['list', 'list', 'list', 'expired', 'withdrawn'] as const)
    : 'list';
  const look = lookDay(draw, today, story === 'expired' ? newest : null);
  const interaction = condition.interactive
    ? goodInteraction(draw, look, true)
    : noInteraction(draw, look);
  const isWithdrawn = story === 'withdrawn' && newest < addDays(today, -2);
  const wish: OwnListWish = {
    ...condition,
    newest: isWithdrawn ? addDays(today, -draw.int(20, 50)) : newest,
    isExpired: story === 'expired',
    withdrawnOn: isWithdrawn ? newest : null,
  };
  const sources: readonly SourcePlan[] = [
    platform === WEIBO
      ? { kind: 'weibo', weibo: planWeibo(draw, wish) }
      : { kind: 'douyin', douyin: planDouyin(draw, wish) },
  ];
  const seen = story === 'expired' ? newest : NOT_LOOKED;
  const sights = [planSight(draw, look, seen, interaction)];
  if (isWithdrawn) sights.unshift(planSight(draw, addDays(today, -2), newest, NO_WAYS));
  if (fresh) return { sources, sights };
  const other = planAgreement(draw, condition);
  return { sources: [...sources, ...other.sources], sights: [...other.sights, ...sights] };
}

/** What shows the same silence as an own list, so that it is one more kind: a feed, or somebody who looked some days before. */
function planAgreement(draw: Draw, condition: Dated): Evidence {
  const { newest, today } = condition;
  if (draw.chance(0.5)) return { sources: feedOf(draw, condition, newest, false), sights: [] };
  const early = addDays(today, -draw.int(4, 12));
  return { sources: [], sights: [planSight(draw, early, newest, NO_WAYS)] };
}

/** Links to articles: of a living account one leads to its newest item; silence only an inspector can prove. */
function planLinks(draw: Draw, condition: Dated): Evidence {
  const { newest, today, fresh } = condition;
  const story = draw.pick(
    fresh ? (['link', 'link', 'none', 'behind'] as const) : (['link', 'behind', 'none'] as const),
  );
  const shown = { link: newest, behind: addDays(newest, -draw.int(5, 40)), none: null }[story];
  const look = lookDay(draw, today, newest);
  const interaction = condition.interactive
    ? goodInteraction(draw, look, true)
    : noInteraction(draw, look);
  const seen = fresh && story === 'link' ? NOT_LOOKED : newest;
  const articles = planArticles(draw, { ...condition, newest: shown });
  return {
    sources: articles.map((article) => ({ kind: 'article', article })),
    sights: [planSight(draw, look, seen, interaction)],
  };
}

/** The last day or the one before, never before what was seen. */
function lookDay(draw: Draw, today: CalendarDate, newest: CalendarDate | null): CalendarDate {
  const day = addDays(today, -draw.int(0, 1));
  return newest !== null && day < newest ? newest : day;
}
