import { sql } from 'kysely';
import { workdaysBefore } from '../../domain/workday.ts';
import type { Clock } from '../../jobs/clock/clock.ts';
import {
  type CalendarDate,
  daysBetween,
  type Instant,
  shanghaiDate,
} from '../../lib/pure/dates.ts';
import { defineNoticeKinds, queueNotices } from '../../notify/index.ts';
import type { YearlyDeps } from './yearly-db.ts';

defineNoticeKinds({
  'yearly.open': { name: '年度报表：请填报' },
  'yearly.chase': { name: '年度报表：催报' },
  'yearly.return': { name: '年度报表：退回' },
});

/** Working days before the last day on which units are reminded, and days after it. */
const BEFORE = [10, 5, 1];
const AFTER = [1, 3, 5, 10];
const MORNING = { minuteOfDay: 8 * 60 + 30, windowMinutes: 0 } as const;

interface Waiting {
  readonly year: number;
  readonly unitId: number;
  readonly dueOn: CalendarDate;
  readonly open: number;
}

/** Whether `today` is a day on which a form due on `dueOn` is reminded of: working days before, the day itself, days after. */
export function isChaserDay(dueOn: CalendarDate, today: CalendarDate): boolean {
  const late = daysBetween(dueOn, today);
  if (late >= 0) return late === 0 || AFTER.includes(late);
  return BEFORE.some((count) => workdaysBefore(dueOn, count) === today);
}

/** Reminds units with forms that are not published yet: one reminder a unit, year and day. Returns how many are new. */
export async function chaseForms(
  { store }: Pick<YearlyDeps, 'store'>,
  { at }: { readonly at: Instant },
): Promise<number> {
  const today = shanghaiDate(at);
  const { rows } = await sql<Waiting>`
    select year, unit_id as "unitId", due_on as "dueOn", count(*)::int as open from yearly_form
     where state <> 'published' and due_on between ${today}::date - ${AFTER.at(-1)!}::int and ${today}::date + 40
     group by year, unit_id, due_on order by unit_id`.execute(store.db);
  const drafts = rows
    .filter(({ dueOn }) => isChaserDay(dueOn, today))
    .map(({ year, unitId, dueOn, open }) => {
      const late = daysBetween(dueOn, today);
      const words =
        late > 0 ? `应于 ${dueOn} 前公开，已逾期 ${late} 天` : `请在 ${dueOn} 前签发并公开`;
      return {
        ...{ key: `yearly:${year}:chase:${unitId}:${today}`, kind: 'yearly.chase' },
        ...{ to: { unitId }, title: '年度报表催报', urgent: false },
        ...{
          link: `/yearly-forms?year=${year}`,
          text: `${year} 年有 ${open} 份年度报表${words}。`,
        },
      };
    });
  return store.transaction((trx) => queueNotices(trx, drafts, at));
}

/** The reminders as work of the calendar. */
export const yearlyClock = (deps: Pick<YearlyDeps, 'store'>, now: () => Instant): Clock => ({
  ...{ name: 'yearly-forms', words: '年度报表：催报', time: MORNING },
  work: () => chaseForms(deps, { at: now() }),
});
