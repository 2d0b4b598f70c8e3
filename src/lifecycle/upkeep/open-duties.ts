import { sql } from 'kysely';
import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import { type LifecycleDb, lifecycleDb } from '../lifecycle-db.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import { dueOn, firstOf, type Month, monthOf, monthsToOpen } from './duty.ts';

export interface OpenedDuties {
  readonly months: readonly { readonly month: Month; readonly duties: number }[];
  /** Months too long ago to be made up for. */
  readonly leftOut: number;
}

/**
 * Makes the duties of this month, and of those before it that nobody made: one a unit that had sites or accounts to look after on the
 * month's first day, as the register's history has it. Done again it makes nothing. Throws {@link UserError} `identity.forbidden`.
 */
export async function openDuties(
  { store, lifecycle }: LifecycleDeps,
  acting: Acting,
  { at }: { readonly at: Instant },
): Promise<OpenedDuties> {
  assertMay(acting, 'registry.import');
  const today = shanghaiDate(at);
  return store.transaction(async (trx) => {
    await lockInTransaction(trx, 'upkeep');
    const db = lifecycleDb(trx);
    const { months: wanted, leftOut } = monthsToOpen(await lastMonth(db), today);
    const months: { month: Month; duties: number }[] = [];
    for (const month of wanted) {
      const madeOn = month === monthOf(today) ? today : null;
      const due = dueOn(month, madeOn ?? today, lifecycle);
      const asOf = await standingOn(db, month, today);
      const duties = await insertDuties(db, { month, due, asOf, at });
      if (duties > 0) months.push({ month, duties });
    }
    // What made nothing leaves no row: this runs every day.
    if (months.length > 0)
      await recordAudit(trx, {
        ...{ actor: nameOf(acting), action: 'upkeep.open', detail: { leftOut } },
        before: null,
        after: Object.fromEntries([
          ['months', months.map(({ month, duties }) => `${month}：${duties} 个单位`)],
        ]),
      });
    return { months, leftOut };
  });
}

async function lastMonth(db: LifecycleDb): Promise<Month | null> {
  const row = await db
    .selectFrom('upkeep_duty')
    .select(({ fn }) => fn.max('month').as('month'))
    .executeTakeFirst();
  return row?.month ?? null;
}

/** The month's first day; in the month in which the register began, the day on which it did. */
async function standingOn(
  db: LifecycleDb,
  month: Month,
  today: CalendarDate,
): Promise<CalendarDate> {
  const { rows } = await sql<{ first: CalendarDate | null }>`
    select min(valid_from)::text as first from register_history
     where kind in ('site', 'account')`.execute(db);
  const first = rows[0]?.first ?? today;
  return first > firstOf(month) ? first : firstOf(month);
}

/** Duties and items in two statements, however many units there are: the register's rows as they stood on a day. */
async function insertDuties(
  db: LifecycleDb,
  given: {
    readonly month: Month;
    readonly due: CalendarDate;
    readonly asOf: CalendarDate;
    readonly at: Instant;
  },
): Promise<number> {
  const { month, due, asOf, at } = given;
  const standing = sql`
    select kind, subject_id, (value->>'sponsor_id')::int as unit_id, value->>'name' as name from (
      select distinct on (kind, subject_id) kind, subject_id, value from register_history
       where kind in ('site', 'account') and valid_from <= ${asOf}::date
       order by kind, subject_id, valid_from desc, id desc) newest
     where value->>'status' in ('running', 'suspended', 'closing')`;
  const { rows } = await sql<{ id: number }>`
    insert into upkeep_duty (month, unit_id, due_on, state, made_at, note)
    select distinct ${month}, unit_id, ${due}::date, 'open', ${at}::timestamptz, '' from (${standing}) standing
    on conflict (month, unit_id) do nothing returning id`.execute(db);
  await sql`
    insert into upkeep_item (duty_id, kind, subject_id, name, note)
    select duty.id, standing.kind, standing.subject_id, standing.name, ''
      from (${standing}) standing
      join upkeep_duty duty on duty.month = ${month} and duty.unit_id = standing.unit_id
    on conflict do nothing`.execute(db);
  return rows.length;
}
