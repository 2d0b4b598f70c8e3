import { sql } from 'kysely';
import { type RepeatedWork, repeatWork } from '../jobs/repeated-work.ts';
import { type CalendarDate, daysBetween, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { type NoticeDraft, queueNotices } from '../notify/index.ts';
import type { StoreDeps } from '../store/store.ts';

const EVERY_MS = 3_600_000;
const SLICE = 1_000;
/** Days after the last one on which a message is chased; from then on the list of what is overdue speaks. */
const CHASED_DAYS = 10;

interface OpenMessage {
  readonly id: number;
  readonly unitId: number | null;
  readonly siteName: string;
  readonly handOnBy: CalendarDate;
  readonly dueOn: CalendarDate;
}

/** Reminds of what is to be assigned or answered today, or was before; each reminder goes once, however often this runs. Returns how many are new. */
export async function chaseMessages(
  { store }: StoreDeps,
  { at }: { readonly at: Instant },
): Promise<number> {
  const today = shanghaiDate(at);
  let told = 0;
  for (let after = 0; ; ) {
    const { rows } = await sql<OpenMessage>`
      select id, unit_id as "unitId", site_name as "siteName", hand_on_by as "handOnBy",
             coalesce(extended_to, due_on) as "dueOn"
        from find_error where state <> 'answered' and id > ${after}
         and (coalesce(extended_to, due_on) between ${today}::date - ${CHASED_DAYS}::int and ${today}::date
           or unit_id is null and hand_on_by between ${today}::date - ${CHASED_DAYS}::int and ${today}::date)
       order by id limit ${SLICE}`.execute(store.db);
    told += await store.transaction((trx) =>
      queueNotices(
        trx,
        rows.flatMap((message) => remindersOf(message, today)),
        at,
      ),
    );
    after = rows.at(-1)?.id ?? after;
    if (rows.length < SLICE) return told;
  }
}

function remindersOf(message: OpenMessage, today: CalendarDate): NoticeDraft[] {
  const { id, unitId, siteName, handOnBy, dueOn } = message;
  const site = `“${siteName || '（没有写明网站）'}”的找错留言`;
  const reminder = (to: NoticeDraft['to'], key: string, text: string): NoticeDraft => ({
    ...{ key: `finderror:${id}:${key}`, kind: 'finderror.chase', to, title: '找错留言催办' },
    ...{ text, link: `/find-errors/${id}`, urgent: false },
  });
  if (unitId === null) {
    const late = daysBetween(handOnBy, today);
    const words = late > 0 ? `应于 ${handOnBy} 前交办，已过 ${late} 天` : '今天应当交办';
    return [reminder({ role: 'supervisor' }, `assign:${today}`, `${site}${words}。`)];
  }
  const late = daysBetween(dueOn, today);
  if (late <= 0)
    return [reminder({ unitId }, `due:${dueOn}`, `${site}今天（${dueOn}）到期，还没有答复。`)];
  const text = `${site}应于 ${dueOn} 前答复，已逾期 ${late} 天。`;
  return [
    reminder({ unitId, only: 'sponsor' }, `late:${today}:sponsor`, text),
    reminder({ unitId, only: 'manager' }, `late:${today}:manager`, text),
  ];
}

/** Keeps the clock in a serving process. Several may do so on one database. */
export function keepChasing(
  deps: StoreDeps,
  io: { readonly now: () => Instant; readonly onError: (error: unknown) => void },
): RepeatedWork {
  return repeatWork({
    everyMs: EVERY_MS,
    work: () => chaseMessages(deps, { at: io.now() }),
    onError: io.onError,
  });
}
