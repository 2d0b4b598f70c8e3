import { sql } from 'kysely';
import type { SubjectKind } from '../domain/subject.ts';
import { type RepeatedWork, repeatWork } from '../jobs/repeated-work.ts';
import { type CalendarDate, daysBetween, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { type NoticeDraft, queueNotices } from '../notify/index.ts';
import type { Store, StoreDeps } from '../store/store.ts';
import { POST_SPECS, type Post } from './posts/post.ts';
import { SUBJECTS } from './posts/subject.ts';
import { remindReaders } from './regulations/remind-readers.ts';

const EVERY_MS = 3_600_000;
/** Days before the last one of a holding on which its unit is told. */
const ENDS_IN_DAYS = 10;
/** Weeks after a day was missed in which it is told again; from then on the list speaks. */
const CHASED_WEEKS = 4;
/** Reminders written in one transaction. */
const AT_ONCE = 5_000;

interface Due {
  readonly what: 'handover' | 'holding';
  readonly id: number;
  readonly kind: SubjectKind;
  readonly subjectId: number;
  readonly unitId: number;
  readonly name: string;
  readonly post: Post;
  readonly on: CalendarDate;
}

/**
 * Reminds of hand-overs that nobody took and of holdings whose days end or are over. Each reminder goes once, however often this runs.
 * Returns how many are new.
 */
export async function chaseDuty(
  { store }: StoreDeps,
  { at, atOnce = AT_ONCE }: { readonly at: Instant; readonly atOnce?: number },
): Promise<number> {
  const today = shanghaiDate(at);
  let told = 0;
  for (let after: Due | null = null; ; ) {
    const due = await dueAfter(store.db, { today, after, most: atOnce });
    const drafts = due.map((each) => reminder(each, today));
    told += await store.transaction((trx) => queueNotices(trx, drafts, at));
    if (due.length < atOnce) return told;
    after = due.at(-1)!;
  }
}

/** What is due of a day, by day and what it is, from the one after `after` on; also what was told before: the key of the notice knows. */
async function dueAfter(
  db: Store['db'],
  given: { readonly today: CalendarDate; readonly after: Due | null; readonly most: number },
): Promise<Due[]> {
  const { today, after, most } = given;
  const rest =
    after === null
      ? sql`true`
      : sql`(w."on", w.what, w.id) > (${after.on}::date, ${after.what}::text, ${after.id}::int)`;
  const { rows } = await sql<Due>`
    select w.*, s.name, s."unitId" from (
      select 'handover' as what, id, kind, subject_id as "subjectId", post, due_on as "on" from duty_handover
       where state = 'given' and due_on < ${today}::date
      union all
      select 'holding', id, kind, subject_id, post, valid_to from duty_holding
       where replaced_at is null and valid_to <= ${today}::date + ${ENDS_IN_DAYS}::int) w
      join (${SUBJECTS}) s on s.kind = w.kind and s.id = w."subjectId"
     where w."on" > ${today}::date - ${7 * CHASED_WEEKS}::int and ${rest}
     order by w."on", w.what, w.id limit ${most}`.execute(db);
  return rows;
}

function reminder(due: Due, today: CalendarDate): NoticeDraft {
  const { what, id, kind, subjectId, unitId, name, post, on } = due;
  const late = daysBetween(on, today);
  const title = `“${name}”的${POST_SPECS[post].title}`;
  const words =
    what === 'handover'
      ? `${title}交接应于 ${on} 前接收，已过 ${late} 天。`
      : late > 0
        ? `${title}任期到 ${on} 为止，已过 ${late} 天，请登记新的或延长。`
        : `${title}任期到 ${on} 为止，请提前办理交接或延长。`;
  const when = late > 0 ? `late:${Math.floor((late - 1) / 7)}` : 'ends';
  return {
    ...{ key: `duty:${what}:${id}:${when}`, kind: 'duty.chase', to: { unitId }, urgent: false },
    ...{ title: '责任人员催办', text: words, link: `/${kind}s/${subjectId}` },
  };
}

/** Keeps the clock in a serving process. Several may do so on one database. */
export function keepDuty(
  deps: StoreDeps,
  io: { readonly now: () => Instant; readonly onError: (error: unknown) => void },
): RepeatedWork {
  return repeatWork({
    everyMs: EVERY_MS,
    work: async () => {
      await chaseDuty(deps, { at: io.now() });
      await remindReaders(deps, { at: io.now() });
    },
    onError: io.onError,
  });
}
