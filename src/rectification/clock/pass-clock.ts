import { sql } from 'kysely';
import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { invariant } from '../../lib/pure/errors.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import { loadPolicies } from '../cases/policies.ts';
import type { RectificationTrx } from '../cases/step-case.ts';
import type { RectificationPolicy } from '../policy.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import { type ChasedUnit, chaseDraft, escalationDraft, tellPeople } from '../tell-people.ts';
import {
  acknowledgeChaserOn,
  type ChaserName,
  type DueChaser,
  dueChaser,
  escalationOn,
} from './deadline.ts';

/** Open cases with one deadline under one policy: what is due is the same for all of them. */
interface Watched {
  readonly policyId: number;
  readonly deadlineOn: CalendarDate;
  readonly setOn: CalendarDate;
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
    const policies = await loadPolicies(trx);
    const watched = await watchedDeadlines(trx);
    const policyOf = ({ policyId }: Pick<Watched, 'policyId'>): RectificationPolicy => {
      const policy = policies.get(policyId);
      invariant(policy, '每件整改事项都有它的整改办法');
      return policy;
    };
    const due = watched.flatMap((each) => {
      const chaser = dueChaser({ on: each.deadlineOn, setOn: each.setOn }, policyOf(each), today);
      return chaser === null ? [] : [{ ...each, chaser }];
    });
    const chased = [
      ...(await sendChasers(trx, due, { today, at })),
      ...(await chaseUnacknowledged(trx, policies, { today, at })),
    ];
    const late = watched.filter((each) => today >= escalationOn(each.deadlineOn, policyOf(each)));
    const escalated = await escalate(trx, late, { today, at });
    await tellPeople(
      trx,
      [
        ...chased.map((each) => chaseDraft(each, today)),
        ...escalated.map((each) => escalationDraft(each, today)),
      ],
      at,
    );
    const pass = { chasers: casesIn(chased), escalated: casesIn(escalated) };
    // What told nobody leaves no row: this runs every hour.
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

async function watchedDeadlines(trx: RectificationTrx): Promise<Watched[]> {
  const { rows } = await sql<Watched>`
    select distinct policy_id as "policyId", deadline_on as "deadlineOn", deadline_set_on as "setOn"
      from rectification_case where owes`.execute(trx);
  return rows;
}

const watchedColumns = (watched: readonly Watched[]) => sql`
  ${arrayLiteral(watched.map(({ policyId }) => policyId))}::int[],
  ${arrayLiteral(watched.map(({ deadlineOn }) => deadlineOn))}::date[],
  ${arrayLiteral(watched.map(({ setOn }) => setOn))}::date[]`;

/**
 * A case is reminded once of each (the key refuses a second one), and once a day, also when the clock was put back. What comes after a
 * deadline is counted: ignoring it leaves a mark. Who was told is read before anything is written: looked up row by row, a search walks
 * over what the statement itself has written so far, which takes the square of the cases.
 */
async function sendChasers(
  trx: RectificationTrx,
  due: readonly (Watched & { readonly chaser: DueChaser })[],
  { today, at }: Moment,
): Promise<ChasedUnit[]> {
  if (due.length === 0) return [];
  const { rows } = await sql<ChasedUnit>`
    with due as (
      select * from unnest(${watchedColumns(due)}, ${arrayLiteral(due.map(({ chaser }) => chaser.what))}::text[])
                 as d (policy_id, deadline_on, set_on, what)),
    told as materialized (select distinct case_id from rectification_chaser where sent_on >= ${today}::date),
    sent as (
      insert into rectification_chaser (case_id, deadline_on, what, sent_on, sent_at)
      select c.id, c.deadline_on, due.what, ${today}::date, ${at}::timestamptz
        from due
        join rectification_case c on c.owes and c.policy_id = due.policy_id and c.deadline_on = due.deadline_on
                                 and c.deadline_set_on = due.set_on
       where not exists (select 1 from told where told.case_id = c.id)
      on conflict do nothing
      returning case_id, deadline_on, what),
    ignored as (
      update rectification_case c
         set ignored_in_row = c.ignored_in_row + 1,
             reminders_ignored = c.reminders_ignored
               or c.ignored_in_row + 1 >= (p.content->>'remindersIgnored')::int
        from sent, rectification_policy p
       where c.id = sent.case_id and p.id = c.policy_id and sent.what like 'after:%')
    select c.unit_id as "unitId", sent.what, sent.deadline_on as "deadlineOn", count(*)::int as cases
      from sent join rectification_case c on c.id = sent.case_id
     group by c.unit_id, sent.what, sent.deadline_on order by c.unit_id, sent.deadline_on`.execute(
    trx,
  );
  return rows;
}

/** Notices that nobody acknowledged: one reminder a case, on a day on which no other goes out. */
async function chaseUnacknowledged(
  trx: RectificationTrx,
  policies: ReadonlyMap<number, RectificationPolicy>,
  { today, at }: Moment,
): Promise<ChasedUnit[]> {
  const { rows: noticed } = await sql<{ policyId: number; noticedOn: CalendarDate }>`
    select distinct policy_id as "policyId", noticed_on as "noticedOn"
      from rectification_case where state = 'noticed'`.execute(trx);
  const due = noticed.filter(
    ({ policyId, noticedOn }) => today >= acknowledgeChaserOn(noticedOn, policies.get(policyId)!),
  );
  if (due.length === 0) return [];
  const what: ChaserName = 'ack';
  const { rows } = await sql<ChasedUnit>`
    with due as (
      select * from unnest(${arrayLiteral(due.map(({ policyId }) => policyId))}::int[],
                           ${arrayLiteral(due.map(({ noticedOn }) => noticedOn))}::date[]) as d (policy_id, noticed_on)),
    told as materialized (
      select distinct case_id from rectification_chaser where sent_on >= ${today}::date or what = ${what}),
    sent as (
      insert into rectification_chaser (case_id, deadline_on, what, sent_on, sent_at)
      select c.id, c.deadline_on, ${what}, ${today}::date, ${at}::timestamptz
        from due
        join rectification_case c on c.state = 'noticed' and c.policy_id = due.policy_id and c.noticed_on = due.noticed_on
       where not exists (select 1 from told where told.case_id = c.id)
      returning case_id, deadline_on, what)
    select c.unit_id as "unitId", sent.what, sent.deadline_on as "deadlineOn", count(*)::int as cases
      from sent join rectification_case c on c.id = sent.case_id
     group by c.unit_id, sent.what, sent.deadline_on order by c.unit_id, sent.deadline_on`.execute(
    trx,
  );
  return rows;
}

interface EscalatedUnit {
  readonly unitId: number;
  readonly unitName: string;
  readonly cases: number;
}

/** Once a deadline; answering stays possible. */
async function escalate(
  trx: RectificationTrx,
  late: readonly Watched[],
  { today, at }: Moment,
): Promise<EscalatedUnit[]> {
  if (late.length === 0) return [];
  const { rows } = await sql<EscalatedUnit>`
    with late as (select * from unnest(${watchedColumns(late)}) as l (policy_id, deadline_on, set_on)),
    marked as (
      update rectification_case c
         set escalated_on = ${today}::date, escalated_deadline = c.deadline_on
        from late
       where c.owes and c.policy_id = late.policy_id and c.deadline_on = late.deadline_on
         and c.deadline_set_on = late.set_on and c.escalated_deadline is distinct from c.deadline_on
      returning c.id, c.unit_id, c.state, c.deadline_on),
    told as (
      insert into rectification_step (case_id, step, state, by_name, by_id, at, note, detail)
      select id, 'escalate', state, '系统', null, ${at}::timestamptz, '', jsonb_build_object('deadline', deadline_on) from marked)
    select u.id as "unitId", u.name as "unitName", count(*)::int as cases
      from marked join unit u on u.id = marked.unit_id group by u.id, u.name order by u.id`.execute(
    trx,
  );
  return rows;
}
