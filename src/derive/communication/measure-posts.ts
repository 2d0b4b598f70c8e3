import type { PostCounts, SourceKind } from '../../domain/account-sources.ts';
import { addDays, type CalendarDate, daysBetween } from '../../lib/pure/dates.ts';
import type { Measured, MeasuredPeriod } from './compute-index.ts';

/** A post as far as measuring it goes. */
export interface CountedPost extends PostCounts {
  /** WeChat's ends with its place in one sending: `…_1` is the headline (头条). */
  readonly itemId: string;
  readonly publishedOn: CalendarDate;
  readonly original: boolean | null;
}

/** The one source whose posts are counted: sums over several sources would count a post twice. */
export interface CountedSource {
  readonly kind: SourceKind;
  /** Days for which it shows everything; null = it proves nothing. */
  readonly completeFrom: CalendarDate | null;
  readonly completeTo: CalendarDate | null;
  /** Posts that are not deleted; those outside the period are passed over. */
  readonly posts: readonly CountedPost[];
}

export interface Period {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** As the formulas count: a month is 30 days whichever it is. */
  readonly days: number;
}

const COUNT_WORDS: Readonly<Record<keyof PostCounts, string>> = {
  reads: '阅读（播放）数',
  likes: '点赞数',
  recommends: '在看数',
  comments: '评论数',
  shares: '转发数',
};
const missing = (words: string): Measured => ({ value: null, missing: words });
const known = (value: number): Measured => ({ value, missing: null });

/** Whether the platform's counts are of persons, not of times (new-media-apis §2.4): an index over them is an approximation. */
export const countsPersons = (kind: SourceKind): boolean => kind === 'wechat';

/** How many followed at the ends of a period, whoever counted; null = nobody did within three days of that end. */
export interface FollowersOfPeriod {
  readonly start: number | null;
  readonly end: number | null;
}

/**
 * Measures a period by one source. Without a source that shows everything of the period there is no number of posts at all: what is
 * not seen is not zero. Followers are counted on their own.
 */
export function measurePosts(
  source: CountedSource | null,
  period: Period,
  followers: FollowersOfPeriod,
): MeasuredPeriod {
  return { ...measureSource(source, period), ...measureFollowers(followers, period) };
}

/** 新增粉丝 is the difference of both ends; a loss counts as none, for an index knows no less than nothing. */
function measureFollowers(
  { start, end }: FollowersOfPeriod,
  { from, to }: Period,
): Pick<MeasuredPeriod, 'followers' | 'newFollowers'> {
  const lacking = (day: CalendarDate): Measured =>
    missing(`没有 ${day} 前后三天的粉丝数；请由检查人员看账号时登记，或填在登记信息里`);
  if (end === null) return { followers: lacking(to), newFollowers: lacking(to) };
  return {
    followers: known(end),
    newFollowers: start === null ? lacking(addDays(from, -1)) : known(Math.max(0, end - start)),
  };
}

function measureSource(source: CountedSource | null, period: Period): MeasuredPeriod {
  const { days } = period;
  const gap = gapOf(source, period);
  if (source === null || gap !== null) return everywhere(days, gap ?? '');
  const posts = source.posts.filter(
    ({ publishedOn }) => publishedOn >= period.from && publishedOn <= period.to,
  );
  const originals = originalsOf(posts);
  const headlines =
    source.kind === 'wechat' ? posts.filter(({ itemId }) => itemId.endsWith('_1')) : null;
  const sum = (count: keyof PostCounts, of: readonly CountedPost[] | null): Measured =>
    overall(of, count, (values) => values.reduce((total, value) => total + value, 0));
  const most = (count: keyof PostCounts): Measured =>
    overall(posts, count, (values) => values.reduce((best, value) => Math.max(best, value), 0));
  const original = (count: keyof PostCounts): Measured =>
    originals === null ? NO_ORIGINALS : sum(count, originals);
  return {
    ...{ days, posts: known(posts.length) },
    originalPosts: originals === null ? NO_ORIGINALS : known(originals.length),
    ...{ reads: sum('reads', posts), recommends: sum('recommends', posts) },
    ...{ likes: sum('likes', posts), comments: sum('comments', posts) },
    shares: sum('shares', posts),
    ...{ headlineReads: sum('reads', headlines), headlineLikes: sum('likes', headlines) },
    headlineRecommends: sum('recommends', headlines),
    headlineShares: sum('shares', headlines),
    ...{ maxReads: most('reads'), maxRecommends: most('recommends') },
    ...{ maxLikes: most('likes'), maxShares: most('shares') },
    ...{ originalComments: original('comments'), originalShares: original('shares') },
  };
}

const NO_ORIGINALS = missing('信源没有说明哪些是原创；请接入能说明原创的信源');

function gapOf(source: CountedSource | null, { from, to }: Period): string | null {
  if (source === null) return '没有信源；请先登记信源';
  const { completeFrom, completeTo } = source;
  if (completeFrom === null || completeTo === null)
    return '信源看不全这个账号发布的内容；请接入账号所有者的接口';
  if (completeFrom <= from && completeTo >= to) return null;
  const first = completeFrom > from ? completeFrom : from;
  const last = completeTo < to ? completeTo : to;
  const seen = Math.max(0, daysBetween(first, last) + 1);
  return `信源只看全了这一期 ${daysBetween(from, to) + 1} 天里的 ${seen} 天；请等它看全，或改用其他信源`;
}

function everywhere(days: number, words: string): MeasuredPeriod {
  const none = missing(words);
  return {
    ...{ days, posts: none, originalPosts: none, reads: none, recommends: none, likes: none },
    ...{ comments: none, shares: none, headlineReads: none, headlineRecommends: none },
    ...{ headlineLikes: none, headlineShares: none, maxReads: none, maxRecommends: none },
    ...{ maxLikes: none, maxShares: none, originalComments: none, originalShares: none },
  };
}

/** Null when the source does not tell of every post whether it is original. */
function originalsOf(posts: readonly CountedPost[]): readonly CountedPost[] | null {
  return posts.some(({ original }) => original === null)
    ? null
    : posts.filter(({ original }) => original);
}

function overall(
  posts: readonly CountedPost[] | null,
  count: keyof PostCounts,
  of: (values: readonly number[]) => number,
): Measured {
  if (posts === null) return missing('这个平台的信源分不出头条');
  const values = posts.flatMap((post) => post[count] ?? []);
  const lacking = posts.length - values.length;
  return lacking === 0
    ? known(of(values))
    : missing(`${posts.length} 条里有 ${lacking} 条没有${COUNT_WORDS[count]}`);
}
