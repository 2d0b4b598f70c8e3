import { type RawBuilder, sql } from 'kysely';
import { MOBILE_APP_PLATFORM } from '../domain/subject.ts';
import { addDays, type CalendarDate } from '../lib/pure/dates.ts';
import type { MatrixDb } from './matrix-db.ts';

/**
 * How an account stands today: `fresh` 已知更新: something shows an update within the limit; `silent` 疑似停更: a source that shows
 * everything, or an inspector, saw none; `unknown` 不明: nothing tells; `stopped`: not running, or an app, which is judged otherwise.
 */
export const ACCOUNT_STATES = ['fresh', 'silent', 'unknown', 'stopped'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

/** Today and how many days of silence the ruleset allows. */
export interface Today {
  readonly today: CalendarDate;
  readonly limitDays: number;
}

/** The rule whose limit alerts and the matrix go by, and its national limit where no round was planned yet. */
const STALE_RULE = 'media.veto.stale.two-weeks';
const NATIONAL_DAYS = 14;
/** A complete source tells until yesterday, and is asked once a day; a sight holds as long (indicator `stale.two-weeks`). */
export const PROOF_DAYS = 2;

/** The limit of the newest round's ruleset: where a province allows ten days, ten days count here too. */
export async function limitDaysOf(db: MatrixDb): Promise<number> {
  const { rows } = await sql<{ days: unknown }>`
    select rule->'parameters'->>'days' as days
      from (select ruleset from round order by id desc limit 1) newest,
           jsonb_array_elements(newest.ruleset->'rules') rule
     where rule->>'id' = ${STALE_RULE} limit 1`.execute(db);
  const days = Number(rows[0]?.days ?? NATIONAL_DAYS);
  return Number.isInteger(days) && days > 0 ? days : NATIONAL_DAYS;
}

/** Whether a silence of `days` up to today is proved, over `p` (account_pulse). */
export function isSilenceProved(today: CalendarDate, days: number): RawBuilder<boolean> {
  const [oldest, proof] = [addDays(today, -days), addDays(today, -PROOF_DAYS)];
  return sql<boolean>`(p.complete_from <= ${oldest}::date and p.complete_to >= ${proof}::date
    or p.seen_on >= ${proof}::date and p.seen_newest is not null)`;
}

/** The state as SQL over `a` (account) and `p` (account_pulse, left joined). */
export function stateOf({ today, limitDays }: Today): RawBuilder<AccountState> {
  return sql<AccountState>`(case
    when a.status <> 'running' or a.platform = ${MOBILE_APP_PLATFORM} then 'stopped'
    when p.last_on >= ${addDays(today, -limitDays)}::date then 'fresh'
    when ${isSilenceProved(today, limitDays)} then 'silent'
    else 'unknown' end)`;
}
