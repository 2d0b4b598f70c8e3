import { sql } from 'kysely';
import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { addDays, type CalendarDate, type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { defineNoticeKinds, queueNotices } from '../../notify/index.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import { type LifecycleDb, lifecycleDb } from '../lifecycle-db.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import { chasedDays, chaserOn, chaserWords, type Month } from './duty.ts';

/** Duties of one pass at a time. */
const SLICE = 1_000;

interface OpenDuty {
  readonly id: number;
  readonly month: Month;
  readonly unitId: number;
  readonly dueOn: CalendarDate;
}

/**
 * Tells whose duty is open. Every reminder goes once, however often this runs. Duties with nothing left to confirm (all closed, or another unit's) are ended. Returns how many were told and ended.
 */
export async function chaseDuties(
  { store, lifecycle }: LifecycleDeps,
  acting: Acting,
  { at }: { readonly at: Instant },
): Promise<{ readonly told: number; readonly ended: number }> {
  assertMay(acting, 'registry.import');
  const today = shanghaiDate(at);
  return store.transaction(async (trx) => {
    await lockInTransaction(trx, 'upkeep');
    const db = lifecycleDb(trx);
    const ended = await endEmptyDuties(db);
    const since = addDays(today, -chasedDays(lifecycle));
    let told = 0;
    for (let after = 0; ; ) {
      const duties = await openDutiesAfter(db, after, since);
      told += await tell(
        db,
        duties.flatMap((duty) => remindersOf(duty, today, lifecycle)),
        at,
      );
      after = duties.at(-1)?.id ?? after;
      if (duties.length < SLICE) break;
    }
    // What told nobody leaves no row: this runs every hour.
    if (told + ended > 0)
      await recordAudit(trx, {
        ...{ actor: nameOf(acting), action: 'upkeep.chase', detail: { today } },
        ...{ before: null, after: { told, ended } },
      });
    return { told, ended };
  });
}

/** Those that some reminder may still concern: what has had its last one is on the overdue list. */
async function openDutiesAfter(
  db: LifecycleDb,
  after: number,
  since: CalendarDate,
): Promise<OpenDuty[]> {
  return db
    .selectFrom('upkeep_duty')
    .select(['id', 'month', 'unit_id as unitId', 'due_on as dueOn'])
    .where('state', '=', 'open')
    .where('due_on', '>=', since)
    .where('id', '>', after)
    .orderBy('id')
    .limit(SLICE)
    .execute();
}

interface Reminder {
  readonly duty_id: number;
  readonly unit_id: number;
  readonly chaser: string;
  readonly audience: 'sponsor' | 'manager';
  readonly text: string;
}

function remindersOf(
  duty: OpenDuty,
  today: CalendarDate,
  policy: LifecycleDeps['lifecycle'],
): Reminder[] {
  const { name, audiences } = chaserOn(duty, today, policy);
  return audiences.map((audience) => ({
    ...{ duty_id: duty.id, unit_id: duty.unitId, chaser: name, audience },
    text: chaserWords(name, duty),
  }));
}

defineNoticeKinds({ 'upkeep.chase': { name: '每月维护确认' } });

/** Keeps the reminders that were not given yet and queues their notices; returns how many. */
async function tell(db: LifecycleDb, reminders: readonly Reminder[], at: Instant): Promise<number> {
  if (reminders.length === 0) return 0;
  const { rows } = await sql<Reminder>`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(reminders)}::jsonb)
        as wanted(duty_id int, unit_id int, chaser text, audience text, text text)
    ), noticed as (
      insert into upkeep_notice (duty_id, chaser, audience, made_at)
      select duty_id, chaser, audience, ${at}::timestamptz from wanted
      on conflict do nothing returning id, duty_id, chaser, audience
    )
    select wanted.* from noticed join wanted using (duty_id, chaser, audience) order by noticed.id`.execute(
    db,
  );
  const drafts = rows.map(({ duty_id, unit_id, chaser, audience, text }) => ({
    ...{ key: `upkeep:${duty_id}:${chaser}:${audience}`, kind: 'upkeep.chase' },
    ...{ to: { unitId: unit_id, only: audience }, title: '每月维护确认', text },
    ...{ link: `/upkeep?duty=${duty_id}`, urgent: false },
  }));
  await queueNotices(db, drafts, at);
  return rows.length;
}

/** An open duty of whose items none is the unit's any more asks for nothing. */
async function endEmptyDuties(db: LifecycleDb): Promise<number> {
  const own = (kind: 'site' | 'account') => sql`
    select i.duty_id from upkeep_item i
      join upkeep_duty open on open.id = i.duty_id and open.state = 'open'
      join ${sql.table(kind)} s on s.id = i.subject_id and s.sponsor_id = open.unit_id
     where i.kind = ${kind} and s.status in ('running', 'suspended', 'closing')`;
  const { rows } = await sql<{ id: number }>`
    update upkeep_duty set state = 'void', note = '名下已没有要确认的网站和账号'
     where state = 'open' and id not in (${own('site')} union ${own('account')})
    returning id`.execute(db);
  return rows.length;
}
