import { sql } from 'kysely';
import { type Acting, assertMay, nameOf, personOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { withRound } from '../../inspection/index.ts';
import {
  type CalendarDate,
  type Instant,
  isCalendarDate,
  shanghaiDate,
} from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import { BY_PROGRAM } from '../checks/run-checks.ts';
import { type Deadline, deadlineAfter, deadlineOn } from '../clock/deadline.ts';
import { rectificationDb } from '../rectification-db.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import { noticeDraft, tellPeople } from '../tell-people.ts';
import { takeStep } from './case.repository.ts';
import { isEnded } from './case.ts';
import { lapseExtension } from './extension.repository.ts';
import {
  earlierCases,
  earlierRounds,
  findOpenings,
  type KnownCase,
  keyOf,
  type Opening,
} from './find-openings.ts';
import { keepLetterWords } from './notice-words.ts';
import { keepPolicy } from './policies.ts';
import { type RepeatMarks, repeatMarks } from './repeat-marks.ts';
import type { RectificationTrx } from './step-case.ts';

export interface OpenInput {
  readonly period: string;
  /** A date for all notices; null = the policy's working days. */
  readonly deadlineOn: CalendarDate | null;
  readonly at: Instant;
}

export interface OpenedCases {
  readonly period: string;
  readonly notices: number;
  readonly cases: number;
  readonly merged: number;
  readonly deadlineOn: CalendarDate;
  readonly provisional: boolean;
}

/**
 * Opens the cases of an issued round and tells each unit in one notice. Cases of earlier rounds that are still open go on in the new ones.
 * Run again it opens nothing twice. Throws {@link UserError} `round.unknown`, `rectification.round`, `rectification.deadline`,
 * `identity.forbidden`.
 */
export async function openCases(
  { store, rectification: policy }: Pick<RectificationDeps, 'store' | 'rectification'>,
  acting: Acting,
  input: OpenInput,
): Promise<OpenedCases> {
  assertMay(acting, 'rectification.open');
  const today = shanghaiDate(input.at);
  const deadline = deadlineOf(input, today, policy.deadlineWorkdays);
  return withRound(store, input.period, async ({ trx: ofRound, round }) => {
    // The same transaction, seen with this room’s tables.
    const trx = ofRound as unknown as RectificationTrx;
    assertIssued(round);
    // Numbers of notices follow one another, whatever the round.
    await lockInTransaction(trx, 'rectification.open');
    const openings = await findOpenings(trx, round);
    const earlier = await earlierCases(trx, round, openings);
    const rounds = await earlierRounds(trx, round, openings);
    const policyId = await keepPolicy(trx, policy);
    const made = { acting, deadline, policyId, roundId: round.id, at: input.at };
    const notices = await insertNotices(trx, openings, { ...made, policy });
    const marked = openings.map((opening) => {
      const key = keyOf({ ...opening, ruleId: opening.rule.id });
      const known = earlier.get(key) ?? [];
      return {
        opening,
        known,
        marks: repeatMarks(known, rounds.get(key) ?? [], today, policy),
      };
    });
    const ids = await insertCases(trx, marked, { ...made, notices });
    let merged = 0;
    for (const [place, { known }] of marked.entries())
      merged += await mergeInto(trx, known, ids[place]!, input.at);
    // Also of a notice that had been made and got more cases: its list and its words stay one.
    const told = [...notices.values()].map(({ id }) => id);
    await keepLetterWords(trx, told, input.at);
    await tellPeople(
      trx,
      [...notices].map(([unitId, notice]) =>
        noticeDraft({
          ...{ unitId, noticeId: notice.id, number: notice.number, deadline },
          cases: openings.filter((each) => each.unitId === unitId).length,
        }),
      ),
      input.at,
    );
    const opened = { notices: notices.size, cases: openings.length, merged };
    if (openings.length > 0)
      await recordAudit(trx, {
        ...{
          actor: nameOf(acting),
          action: 'rectification.open',
          subject: `round:${round.period}`,
        },
        detail: { deadline: deadline.on, provisional: deadline.provisional, policy: policy.id },
        ...{ before: null, after: opened },
      });
    return {
      ...{ period: round.period, ...opened, deadlineOn: deadline.on },
      provisional: deadline.provisional,
    };
  });
}

/** Throws {@link UserError} `rectification.round`: what is not printed yet may still change. */
export function assertIssued(round: { readonly period: string; readonly state: string }): void {
  if (round.state === 'issued') return;
  throw new UserError(
    'rectification.round',
    `批次 ${round.period} 的通报还没有印发；印发以后才能下发整改通知。`,
    { family: 'state', field: 'period' },
  );
}

/** The deadline of notices that are made today. Throws {@link UserError} `rectification.deadline`. */
export function deadlineOf(
  { deadlineOn: on }: OpenInput,
  today: CalendarDate,
  workdays: number,
): Deadline {
  if (on === null) return deadlineAfter(today, workdays);
  if (isCalendarDate(on) && on > today) return deadlineOn(on, today);
  throw new UserError('rectification.deadline', `整改期限应是今天（${today}）以后的日期。`, {
    field: 'deadlineOn',
  });
}

interface Made {
  readonly acting: Acting;
  readonly deadline: Deadline;
  readonly policyId: number;
  readonly roundId: number;
  readonly at: Instant;
}

interface Notice {
  readonly id: number;
  readonly number: string;
}

/** One notice a unit, numbered through the year; a unit that has one of this round keeps it. */
async function insertNotices(
  trx: RectificationTrx,
  openings: readonly Opening[],
  made: Made & { readonly policy: RectificationDeps['rectification'] },
): Promise<Map<number, Notice>> {
  const { acting, deadline, policyId, roundId, at, policy } = made;
  const by = personOf(acting);
  const year = Number(deadline.setOn.slice(0, 4));
  const issuer = policy.issuer === '' ? await topUnit(trx) : policy.issuer;
  const last = await trx
    .selectFrom('rectification_notice')
    .select((eb) => eb.fn.max('serial').as('serial'))
    .where('year', '=', year)
    .executeTakeFirst();
  let serial = last?.serial ?? 0;
  const notices = new Map<number, Notice>();
  for (const unitId of new Set(openings.map((each) => each.unitId))) {
    serial += 1;
    const number = `${policy.numberPrefix}〔${year}〕${serial}号`;
    const row = await trx
      .insertInto('rectification_notice')
      .values({
        ...{
          round_id: roundId,
          unit_id: unitId,
          policy_id: policyId,
          year,
          serial,
          number,
          issuer,
        },
        ...{ noticed_on: deadline.setOn, deadline_on: deadline.on },
        ...{
          provisional: deadline.provisional,
          made_by: by.name,
          made_by_id: by.userId,
          made_at: at,
        },
      })
      .onConflict((conflict) => conflict.columns(['round_id', 'unit_id']).doNothing())
      .returning(['id', 'number'])
      .executeTakeFirst();
    if (row === undefined) serial -= 1;
    notices.set(unitId, row ?? (await noticeOf(trx, roundId, unitId)));
  }
  return notices;
}

const noticeOf = (trx: RectificationTrx, roundId: number, unitId: number): Promise<Notice> =>
  trx
    .selectFrom('rectification_notice')
    .select(['id', 'number'])
    .where('round_id', '=', roundId)
    .where('unit_id', '=', unitId)
    .executeTakeFirstOrThrow();

export async function topUnit(trx: RectificationTrx): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select name from unit where parent_id is null order by print_order, id limit 1`.execute(trx);
  return rows[0]?.name ?? '';
}

interface Marked {
  readonly opening: Opening;
  readonly known: readonly KnownCase[];
  readonly marks: RepeatMarks;
}

/** All cases in one statement; returns their numbers in the given order. */
async function insertCases(
  trx: RectificationTrx,
  marked: readonly Marked[],
  { acting, deadline, policyId, roundId, at, notices }: Made & { notices: Map<number, Notice> },
): Promise<number[]> {
  if (marked.length === 0) return [];
  const by = personOf(acting);
  const column = (of: (each: Marked) => string | number | null): string =>
    arrayLiteral(marked.map(of));
  const { rows } = await sql<{ id: number }>`
    with made as (
      insert into rectification_case (notice_id, round_id, unit_id, policy_id, kind, subject_id, subject, rule_id, rule,
             finding_id, state, noticed_on, deadline_on, deadline_set_on, provisional, reminders_ignored, marks, continues_id, changed_at)
      select o.notice_id, ${roundId}, o.unit_id, ${policyId}, o.kind, o.subject_id, o.subject::jsonb, o.rule_id, o.rule::jsonb,
             o.finding_id, 'noticed', ${deadline.setOn}::date, ${deadline.on}::date, ${deadline.setOn}::date,
             ${deadline.provisional}, (o.marks::jsonb->>'remindersIgnored')::boolean, o.marks::jsonb, o.continues_id, ${at}::timestamptz
        from unnest(
          ${column(({ opening }) => notices.get(opening.unitId)!.id)}::int[], ${column(({ opening }) => opening.unitId)}::int[],
          ${column(({ opening }) => opening.kind)}::text[], ${column(({ opening }) => opening.subjectId)}::int[],
          ${column(({ opening }) => JSON.stringify(opening.subject))}::text[], ${column(({ opening }) => opening.rule.id)}::text[],
          ${column(({ opening }) => JSON.stringify(opening.rule))}::text[], ${column(({ opening }) => opening.findingId)}::int[],
          ${column(({ marks }) => JSON.stringify(marks))}::text[],
          ${column(({ known }) => known.findLast(({ state }) => !isEnded(state))?.id ?? null)}::int[]
        ) with ordinality as o (notice_id, unit_id, kind, subject_id, subject, rule_id, rule, finding_id, marks, continues_id, place)
       order by o.place
      returning id),
    told as (
      insert into rectification_step (case_id, step, state, by_name, by_id, at, note, detail)
      select id, 'open', 'noticed', ${by.name}, ${by.userId}::int, ${at}::timestamptz, '',
             ${JSON.stringify({ deadline: deadline.on, provisional: deadline.provisional })}::jsonb
        from made)
    select id from made order by id`.execute(trx);
  return rows.map(({ id }) => id);
}

/** What is still open of the same goes on in the new case; returns how many. */
async function mergeInto(
  trx: RectificationTrx,
  known: readonly KnownCase[],
  caseId: number,
  at: Instant,
): Promise<number> {
  const open = known.filter(({ state }) => !isEnded(state));
  for (const { id } of open) {
    await lapseExtension(rectificationDb(trx), id, at);
    await takeStep(trx, id, {
      ...{ step: 'merged', state: 'merged', by: BY_PROGRAM, at, note: '' },
      detail: { into: caseId },
    });
  }
  return open.length;
}
