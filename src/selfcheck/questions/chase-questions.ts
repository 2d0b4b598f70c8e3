import { addWorkdaysOrWeekdays, workdaysBefore } from '../../domain/workday.ts';
import { isClosed } from '../../inspection/index.ts';
import {
  type CalendarDate,
  daysBetween,
  type Instant,
  shanghaiDate,
} from '../../lib/pure/dates.ts';
import { type NoticeDraft, queueNotices } from '../../notify/index.ts';
import type { StoreDeps } from '../../store/store.ts';
import { roundOf } from '../hold-unit.ts';
import { agreementsOf } from '../read-comparison.ts';
import { reminderDay } from '../reminder-days.ts';
import { selfCheckDb } from '../self-check-db.ts';

/** Working days to answer what a comparison asks, the day on which the unit is told not counted. */
const ANSWER_WORKDAYS = 5;

/** Working days to answer once more what was asked back, that day not counted. */
export const ASKED_BACK_WORKDAYS = 3;

/** Until when a unit is to answer that was told on a day. */
export const dueOnOf = (askedOn: CalendarDate): CalendarDate =>
  addWorkdaysOrWeekdays(askedOn, ANSWER_WORKDAYS);

interface Unit {
  readonly id: number;
  readonly unitId: number;
  readonly label: string;
  readonly askedOn: CalendarDate | null;
  /** The earliest day of what was asked back. */
  readonly backOn: CalendarDate | null;
}

/**
 * Tells units of what the comparison asks, once the province's results are fixed and theirs are submitted, and reminds those that have
 * not answered everything; each notice goes once, however often this runs. Returns how many are new.
 */
export async function chaseQuestions(
  deps: StoreDeps,
  { at }: { readonly at: Instant },
): Promise<number> {
  const today = shanghaiDate(at);
  let told = 0;
  for (const unit of await unitsAsked(deps)) {
    const reminder = reminderOf(unit, today);
    if (reminder === null) continue;
    const { agreements } = await agreementsOf(deps, unit.id, [unit.unitId]);
    const questions = agreements.get(unit.unitId)?.questions;
    const open = questions === undefined ? 0 : questions.open + questions.returned;
    const notices = open === 0 ? [] : [noticeOf(unit, open, { ...reminder, today })];
    told += await deps.store.transaction(async (trx) => {
      if (unit.askedOn === null && notices.length > 0)
        await selfCheckDb(trx)
          .updateTable('self_check_unit')
          .set({ asked_on: today })
          .where('self_check_id', '=', unit.id)
          .where('unit_id', '=', unit.unitId)
          .execute();
      return queueNotices(trx, notices, at);
    });
  }
  return told;
}

/** Units of open self-checks that submitted, where the province's results are fixed. */
async function unitsAsked(deps: StoreDeps): Promise<Unit[]> {
  const db = selfCheckDb(deps.store.db);
  const checks = await db
    .selectFrom('self_check')
    .select(['id', 'round_id'])
    .where('state', '=', 'open')
    .orderBy('id')
    .execute();
  const units: Unit[] = [];
  for (const check of checks) {
    const round = await roundOf(deps, check);
    if (!isClosed(round.state)) continue;
    const rows = await db
      .selectFrom('self_check_unit as u')
      .leftJoin('self_check_question as q', (join) =>
        join
          .onRef('q.self_check_id', '=', 'u.self_check_id')
          .onRef('q.unit_id', '=', 'u.unit_id')
          .on('q.stand', '=', 'returned'),
      )
      .select(({ fn }) => [
        'u.unit_id as unitId',
        'u.asked_on as askedOn',
        fn.min('q.due_on').as('backOn'),
      ])
      .where('u.self_check_id', '=', check.id)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('self_check_hand_in as h')
            .select('h.id')
            .whereRef('h.self_check_id', '=', 'u.self_check_id')
            .whereRef('h.unit_id', '=', 'u.unit_id')
            .where('h.state', '=', 'submitted'),
        ),
      )
      .groupBy(['u.unit_id', 'u.asked_on', 'u.place'])
      .orderBy('u.place')
      .execute();
    units.push(...rows.map((row) => ({ ...row, id: check.id, label: round.label })));
  }
  return units;
}

interface Reminder {
  /** Whose key the notice has: it goes once. */
  readonly day: CalendarDate;
  readonly dueOn: CalendarDate;
}

/** What a unit is told today: of the comparison at first, then what its days ask for, of two the later; null = nothing. */
function reminderOf({ askedOn, backOn }: Unit, today: CalendarDate): Reminder | null {
  if (askedOn === null) return { day: today, dueOn: dueOnOf(today) };
  const first = { dueOn: dueOnOf(askedOn), since: askedOn };
  const back =
    backOn === null ? [] : [{ dueOn: backOn, since: workdaysBefore(backOn, ASKED_BACK_WORKDAYS) }];
  return [first, ...back].reduce<Reminder | null>((latest, { dueOn, since }) => {
    const day = reminderDay(dueOn, { since, today });
    return day === null || (latest !== null && latest.day > day) ? latest : { day, dueOn };
  }, null);
}

function noticeOf(
  { id, unitId, label }: Unit,
  open: number,
  { day, dueOn, today }: Reminder & { readonly today: CalendarDate },
): NoticeDraft {
  const late = daysBetween(dueOn, today);
  const words = late > 0 ? `应于 ${dueOn} 前答复，已逾期 ${late} 天` : `请在 ${dueOn} 前答复`;
  return {
    ...{ key: `selfcheck:${id}:question:${unitId}:${day}`, kind: 'selfcheck.question' },
    ...{ to: { unitId }, title: '自查与省级结果比对：请答复', urgent: false },
    text: `${label}：自查与省级结果不一致的还有 ${open} 处没有答复，${words}。`,
    link: `/self-checks/${id}/units/${unitId}?view=comparison`,
  };
}
