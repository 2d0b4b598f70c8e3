import { describe, expect, it } from 'vitest';
import { publishingRhythm, RHYTHM_WEEKS, type SourceDays } from './publishing-rhythm.ts';

const TODAY = '2026-11-29';
const source = (
  posts: readonly string[],
  complete: readonly [string, string] | null = null,
): SourceDays => ({
  completeFrom: complete?.[0] ?? null,
  completeTo: complete?.[1] ?? null,
  posts: posts.map((publishedOn) => ({ key: publishedOn, publishedOn, original: null })),
});
const weekOf = (sources: readonly SourceDays[], from: string) =>
  publishingRhythm(sources, TODAY).weeks.find((week) => week.from === from);

describe('how an account publishes', () => {
  it.each<[string, SourceDays, object]>([
    ['nothing seen is unknown, not zero', source([]), { posts: 0, seen: 'unseen' }],
    [
      'a complete source that shows nothing: zero',
      source([], ['2026-11-16', '2026-11-22']),
      { posts: 0, seen: 'whole' },
    ],
    [
      'complete for a part of the week',
      source([], ['2026-11-18', '2026-11-28']),
      { posts: 0, seen: 'partly' },
    ],
    [
      'posts of a bridge are the least there were',
      source(['2026-11-17']),
      { posts: 1, seen: 'partly' },
    ],
    [
      'complete and published',
      source(['2026-11-16', '2026-11-22'], ['2025-01-01', '2026-11-28']),
      { posts: 2, seen: 'whole' },
    ],
  ])('%s', (_name, given, week) => {
    expect(weekOf([given], '2026-11-16')).toMatchObject(week);
  });

  it('ends with the week of today, Monday first', () => {
    const { weeks, days } = publishingRhythm([], TODAY);
    expect([weeks.length, weeks.at(-1)?.from, days]).toEqual([RHYTHM_WEEKS, '2026-11-23', 371]);
    expect(publishingRhythm([], '2026-11-30').weeks.at(-1)?.from).toBe('2026-11-30');
  });

  it('counts a post that two sources show once, and none of the future', () => {
    const twice = [source(['2026-11-17']), source(['2026-11-17', '2026-12-05'])];
    expect(publishingRhythm(twice, TODAY).posts).toBe(1);
  });

  it('proves a silence only where everything is shown', () => {
    const proved = publishingRhythm([source(['2026-11-10'], ['2026-11-01', '2026-11-28'])], TODAY);
    expect(proved.longestSilence).toEqual({ from: '2026-11-11', to: '2026-11-28', days: 18 });
    const unproved = publishingRhythm([source(['2026-10-10', '2026-11-28'])], TODAY);
    expect(unproved.longestSilence).toBeNull();
  });

  it('counts per fortnight over what is shown whole', () => {
    const posts = ['2026-10-20', '2026-11-15', '2026-11-16', '2026-11-20'];
    const shown = publishingRhythm([source(posts, ['2026-11-15', '2026-11-28'])], TODAY);
    expect(shown.perFortnight).toBe(3);
    expect(publishingRhythm([source(posts)], TODAY).perFortnight).toBeNull();
  });

  it('shares originals among the posts of which it is known', () => {
    const [first, second] = [source(['2026-11-17', '2026-11-18']), source(['2026-11-17'])];
    const told = { ...second, posts: second.posts.map((post) => ({ ...post, original: true })) };
    expect(publishingRhythm([first, told], TODAY).originals).toEqual({ original: 1, known: 1 });
  });
});
