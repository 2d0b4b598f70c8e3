import { sql } from 'kysely';
import type { Clock } from '../jobs/clock/clock.ts';
import { type CalendarDate, daysBetween, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { defineNoticeKinds, queueNotices } from '../notify/index.ts';
import type { AssessmentDeps } from './assessment-db.ts';

defineNoticeKinds({
  'assessment.open': { name: '年度考核：请填报自评' },
  'assessment.chase': { name: '年度考核：催报自评' },
  'assessment.return': { name: '年度考核：自评退回' },
  'assessment.published': { name: '年度考核：结果公布' },
});

/** Days before the last one on which a unit is reminded, and after it, until the office decides without its report. */
const BEFORE = [5, 1, 0];
const AFTER = [1, 3, 5, 10];
const MORNING = { minuteOfDay: 8 * 60 + 30, windowMinutes: 0 } as const;

interface Waiting {
  readonly id: number;
  readonly unitId: number;
  readonly year: number;
  readonly name: string;
  readonly reportBy: CalendarDate;
}

/** Reminds units whose report is due or over; each reminder goes once, however often this runs. Returns how many are new. */
export async function chaseReports(
  { store }: Pick<AssessmentDeps, 'store'>,
  { at }: { readonly at: Instant },
): Promise<number> {
  const today = shanghaiDate(at);
  const { rows } = await sql<Waiting>`
    select a.id, u.unit_id as "unitId", a.year, a.name, a.report_by as "reportBy"
      from assessment a join assessment_unit u on u.assessment_id = a.id
     where a.state = 'open' and u.state = 'reporting'
       and a.report_by between ${today}::date - ${AFTER.at(-1)!}::int and ${today}::date + ${BEFORE[0]!}::int`.execute(
    store.db,
  );
  const drafts = rows.flatMap(({ id, unitId, year, name, reportBy }) => {
    const late = daysBetween(reportBy, today);
    if (!(late > 0 ? AFTER : BEFORE).includes(Math.abs(late))) return [];
    const words =
      late > 0 ? `应于 ${reportBy} 前报送，已逾期 ${late} 天` : `请在 ${reportBy} 前报送`;
    return [
      {
        ...{ key: `assessment:${id}:chase:${unitId}:${today}`, kind: 'assessment.chase' },
        ...{ to: { unitId }, title: '年度考核自评催报', link: `/assessments/${id}` },
        ...{ text: `${year} 年${name}的自评${words}。`, urgent: false },
      },
    ];
  });
  return store.transaction((trx) => queueNotices(trx, drafts, at));
}

/** The reminders as work of the calendar. */
export const assessmentClock = (
  deps: Pick<AssessmentDeps, 'store'>,
  now: () => Instant,
): Clock => ({
  ...{ name: 'assessment', words: '年度考核：催报自评', time: MORNING },
  work: () => chaseReports(deps, { at: now() }),
});
