import { addDays, type CalendarDate, daysBetween } from '../../lib/pure/dates.ts';

/** What one source shows of an account: its posts, and the days for which it shows everything. */
export interface SourceDays {
  readonly completeFrom: CalendarDate | null;
  readonly completeTo: CalendarDate | null;
  readonly posts: readonly {
    /** The same post on two sources has the same. */
    readonly key: string;
    readonly publishedOn: CalendarDate;
    readonly original: boolean | null;
  }[];
}

/** A run of days without a post, both ends included. */
export interface Silence {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly days: number;
}

/** A week, Monday to Sunday; the last one ends today. */
export interface RhythmWeek {
  readonly from: CalendarDate;
  readonly posts: number;
  /**
   * `whole`: a source shows everything of each of its days; `partly`: of some, or of none but posts were seen, so that `posts` is
   * the least there were; `unseen`: nothing is known, which is not zero.
   */
  readonly seen: 'whole' | 'partly' | 'unseen';
}

export interface PublishingRhythm {
  readonly weeks: readonly RhythmWeek[];
  readonly posts: number;
  /** Days that some source shows whole, of all days looked at. */
  readonly seenDays: number;
  readonly days: number;
  /** The longest run of days that are all shown whole, without a post; null = none is proved. */
  readonly longestSilence: Silence | null;
  /** Posts per fourteen days over the days shown whole; null when these are less than fourteen. */
  readonly perFortnight: number | null;
  /** Originals of the posts of which it is known. */
  readonly originals: { readonly original: number; readonly known: number };
}

const WEEK_DAYS = 7;
const FORTNIGHT = 14;
export const RHYTHM_WEEKS = 53;

/** How an account publishes, over 53 weeks up to `today` (Asia/Shanghai). Posts in the future are passed over. */
export function publishingRhythm(
  sources: readonly SourceDays[],
  today: CalendarDate,
): PublishingRhythm {
  const weekday = (new Date(`${today}T00:00:00.000Z`).getUTCDay() + WEEK_DAYS - 1) % WEEK_DAYS;
  const first = addDays(today, -weekday - (RHYTHM_WEEKS - 1) * WEEK_DAYS);
  const days = daysBetween(first, today) + 1;
  const posts = postsOf(sources, first, today);
  const counts = new Array<number>(days).fill(0);
  for (const { publishedOn } of posts) {
    const at = daysBetween(first, publishedOn);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const isSeen = counts.map((_, at) => isShownWhole(sources, addDays(first, at)));
  const seenDays = isSeen.filter(Boolean).length;
  const onSeenDays = counts.reduce((sum, count, at) => sum + (isSeen[at] ? count : 0), 0);
  const known = posts.filter(({ original }) => original !== null);
  return {
    weeks: weeksOf(first, counts, isSeen),
    ...{ posts: posts.length, seenDays, days },
    longestSilence: longestSilence(first, counts, isSeen),
    perFortnight:
      seenDays < FORTNIGHT ? null : Math.round((onSeenDays / seenDays) * FORTNIGHT * 10) / 10,
    originals: { original: known.filter(({ original }) => original).length, known: known.length },
  };
}

/** Each post once. Of a post that two sources tell, whether it is original is known when one of them knows. */
function postsOf(sources: readonly SourceDays[], first: CalendarDate, today: CalendarDate) {
  const posts = new Map<string, SourceDays['posts'][number]>();
  for (const post of sources.flatMap((source) => source.posts)) {
    if (post.publishedOn < first || post.publishedOn > today) continue;
    const before = posts.get(post.key);
    if (before === undefined || before.original === null) posts.set(post.key, post);
  }
  return [...posts.values()];
}

const isShownWhole = (sources: readonly SourceDays[], day: CalendarDate): boolean =>
  sources.some(
    ({ completeFrom, completeTo }) =>
      completeFrom !== null && completeTo !== null && completeFrom <= day && day <= completeTo,
  );

function weeksOf(
  first: CalendarDate,
  counts: readonly number[],
  isSeen: readonly boolean[],
): RhythmWeek[] {
  return Array.from({ length: RHYTHM_WEEKS }, (_, week) => {
    const [start, end] = [week * WEEK_DAYS, (week + 1) * WEEK_DAYS];
    const posts = counts.slice(start, end).reduce((sum, count) => sum + count, 0);
    const seen = isSeen.slice(start, end);
    const isWhole = seen.every(Boolean);
    const isPartly = posts > 0 || seen.some(Boolean);
    return {
      ...{ from: addDays(first, start), posts },
      seen: isWhole ? 'whole' : isPartly ? 'partly' : 'unseen',
    };
  });
}

function longestSilence(
  first: CalendarDate,
  counts: readonly number[],
  isSeen: readonly boolean[],
): Silence | null {
  let best: { start: number; length: number } | null = null;
  let start = 0;
  for (let at = 0; at < counts.length; at += 1) {
    if (counts[at] !== 0 || !isSeen[at]) start = at + 1;
    const length = at + 1 - start;
    if (length > (best?.length ?? 0)) best = { start, length };
  }
  if (best === null) return null;
  const from = addDays(first, best.start);
  return { from, to: addDays(from, best.length - 1), days: best.length };
}
