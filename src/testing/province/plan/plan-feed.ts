import { addDays, type CalendarDate } from '../../../lib/pure/dates.ts';
import type { FeedFault, FeedKind, FeedPlan } from '../feeds/feed-plan.ts';
import type { Draw } from '../sites/draw.ts';
import { planPost, planPosts } from './plan-posts.ts';

export const FEED_HOSTS = [
  'feeds.province.test',
  'rss.province.test',
  'hub.province.test',
] as const;

const ENDINGS: Readonly<Record<FeedKind, readonly string[]>> = {
  rss: ['/rss.xml', '.rss', '/feed'],
  atom: ['/atom.xml', '.atom', '/feed'],
  jsonfeed: ['/feed.json', '.json', '/all'],
};
const FAULTS: readonly FeedFault[] = ['missing', 'broken', 'login', 'empty'];

export interface FeedWish {
  readonly kind: FeedKind;
  readonly title: string;
  /** Unlike any other feed's. */
  readonly token: string;
  /** Newest item shown; null = none. */
  readonly newest: CalendarDate | null;
  /** The account is alive: then a feed may also show days to come. */
  readonly alive: boolean;
  /** The feed may fail altogether. */
  readonly mayFail: boolean;
  readonly today: CalendarDate;
}

/** A feed with the habits and faults of real ones; none of them changes what its newest item is. */
export function planFeed(draw: Draw, wish: FeedWish): FeedPlan {
  const { kind, today } = wish;
  const posts = wish.newest === null ? [] : planPosts(draw, wish.newest);
  const oldest = posts.at(-1);
  const fails = wish.mayFail && draw.chance(0.3);
  return {
    kind,
    title: wish.title,
    url: `http://${draw.pick(FEED_HOSTS)}/${wish.token.slice(0, 20)}${draw.pick(ENDINGS[kind])}`,
    posts,
    dateStyle: draw.pick(['offset', 'offset', 'utc', 'bare']),
    charset: kind === 'rss' && draw.chance(0.2) ? 'gbk' : 'utf8',
    pinned:
      oldest && draw.chance(0.25) ? planPost(draw, addDays(oldest.on, -draw.int(60, 300))) : null,
    removed:
      kind === 'atom' && draw.chance(0.4) ? planPost(draw, addDays(today, -draw.int(1, 6))) : null,
    future:
      wish.alive && draw.chance(0.12) ? planPost(draw, addDays(today, draw.int(20, 90))) : null,
    onlyUpdated: kind === 'atom' && draw.chance(0.4),
    touchedOn: today,
    fault: fails ? draw.pick(FAULTS) : null,
  };
}
