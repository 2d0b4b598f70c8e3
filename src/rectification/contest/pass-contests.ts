import { sql } from 'kysely';
import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { invariant } from '../../lib/pure/errors.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import { loadPolicies } from '../cases/policies.ts';
import type { RectificationTrx } from '../cases/step-case.ts';
import { dueChaser } from '../clock/deadline.ts';
import type { RectificationPolicy } from '../policy.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import { tellPeople } from '../tell-people.ts';
import {
  letterChaseDraft,
  letterClosedDraft,
  type ToldLetter,
  type WaitingContests,
  waitingDraft,
} from './tell-contests.ts';

/** What one pass did: letters that were reminded of or ended, objections that supervisors were reminded of. */
export interface ContestPass {
  readonly today: CalendarDate;
  readonly chased: number;
  readonly closed: number;
  readonly none: number;
  readonly waiting: number;
}

interface Moment {
  readonly today: CalendarDate;
  readonly at: Instant;
}

/**
 * One pass of the clock over objections before publication: units are reminded of their last days, letters end (没有申辩的按无异议办理),
 * supervisors are reminded of answers that they owe. That an objection came and what it was answered is told at once, by `contest-desk`.
 * Run again it does nothing more, also after the clock was put back. Throws {@link UserError} `identity.forbidden`.
 */
export async function passContests(
  { store, rectification }: Pick<RectificationDeps, 'store' | 'rectification'>,
  acting: Acting,
  { at }: { readonly at: Instant },
): Promise<ContestPass> {
  assertMay(acting, 'rectification.decide');
  const moment = { today: shanghaiDate(at), at };
  return store.transaction(async (any) => {
    const trx = any as unknown as RectificationTrx;
    await lockInTransaction(trx, 'contest.clock');
    const policies = await loadPolicies(trx);
    const letters = await openLetters(trx, policies);
    const chased = await chaseLetters(trx, letters, moment);
    const closed = await closeLetters(trx, letters, { ...moment, by: nameOf(acting) });
    const owed = (id: number | null) => (id === null ? rectification : policyOf(policies, id));
    const waiting = await chaseAnswers(trx, owed, moment);
    const none = closed.filter((each) => each === 0).length;
    const pass = { chased, closed: closed.length, none, waiting };
    // What told nobody leaves no row.
    if (chased + closed.length + waiting > 0)
      await recordAudit(trx, {
        ...{ actor: nameOf(acting), action: 'contest.clock', subject: moment.today },
        ...{ detail: { today: moment.today }, before: null, after: pass },
      });
    return { today: moment.today, ...pass };
  });
}

interface OpenLetter extends ToldLetter {
  readonly policy: RectificationPolicy;
  readonly shownOn: CalendarDate;
  /** In time. One that comes late, before a pass records the end, does not change how the days ended. */
  readonly objections: number;
}

/** Letters that have not ended: a round has one a unit, and a few more. */
async function openLetters(
  trx: RectificationTrx,
  policies: ReadonlyMap<number, RectificationPolicy>,
): Promise<OpenLetter[]> {
  const { rows } = await sql<Omit<OpenLetter, 'policy'> & { readonly policyId: number }>`
    select l.id, l.number, l.unit_id as "unitId", l.policy_id as "policyId", l.shown_on as "shownOn",
           l.deadline_on as "deadlineOn",
           (select count(*)::int from contest_letter_finding f join contest c on c.finding_id = f.finding_id
             where f.letter_id = l.id and not c.late) as objections
      from contest_letter l where l.closed_on is null order by l.id`.execute(trx);
  return rows.map(({ policyId, ...letter }) => ({
    ...letter,
    policy: policyOf(policies, policyId),
  }));
}

function policyOf(
  policies: ReadonlyMap<number, RectificationPolicy>,
  id: number,
): RectificationPolicy {
  const policy = policies.get(id);
  invariant(policy, '每份申辩告知书都有它的办法');
  return policy;
}

/** Only who has not objected is reminded: who did knows of it. */
async function chaseLetters(
  trx: RectificationTrx,
  letters: readonly OpenLetter[],
  { today, at }: Moment,
): Promise<number> {
  const due = letters.flatMap((letter) => {
    if (letter.objections > 0 || today > letter.deadlineOn) return [];
    const terms = { chaseBefore: letter.policy.contest.chaseBefore, chaseAfter: [] };
    const chaser = dueChaser({ on: letter.deadlineOn, setOn: letter.shownOn }, terms, today);
    return chaser === null ? [] : [{ letter, id: letter.id, what: chaser.what }];
  });
  const fresh = await remember(trx, 'letter', due, { today, at });
  await tellPeople(
    trx,
    fresh.map(({ letter, what }) => letterChaseDraft(letter, what)),
    at,
  );
  return fresh.length;
}

