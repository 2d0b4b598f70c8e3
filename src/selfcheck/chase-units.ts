import { sql } from 'kysely';
import type { Clock } from '../jobs/clock/clock.ts';
import { type CalendarDate, daysBetween, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { defineNoticeKinds, type NoticeDraft, queueNotices } from '../notify/index.ts';
import type { StoreDeps } from '../store/store.ts';
import { chaseQuestions } from './questions/chase-questions.ts';
import { reminderDay } from './reminder-days.ts';

defineNoticeKinds({
  'selfcheck.open': { name: '市级自查：请填报' },
  'selfcheck.chase': { name: '市级自查：催报' },
  'selfcheck.submit': { name: '市级自查：已报送' },
  'selfcheck.question': { name: '市级自查：比对请答复' },
  'selfcheck.answer': { name: '市级自查：比对有答复' },
});

const MORNING = { minuteOfDay: 8 * 60 + 30, windowMinutes: 0 } as const;

interface Waiting {
  readonly id: number;
  readonly unitId: number;
  readonly label: string;
  readonly openedAt: Instant;
  readonly dueOn: CalendarDate;
}

/** Reminds units that have submitted nothing; each reminder goes once, however often this runs. Returns how many are new. */
export async function chaseUnits(
  { store }: StoreDeps,
  { at }: { readonly at: Instant },
): Promise<number> {
  const today = shanghaiDate(at);
  const { rows } = await sql<Waiting>`
    select c.id, u.unit_id as "unitId", r.label, c.opened_at as "openedAt", c.due_on as "dueOn"
      from self_check c join self_check_unit u on u.self_check_id = c.id join round r on r.id = c.round_id
     where c.state = 'open' and not exists (select from self_check_hand_in h
       where h.self_check_id = c.id and h.unit_id = u.unit_id and h.state = 'submitted')
     order by c.id, u.place`.execute(store.db);
  const drafts = rows.flatMap((waiting) => reminderOf(waiting, today));
  return store.transaction((trx) => queueNotices(trx, drafts, at));
}

function reminderOf(
  { id, unitId, label, openedAt, dueOn }: Waiting,
  today: CalendarDate,
): NoticeDraft[] {
  const day = reminderDay(dueOn, { since: shanghaiDate(openedAt), today });
  if (day === null) return [];
  const late = daysBetween(dueOn, today);
  const words = late > 0 ? `应于 ${dueOn} 前报送，已逾期 ${late} 天` : `请在 ${dueOn} 前报送`;
  return [
    {
      ...{ key: `selfcheck:${id}:chase:${unitId}:${day}`, kind: 'selfcheck.chase' },
      ...{ to: { unitId }, title: '自查结果催报', urgent: false },
      ...{ text: `${label}的自查结果${words}。`, link: `/self-checks/${id}/units/${unitId}` },
    },
  ];
}

/** Reminds of what is to be handed in and of what is to be answered. Returns how many notices are new. */
export async function chaseSelfChecks(
  deps: StoreDeps,
  { at }: { readonly at: Instant },
): Promise<number> {
  return (await chaseUnits(deps, { at })) + (await chaseQuestions(deps, { at }));
}

/** The reminders as work of the calendar. */
export const selfCheckClock = (deps: StoreDeps, now: () => Instant): Clock => ({
  ...{ name: 'selfcheck', words: '市级自查：催报', time: MORNING },
  work: () => chaseSelfChecks(deps, { at: now() }),
});
