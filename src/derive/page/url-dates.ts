import { type CalendarDate, calendarDate } from '../../lib/pure/dates.ts';

/** Full dates in paths, the sure forms first. */
const FORMS = [
  /[/_]t((?:19|20)\d{2})(\d{2})(\d{2})_/,
  /\/((?:19|20)\d{2})\/(\d{1,2})\/(\d{1,2})(?:\/|$)/,
  /\/((?:19|20)\d{2})[-_]?(\d{2})\/(\d{2})(?:\/|_|$)/,
  /\/((?:19|20)\d{2})[-_](\d{1,2})[-_](\d{1,2})(?:\/|\.|_|-|$)/,
  /\/((?:19|20)\d{2})(\d{2})(\d{2})(?:\/|_|\.|$)/,
  /[/_-]((?:19|20)\d{2})([01]\d)([0-3]\d)(?:\d{6})?(?:[/_.-]|$)/,
];

/** A date written into a URL's path: `/202008/t20200805_1.html`, `/art/2020/9/8/art_1_2.html`, `/2021-04/08/content_1.htm`, `/xwfb/20220426/…`. */
export function dateInUrl(url: string): CalendarDate | null {
  const path = pathOf(url);
  for (const form of FORMS) {
    const match = form.exec(path);
    const date = match && calendarDate(Number(match[1]), Number(match[2]), Number(match[3]));
    if (date) return date;
  }
  return null;
}

/** The year that a URL's path names (`/2020/09/…`, `/202009/…`, `/2020-09/…`), for month-day dates beside its link. */
export function yearInUrl(url: string): number | null {
  const match = /\/((?:19|20)\d{2})(?:\/|[-_]\d{1,2}[/_.-]|(?:0[1-9]|1[0-2])(?:\/|\d{2}))/.exec(
    pathOf(url),
  );
  return match ? Number(match[1]) : null;
}

function pathOf(url: string): string {
  try {
    return new URL(url, 'http://x.invalid/').pathname.slice(0, 1_000);
  } catch {
    return '';
  }
}
