import { sql } from 'kysely';
import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { invariant } from '../../lib/pure/errors.ts';
import { type ArrayElement, arrayLiteral } from '../../store/array-literal.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import { loadPolicies } from '../cases/policies.ts';
import type { RectificationTrx } from '../cases/step-case.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import { chaseDraft, escalationDraft, tellPeople } from '../tell-people.ts';
import { acknowledgeChaserOn, type ChaserName, dueChaser, escalationOn } from './deadline.ts';

/** Open cases of one notice day with one deadline under one policy: what is due is the same for all of them. */
interface Watched {
  readonly policyId: number;
  readonly noticedOn: CalendarDate;
  readonly deadlineOn: CalendarDate;
  readonly setOn: CalendarDate;
}

/** What a day means for them. */
interface Due extends Watched {
  readonly chaser: ChaserName | null;
  /** Those that nobody acknowledged are reminded of it. */
  readonly asksAcknowledgement: boolean;
  readonly escalates: boolean;
}

export interface ClockPass {
  readonly today: CalendarDate;
  readonly chasers: number;
  readonly escalated: number;
}

/**
 * One pass of the clock: reminders that are due, and cases that go to the supervisor. Days are counted by pure code, once for each deadline;
 * the database does the rest as a whole. Run again it does nothing more. Throws {@link UserError} `identity.forbidden`.
 */
export async function passClock(
  { store }: Pick<RectificationDeps, 'store'>,
  acting: Acting,
  { at }: { readonly at: Instant },
): Promise<ClockPass> {
  assertMay(acting, 'rectification.decide');
  const today = shanghaiDate(at);
  return store.transaction(async (any) => {
    const trx = any as unknown as RectificationTrx;
    await lockInTransaction(trx, 'rectification.clock');
    const due = await dueToday(trx, today);
    if (due.length === 0) return { today, chasers: 0, escalated: 0 };
    await joinByHashing(trx, true);
    const units = await writeDay(trx, due, { today, at });
    await joinByHashing(trx, false);
    const chased = units.flatMap(({ what, deadlineOn, ...unit }) =>
      what === null || deadlineOn === null ? [] : [{ ...unit, what, deadlineOn }],
    );
    const escalated = units.filter(({ what }) => what === null);
    await tellPeople(
      trx,
      [
        ...chased.map((each) => chaseDraft(each, today)),
        ...escalated.map((each) => escalationDraft(each, today)),
      ],
      at,
    );
    const pass = { chasers: casesIn(chased), escalated: casesIn(escalated) };
    // What told nobody leaves no row: the clock also runs after a failure, and when somebody asks for it.
    if (pass.chasers + pass.escalated > 0)
      await recordAudit(trx, {
        ...{ actor: nameOf(acting), action: 'rectification.clock', subject: today },
        ...{ detail: { today }, before: null, after: pass },
      });
    return { today, ...pass };
  });
}

const casesIn = (units: readonly { readonly cases: number }[]): number =>
  units.reduce((sum, { cases }) => sum + cases, 0);

interface Moment {
  readonly today: CalendarDate;
  readonly at: Instant;
}

async function dueToday(trx: RectificationTrx, today: CalendarDate): Promise<Due[]> {
  const policies = await loadPolicies(trx);
  const { rows } = await sql<Watched>`
    select distinct policy_id as "policyId", noticed_on as "noticedOn", deadline_on as "deadlineOn",
           deadline_set_on as "setOn"
      from rectification_case where owes`.execute(trx);
  return rows
    .map((each): Due => {
      const policy = policies.get(each.policyId);
      invariant(policy, '每件整改事项都有它的整改办法');
      return {
        ...each,
        chaser: dueChaser({ on: each.deadlineOn, setOn: each.setOn }, policy, today)?.what ?? null,
        asksAcknowledgement: today >= acknowledgeChaserOn(each.noticedOn, policy),
        escalates: today >= escalationOn(each.deadlineOn, policy),
      };
    })
    .filter(
      ({ chaser, asksAcknowledgement, escalates }) =>
        chaser !== null || asksAcknowledgement || escalates,
    );
}

/** Enough for the keys of some 500,000 reminders. */
const WORK_MEMORY = '64MB';

/**
 * The server does not know how many cases share a deadline, takes 100,000 for a handful, and then looks at every reminder for each: the
 * square of the cases. Within the clock's own statements it may not.
 */