/**
 * Keeps which reminders go out, and returns those that never did; an earlier one that a clock put back would bring again is not among
 * them, nor is any on a day of which something was told already.
 */
async function remember<Due extends { readonly id: number; readonly what: string }>(
  trx: RectificationTrx,
  of: 'letter' | 'contest',
  due: readonly Due[],
  { today, at }: Moment,
): Promise<Due[]> {
  if (due.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    insert into contest_reminder (of, id, what, sent_on, sent_at)
    select ${of}, due.id, due.what, ${today}::date, ${at}::timestamptz
      from unnest(${arrayLiteral(due.map(({ id }) => id))}::int[], ${arrayLiteral(due.map(({ what }) => what))}::text[])
           as due (id, what)
     where not exists (select 1 from contest_reminder told
                        where told.of = ${of} and told.id = due.id and told.sent_on >= ${today}::date)
    on conflict do nothing returning id`.execute(trx);
  const fresh = new Set(rows.map(({ id }) => id));
  return due.filter(({ id }) => fresh.has(id));
}

/** Letters whose last day is over; returns the objections to each. */
async function closeLetters(
  trx: RectificationTrx,
  letters: readonly OpenLetter[],
  { today, at, by }: Moment & { readonly by: string },
): Promise<number[]> {
  const over = letters.filter(({ deadlineOn }) => today > deadlineOn);
  for (const { id, number, unitId, objections } of over) {
    const outcome = objections === 0 ? 'none' : 'lodged';
    await sql`update contest_letter set closed_on = ${today}::date, outcome = ${outcome} where id = ${id}`.execute(
      trx,
    );
    await recordAudit(trx, {
      ...{ actor: by, action: 'contest.close', subject: `letter:${id}` },
      ...{ detail: { number, unitId, objections }, before: null, after: { outcome } },
    });
  }
  await tellPeople(
    trx,
    over.map((letter) => letterClosedDraft(letter, letter.objections)),
    at,
  );
  return over.map(({ objections }) => objections);
}

interface OwedAnswer {
  readonly id: number;
  readonly period: string;
  /** Its letter's; null = it came before any. */
  readonly policyId: number | null;
  readonly madeAt: Instant;
  readonly dueOn: CalendarDate;
}

async function chaseAnswers(
  trx: RectificationTrx,
  policyFor: (id: number | null) => RectificationPolicy,
  { today, at }: Moment,
): Promise<number> {
  const { rows } = await sql<OwedAnswer>`
    select c.id, r.period, l.policy_id as "policyId", c.made_at as "madeAt", c.answer_due_on as "dueOn"
      from contest c
      join finding f on f.id = c.finding_id
      join round r on r.id = f.round_id
      left join contest_letter_finding shown on shown.finding_id = c.finding_id
      left join contest_letter l on l.id = shown.letter_id
     where c.state = 'open' and c.answer_due_on is not null and r.state = 'reviewing' order by c.id`.execute(
    trx,
  );
  const due = rows.flatMap((owed) => {
    const { chaseAnswerBefore, chaseAnswerAfter } = policyFor(owed.policyId).contest;
    const terms = { chaseBefore: chaseAnswerBefore, chaseAfter: chaseAnswerAfter };
    const setOn = shanghaiDate(new Date(owed.madeAt).toISOString());
    const chaser = dueChaser({ on: owed.dueOn, setOn }, terms, today);
    return chaser === null ? [] : [{ ...owed, what: chaser.what }];
  });
  const groups = new Map<string, WaitingContests>();
  const fresh = await remember(trx, 'contest', due, { today, at });
  for (const { period, what, dueOn } of fresh) {
    const key = `${period} ${what} ${dueOn}`;
    const contests = (groups.get(key)?.contests ?? 0) + 1;
    groups.set(key, { period, what, dueOn, contests });
  }
  await tellPeople(
    trx,
    [...groups.values()].map((each) => waitingDraft(each, today)),
    at,
  );
  return fresh.length;
}
