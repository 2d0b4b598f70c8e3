import { sql } from 'kysely';
import { recordAudit } from '../identity/index.ts';
import type { Clock } from '../jobs/clock/clock.ts';
import { addDays, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import type { FindErrorDeps } from './find-error-deps.ts';

/** Messages of one pass; what is left goes with the next day's, and is said in the record. */
const CLEARED_MAX = 10_000;
const NIGHT = { minuteOfDay: 2 * 60, windowMinutes: 60 } as const;
const BY_CLOCK = '系统（定时）';

/** Days that name and contact are kept after the answer. Shorter, and somebody who asks back is not found any more. */
export const KEEP_DAYS_MIN = 30;
export const KEEP_DAYS_MAX = 3_650;

export interface Cleared {
  readonly cleared: number;
  /** Due as well, and left to the next pass. */
  readonly left: number;
}

/**
 * Clears who wrote from messages that were answered long enough ago; everything else of them stays, and what is open keeps its writer
 * however old it is. One audited record a pass that cleared anything; run twice, the second finds nothing.
 */
export async function clearReporters(
  { store, findError }: FindErrorDeps,
  { at, limit = CLEARED_MAX }: { readonly at: Instant; readonly limit?: number },
): Promise<Cleared> {
  const today = shanghaiDate(at);
  // Kept through the whole of its last day.
  const answeredBefore = addDays(today, -findError.keepDays);
  return store.transaction(async (trx) => {
    const due = sql`state = 'answered' and (reporter_name <> '' or reporter_contact <> '')
                      and answered_on < ${answeredBefore}::date`;
    const { rows } = await sql<{ id: number }>`
      update find_error set reporter_name = '', reporter_contact = '', reporter_cleared_on = ${today}::date
       where id in (select id from find_error where ${due} order by answered_on, id limit ${limit} for update)
      returning id`.execute(trx);
    const { rows: counted } = await sql<{ left: number }>`
      select count(*)::int as left from find_error where ${due}`.execute(trx);
    const pass = { cleared: rows.length, left: counted[0]?.left ?? 0 };
    if (pass.cleared > 0)
      await recordAudit(trx, {
        ...{ actor: BY_CLOCK, action: 'finderror.clear' },
        ...{ detail: { keepDays: findError.keepDays, answeredBefore }, before: null, after: pass },
      });
    return pass;
  });
}

/** The passes as work of the calendar. */
export const findErrorClock = (deps: FindErrorDeps, now: () => Instant): Clock => ({
  ...{ name: 'finderror', words: '找错留言：按保存期限清除留言人信息', time: NIGHT },
  work: () => clearReporters(deps, { at: now() }),
});
