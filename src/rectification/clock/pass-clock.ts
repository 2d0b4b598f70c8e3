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
import { type ChasedUnit, chaseDraft, escalationDraft, tellPeople } from '../tell-people.ts';
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
    await findDueCases(trx, due, today);
    const chased = await sendChasers(trx, { today, at });
    const escalated = await markCases(trx, { today, at });
    await joinByHashing(trx, false);
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

/**
 * The cases for which something is to be done, in a table of this transaction, `rectification_due`: `what` = the reminder, `escalates`.
 * A case is reminded once of each, and once a day, also when the clock was put back; escalated once a deadline. Read before anything is
 * written: a statement that looks up what it writes itself takes the square of the cases.
 */
async function findDueCases(
  trx: RectificationTrx,
  due: readonly Due[],
  today: CalendarDate,
): Promise<void> {
  const column = (of: (each: Due) => ArrayElement): string => arrayLiteral(due.map(of));
  await sql`
    create temporary table rectification_due on commit drop as
    with day as (
      select * from unnest(
        ${column(({ policyId }) => policyId)}::int[], ${column(({ noticedOn }) => noticedOn)}::date[],
        ${column(({ deadlineOn }) => deadlineOn)}::date[], ${column(({ setOn }) => setOn)}::date[],
        ${column(({ chaser }) => chaser)}::text[],
        ${column(({ asksAcknowledgement }) => asksAcknowledgement)}::boolean[],
        ${column(({ escalates }) => escalates)}::boolean[])
        as d (policy_id, noticed_on, deadline_on, set_on, what, asks, escalates)),
    told as (select distinct case_id from rectification_chaser where sent_on >= ${today}::date),
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
        left join (select distinct case_id from rectification_chaser where what = ${ACKNOWLEDGE}) asked
               on asked.case_id = c.id
       where c.owes)
    select * from found where what is not null or escalates`.execute(trx);
}

async function sendChasers(trx: RectificationTrx, { today, at }: Moment): Promise<ChasedUnit[]> {
  await sql`
    insert into rectification_chaser (case_id, deadline_on, what, sent_on, sent_at)
    select id, deadline_on, what, ${today}::date, ${at}::timestamptz
      from rectification_due where what is not null`.execute(trx);
  const { rows } = await sql<ChasedUnit>`
    select unit_id as "unitId", what, deadline_on as "deadlineOn", count(*)::int as cases
      from rectification_due where what is not null
     group by unit_id, what, deadline_on order by unit_id, deadline_on, what`.execute(trx);
  return rows;
}

interface EscalatedUnit {
  readonly unitId: number;
  readonly unitName: string;
  readonly cases: number;
}

/**
 * Reminders after a deadline are counted: ignoring them leaves a mark. What is escalated can still be answered. One statement writes both:
 * a row that is changed twice in one transaction has all its references checked again. What somebody changed meanwhile is left alone.
 */
async function markCases(trx: RectificationTrx, { today, at }: Moment): Promise<EscalatedUnit[]> {
  const { rows } = await sql<EscalatedUnit>`
    with counted as (
      select id, policy_id, deadline_on, escalates, (coalesce(what, '') like 'after:%')::int as ignored
        from rectification_due where escalates or what like 'after:%'),
    marked as (
      update rectification_case c
         set ignored_in_row = c.ignored_in_row + counted.ignored,
             reminders_ignored = c.reminders_ignored or (counted.ignored = 1
               and c.ignored_in_row + 1 >= (p.content->>'remindersIgnored')::int),
             escalated_on = case when counted.escalates then ${today}::date else c.escalated_on end,
             escalated_deadline = case when counted.escalates then c.deadline_on else c.escalated_deadline end
        from counted join rectification_policy p on p.id = counted.policy_id
       where c.id = counted.id and c.owes and c.deadline_on = counted.deadline_on
      returning c.id, c.unit_id, c.state, c.deadline_on, counted.escalates),
    told as (
      insert into rectification_step (case_id, step, state, by_name, by_id, at, note, detail)
      select id, 'escalate', state, '系统', null, ${at}::timestamptz, '', jsonb_build_object('deadline', deadline_on)
        from marked where escalates)
    select u.id as "unitId", u.name as "unitName", count(*)::int as cases
      from marked join unit u on u.id = marked.unit_id
     where marked.escalates group by u.id, u.name order by u.id`.execute(trx);
  return rows;
}
