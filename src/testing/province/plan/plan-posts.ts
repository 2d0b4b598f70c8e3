import { addDays, type CalendarDate } from '../../../lib/pure/dates.ts';
import type { Post } from '../feeds/feed-plan.ts';
import type { Draw } from '../sites/draw.ts';
import { POST_TITLES } from './words.ts';

/** Hours at which a wrong time zone would move an item to another day, and others. */
const TIMES = ['00:10', '07:45', '08:30', '10:05', '15:40', '18:20', '23:50'] as const;
const OLDER_MIN = 2;
const OLDER_MAX = 11;
const GAP_DAYS_MAX = 9;

export function planPost(draw: Draw, on: CalendarDate): Post {
  return { title: draw.pick(POST_TITLES), on, time: draw.pick(TIMES) };
}

/** An account's items, newest first; the newest on exactly that day. */
export function planPosts(draw: Draw, newest: CalendarDate): Post[] {
  const posts = [planPost(draw, newest)];
  const count = draw.int(OLDER_MIN, OLDER_MAX);
  for (let day = newest; posts.length <= count; ) {
    day = addDays(day, -draw.int(1, GAP_DAYS_MAX));
    posts.push(planPost(draw, day));
  }
  return posts;
}
