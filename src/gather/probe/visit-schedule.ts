import { addDays, type Instant, shanghaiDate, startOfDay } from '../../lib/pure/dates.ts';

/** 连续监测1周，每天间隔性访问20次: 140 visits is the smallest base the rule allows. */
export const VISIT_DAYS = 7;
export const VISITS_PER_DAY = 20;
const FIRST_VISIT_MINUTE = 36;
const MINUTES_BETWEEN = 72;
const LAST_MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * The 140 instants at which a site's home page is visited: seven whole Asia/Shanghai days, the last of them the monitoring
 * day when the monitoring time is its last minute, else the day before. The times of day are the same for every site, so
 * that failing together can be seen.
 */
export function visitSchedule(monitoredAt: Instant): Instant[] {
  const day = shanghaiDate(monitoredAt);
  const reachesEnd =
    Date.parse(startOfDay(day)) + DAY_MS - Date.parse(monitoredAt) <= LAST_MINUTE_MS;
  const lastDay = reachesEnd ? day : addDays(day, -1);
  const instants: Instant[] = [];
  for (let back = VISIT_DAYS - 1; back >= 0; back -= 1) {
    const start = Date.parse(startOfDay(addDays(lastDay, -back)));
    for (let visit = 0; visit < VISITS_PER_DAY; visit += 1) {
      instants.push(
        new Date(start + (FIRST_VISIT_MINUTE + visit * MINUTES_BETWEEN) * 60_000).toISOString(),
      );
    }
  }
  return instants;
}
