import { addDays, daysBetween } from '../../../lib/pure/dates.ts';
import type { AccountEntry, PostPlan, SightPlan, SourceKind } from './province-plan.ts';
import { POST_TITLES } from './words.ts';

/** What an account shows to those who look: its source, its posts, what an inspector saw. */
export type AccountShow = Pick<AccountEntry, 'source' | 'sourceKey' | 'appId' | 'appSecret' | 'posts' | 'interactive' | 'refusesToken' | 'sights'>;

interface Setting {
  readonly day: string;
  readonly seed: number;
  readonly number: number;
  readonly trap?: boolean;
}

const INTERACTION = 'media.veto.interaction.none';
const STALE = 'media.veto.stale.two-weeks';
/** So far back the owner interface's look-back finds a date within its budget of calls. */
const LOOK_BACK_DAYS = 75;
const FEEDS: readonly SourceKind[] = ['rss', 'atom', 'jsonfeed', '无'];
const WAYS = ['评论；私信', '留言；菜单', '私信', '评论；转发', '菜单', '留言', '评论；私信；留言；转发'] as const;

const NOTHING = { appId: '', appSecret: '', refusesToken: false, interactive: true } as const;

/** A healthy account in one of many ways of being healthy. */
export function describeHealthy(platform: string, setting: Setting): AccountShow {
  const { day, seed, number } = setting;
  if (setting.trap || (platform === '微信公众号' && seed % 6 === 0)) {
    return { ...wechat(number, seed), refusesToken: setting.trap === true, interactive: true, posts: freshPosts(day, seed), sights: [] };
  }
  const source = FEEDS[seed % FEEDS.length]!;
  const sourceKey = keyOf(number, seed);
  const variant = Math.floor(seed / 8) % 7;
  const newest = addDays(day, -(seed % 13));
  const ways = waysOf(day, seed);
  const sight = (at: string, date: string): SightPlan => ({ at, newest: date, image: seed % 3 === 0 ? `images/${sourceKey}.png` : '', ...ways });
  const at = sightTime(day, seed);
  const fresh = freshPosts(day, seed);
  const base = { ...NOTHING, source, sourceKey, posts: fresh };
  switch (variant) {
    // Exactly fourteen days old: still in time.
    case 0:
      return { ...base, posts: [post(addDays(day, -14), seed)], sights: [sight(at, addDays(day, -14))] };
    // The source is far behind; only the inspector saw the newest.
    case 1:
      return { ...base, posts: [post(addDays(day, -40), seed), post(addDays(day, -47), seed + 1)], sights: [sight(at, newest)] };
    // Only the source shows the newest: the inspector looked at something else.
    case 2:
      return source === '无' ? { ...base, sights: [sight(at, newest)] } : { ...base, sights: [sight(at, '')] };
    // Several sights: the newest date counts.
    case 3:
      return { ...base, sights: [sight(sightTime(addDays(day, -9), seed), addDays(day, -20)), sight(at, newest)] };
    // A deleted newest item and one of the future, neither of which counts, and an old one pinned on top.
    case 4:
      return { ...base, posts: [post(addDays(day, -300), seed), post(addDays(day, 9), seed + 1), { ...post(day, seed + 2), deleted: true }, post(addDays(day, -6), seed + 3)], sights: [sight(at, addDays(day, -6))] };
    // The source's address is dead.
    case 5:
      return { ...base, sourceKey: source === '无' ? sourceKey : `gone-${sourceKey}`, posts: [], sights: [sight(at, newest)] };
    default:
      return { ...base, sights: [sight(at, fresh[0]!.date)] };
  }
}

/** An account that really fails as the case says, and only so. */
export function describeFailing(account: { readonly platform: string; readonly lastUpdated: string | null }, rules: readonly string[], setting: Setting): AccountShow {
  const { day, seed, number } = setting;
  const isStale = rules.includes(STALE);
  const noWay = rules.includes(INTERACTION);
  const last = isStale ? account.lastUpdated : (account.lastUpdated ?? addDays(day, -(seed % 10)));
  const byInterface = account.platform === '微信公众号' && last !== null && daysBetween(last, day) <= LOOK_BACK_DAYS && seed % 3 === 0;
  const posts = last === null ? [] : [post(last, seed), post(addDays(last, -5), seed + 1), post(addDays(last, -11), seed + 2)];
  if (byInterface) return { ...wechat(number, seed), refusesToken: false, interactive: !noWay, posts, sights: [] };
  const source = FEEDS[Math.floor(seed / 4) % FEEDS.length]!;
  const ways = noWay ? noWays(day, seed) : waysOf(day, seed);
  const sight: SightPlan = { at: sightTime(day, seed), newest: last ?? '无', image: `images/${keyOf(number, seed)}.png`, ...ways };
  const earlier: SightPlan = { ...sight, at: sightTime(addDays(day, -12), seed), newest: last === null ? '无' : addDays(last, -5) };
  return { ...NOTHING, source, sourceKey: keyOf(number, seed), posts, sights: seed % 2 === 0 && last !== null ? [earlier, sight] : [sight] };
}

function wechat(number: number, seed: number): Pick<AccountShow, 'source' | 'sourceKey' | 'appId' | 'appSecret'> {
  const hex = (seed * 40_503 + number).toString(16).padStart(16, '0');
  return { source: 'wechat', sourceKey: '', appId: `wx${hex.slice(-14)}${String(number % 100).padStart(2, '0')}`, appSecret: `${hex}${hex.split('').reverse().join('')}` };
}

function keyOf(number: number, seed: number): string {
  return `${(seed % 46_656).toString(36).padStart(3, '0')}${String(number).padStart(4, '0')}`;
}

function post(date: string, seed: number): PostPlan {
  return { title: POST_TITLES[Math.abs(seed) % POST_TITLES.length]!, date, deleted: false };
}

function freshPosts(day: string, seed: number): PostPlan[] {
  const first = 1 + (seed % 12);
  return [0, 1, 2, 3].map((step) => post(addDays(day, -(first + step * (2 + (seed % 5)))), seed + step));
}

/** On the monitoring day or up to two days before it, in office hours. */
function sightTime(day: string, seed: number): string {
  return `${addDays(day, -(seed % 3))} ${String(9 + (seed % 8)).padStart(2, '0')}:${String(seed % 60).padStart(2, '0')}`;
}

type Ways = Pick<SightPlan, 'ways' | 'testedAt' | 'repliedAt'>;

/** Ways that work: seen, answered in time, or still within the five working days. */
function waysOf(day: string, seed: number): Ways {
  const ways = WAYS[Math.floor(seed / 3) % WAYS.length]!;
  const test = Math.floor(seed / 21) % 4;
  if (test === 0) return { ways, testedAt: `${addDays(day, -11)} 09:30`, repliedAt: `${addDays(day, -10)} 15:20` };
  if (test === 1) return { ways, testedAt: `${addDays(day, -3)} 10:10`, repliedAt: '' };
  return { ways, testedAt: '', repliedAt: '' };
}

/** No way that works: none seen, only passing posts on, or a test that nobody answered for weeks. */
function noWays(day: string, seed: number): Ways {
  const form = seed % 3;
  if (form === 0) return { ways: '无', testedAt: '', repliedAt: '' };
  if (form === 1) return { ways: '转发', testedAt: '', repliedAt: '' };
  return { ways: '私信', testedAt: `${addDays(day, -27)} 09:00`, repliedAt: '' };
}