async function joinByHashing(trx: RectificationTrx, only: boolean): Promise<void> {
  await sql`select set_config('enable_nestloop', ${only ? 'off' : 'on'}, true),
                   set_config('work_mem', ${only ? WORK_MEMORY : '4MB'}, true)`.execute(trx);
}

/** Once for all of the life of a case. */
const ACKNOWLEDGE: ChaserName = 'ack';

interface DueUnit {
  readonly unitId: number;
  readonly unitName: string;
  /** The reminder; null = escalated. */
  readonly what: ChaserName | null;
  readonly deadlineOn: CalendarDate | null;
  readonly cases: number;
}

/**
 * Everything of a day in one statement: a case is reminded once of each, and once a day, also when the clock was put back; reminders after a
 * deadline are counted (ignoring them leaves a mark); it is escalated once a deadline, and can still be answered. It is changed once: a row
 * that is changed twice in one transaction has all its references checked again. What is read is what stood before the statement, and what
 * somebody changes meanwhile is left alone.
 */
async function writeDay(
  trx: RectificationTrx,
  due: readonly Due[],
  { today, at }: Moment,
): Promise<DueUnit[]> {
  const column = (of: (each: Due) => ArrayElement): string => arrayLiteral(due.map(of));
  const { rows } = await sql<DueUnit>`
    with day as (
      select * from unnest(
        ${column(({ policyId }) => policyId)}::int[], ${column(({ noticedOn }) => noticedOn)}::date[],
        ${column(({ deadlineOn }) => deadlineOn)}::date[], ${column(({ setOn }) => setOn)}::date[],
        ${column(({ chaser }) => chaser)}::text[],
        ${column(({ asksAcknowledgement }) => asksAcknowledgement)}::boolean[],
        ${column(({ escalates }) => escalates)}::boolean[])
        as d (policy_id, noticed_on, deadline_on, set_on, what, asks, escalates)),
    told as (select distinct case_id from rectification_chaser where sent_on >= ${today}::date),
    asked as (select distinct case_id from rectification_chaser where what = ${ACKNOWLEDGE}),
    found as (
      select c.id, c.unit_id, c.policy_id, c.deadline_on,
             case when told.case_id is not null then null
                  when same.case_id is null and day.what is not null then day.what
                  when day.asks and c.state = 'noticed' and asked.case_id is null then ${ACKNOWLEDGE} end as what,
             day.escalates and c.escalated_deadline is distinct from c.deadline_on as escalates
        from rectification_case c
        join day on day.policy_id = c.policy_id and day.noticed_on = c.noticed_on
                and day.deadline_on = c.deadline_on and day.set_on = c.deadline_set_on
        left join told on told.case_id = c.id
        left join rectification_chaser same
               on same.case_id = c.id and same.deadline_on = c.deadline_on and same.what = day.what
        left join asked on asked.case_id = c.id
       where c.owes),
    due as materialized (
      select found.*, coalesce(found.what, '') like 'after:%' as counts, (p.content->>'remindersIgnored')::int as most
        from found join rectification_policy p on p.id = found.policy_id
       where found.what is not null or found.escalates),
    sent as (
      insert into rectification_chaser (case_id, deadline_on, what, sent_on, sent_at)
      select id, deadline_on, what, ${today}::date, ${at}::timestamptz from due where what is not null),
    marked as (
      update rectification_case c
         set ignored_in_row = c.ignored_in_row + due.counts::int,
             reminders_ignored = c.reminders_ignored or (due.counts and c.ignored_in_row + 1 >= due.most),
             escalated_on = case when due.escalates then ${today}::date else c.escalated_on end,
             escalated_deadline = case when due.escalates then c.deadline_on else c.escalated_deadline end
        from due
       where c.id = due.id and (due.counts or due.escalates) and c.owes and c.deadline_on = due.deadline_on
      returning c.id, c.unit_id, c.state, c.deadline_on, due.escalates),
    stepped as (
      insert into rectification_step (case_id, step, state, by_name, by_id, at, note, detail)
      select id, 'escalate', state, '系统', null, ${at}::timestamptz, '', jsonb_build_object('deadline', deadline_on)
        from marked where escalates),
    counted as (
      select unit_id, what, deadline_on, count(*)::int as cases from due where what is not null
       group by unit_id, what, deadline_on
      union all
      select unit_id, null, null, count(*)::int from marked where escalates group by unit_id)
    select u.id as "unitId", u.name as "unitName", counted.what, counted.deadline_on as "deadlineOn", counted.cases
      from counted join unit u on u.id = counted.unit_id
     order by u.id, counted.deadline_on, counted.what`.execute(trx);
  return rows;
}
