import { sql } from 'kysely';
import type { Person } from '../../domain/acting.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import type { RectificationDb } from '../rectification-db.ts';
import type {
  CaseRule,
  CaseSubject,
  CheckOutcome,
  RectificationCase,
  RectificationState,
  RectificationStep,
} from './case.ts';
import type { RepeatMarks } from './repeat-marks.ts';

interface Row {
  readonly id: number;
  readonly notice_id: number;
  readonly round_id: number;
  readonly period: string;
  readonly unit_id: number;
  readonly unit_name: string;
  readonly policy_id: number;
  readonly kind: SubjectKind;
  readonly subject_id: number;
  readonly subject: CaseSubject;
  readonly rule: CaseRule;
  readonly finding_id: number;
  readonly state: RectificationState;
  readonly state_before: RectificationState | null;
  readonly noticed_on: CalendarDate;
  readonly deadline_on: CalendarDate;
  readonly deadline_set_on: CalendarDate;
  readonly provisional: boolean;
  readonly acknowledged_on: CalendarDate | null;
  readonly answered_by: string | null;
  readonly answered_by_id: number | null;
  readonly first_submitted_on: CalendarDate | null;
  readonly first_late_days: number;
  readonly submitted_on: CalendarDate | null;
  readonly late_days: number;
  readonly outcome: CheckOutcome | null;
  readonly mended: boolean | null;
  readonly closed_on: CalendarDate | null;
  readonly escalated_on: CalendarDate | null;
  readonly returns: number;
  readonly extensions: number;
  readonly reminders_ignored: boolean;
  readonly marks: RepeatMarks;
  readonly continues_id: number | null;
  readonly version: number;
  readonly changed_at: Instant;
}

function caseOf(row: Row): RectificationCase {
  return {
    ...{ id: row.id, noticeId: row.notice_id, roundId: row.round_id, period: row.period },
    ...{ unitId: row.unit_id, unitName: row.unit_name, policyId: row.policy_id },
    ...{ kind: row.kind, subjectId: row.subject_id, subject: row.subject, rule: row.rule },
    ...{ findingId: row.finding_id, state: row.state, stateBefore: row.state_before },
    noticedOn: row.noticed_on,
    deadline: { on: row.deadline_on, provisional: row.provisional, setOn: row.deadline_set_on },
    acknowledgedOn: row.acknowledged_on,
    answeredBy:
      row.answered_by === null ? null : { name: row.answered_by, userId: row.answered_by_id },
    ...{ firstSubmittedOn: row.first_submitted_on, firstLateDays: row.first_late_days },
    ...{ submittedOn: row.submitted_on, lateDays: row.late_days },
    ...{ outcome: row.outcome, mended: row.mended, closedOn: row.closed_on },
    ...{ escalatedOn: row.escalated_on, returns: row.returns, extensions: row.extensions },
    ...{ remindersIgnored: row.reminders_ignored, marks: row.marks },
    ...{ continuesId: row.continues_id, version: row.version, changedAt: row.changed_at },
  };
}

/** Cases by id, in the order asked. */
export async function casesByIds(
  db: RectificationDb,
  ids: readonly number[],
): Promise<RectificationCase[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Row>`
    select c.*, r.period, u.name as unit_name
      from unnest(${arrayLiteral(ids)}::int[]) with ordinality as asked (id, place)
      join rectification_case c on c.id = asked.id
      join round r on r.id = c.round_id
      join unit u on u.id = c.unit_id
     order by asked.place`.execute(db);
  return rows.map(caseOf);
}

export async function findCase(db: RectificationDb, id: number): Promise<RectificationCase | null> {
  return (await casesByIds(db, [id]))[0] ?? null;
}

/** The same, held until the transaction ends: of two who decide at once the second sees what the first did. */
export async function lockCase(db: RectificationDb, id: number): Promise<RectificationCase | null> {
  await sql`select 1 from rectification_case where id = ${id} for update`.execute(db);
  return findCase(db, id);
}

/** What a step changes beside the state; what is not named stays. */
export type CaseChange = Partial<
  Pick<
    RectificationCase,
    | 'stateBefore'
    | 'deadline'
    | 'acknowledgedOn'
    | 'answeredBy'
    | 'firstSubmittedOn'
    | 'firstLateDays'
    | 'submittedOn'
    | 'lateDays'
    | 'outcome'
    | 'mended'
    | 'closedOn'
    | 'returns'
    | 'extensions'
  >
> & {
  /** The mark of an escalation, with the deadline that it is about. */
  readonly escalated?: { readonly on: CalendarDate; readonly deadline: CalendarDate };
  /** Reminders that were ignored are counted from a submission on. */
  readonly ignoredInRow?: 0;
};

/** A step as the history keeps it; `open`, `rechecked` and `merged` are the program's own. */
export interface TakenStep {
  readonly step: RectificationStep | 'open' | 'rechecked' | 'merged' | 'attach' | 'detach';
  readonly state: RectificationState;
  readonly by: Person;
  readonly at: Instant;
  readonly note: string;
  /** What else belongs to it: dates, an outcome. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Writes a step: the case as it is from now on, and the line of its history. Returns the line's number. */
export async function takeStep(
  db: RectificationDb,
  caseId: number,
  { step, state, by, at, note, detail }: TakenStep,
  change: CaseChange = {},
): Promise<number> {
  await db
    .updateTable('rectification_case')
    .set({ ...columnsOf(change), state, changed_at: at, version: sql<number>`version + 1` })
    .where('id', '=', caseId)
    .execute();
  const row = await db
    .insertInto('rectification_step')
    .values({
      ...{ case_id: caseId, step, state, by_name: by.name, by_id: by.userId, at, note },
      detail: JSON.stringify(detail),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

function columnsOf(change: CaseChange): Record<string, unknown> {
  const { deadline, answeredBy, escalated } = change;
  const columns = {
    state_before: change.stateBefore,
    ...(deadline && {
      ...{ deadline_on: deadline.on, deadline_set_on: deadline.setOn },
      provisional: deadline.provisional,
    }),
    acknowledged_on: change.acknowledgedOn,
    ...(answeredBy !== undefined && {
      ...{ answered_by: answeredBy?.name ?? null, answered_by_id: answeredBy?.userId ?? null },
    }),
    ...{ first_submitted_on: change.firstSubmittedOn, first_late_days: change.firstLateDays },
    ...{ submitted_on: change.submittedOn, late_days: change.lateDays },
    ...{ outcome: change.outcome, mended: change.mended, closed_on: change.closedOn },
    ...(escalated && { escalated_on: escalated.on, escalated_deadline: escalated.deadline }),
    ...{ returns: change.returns, extensions: change.extensions },
    ignored_in_row: change.ignoredInRow,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

/** A case goes to and fro some times; what goes on for longer is read in the audit trail. */
const STEPS_MAX = 500;

export type KeptStep = TakenStep & { readonly id: number };

/** The history of a case, oldest first. */
export async function stepsOf(db: RectificationDb, caseId: number): Promise<KeptStep[]> {
  const rows = await db
    .selectFrom('rectification_step')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('id')
    .limit(STEPS_MAX)
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, step: row.step as TakenStep['step'], state: row.state, at: row.at },
    ...{ by: { name: row.by_name, userId: row.by_id }, note: row.note },
    detail: row.detail as unknown as TakenStep['detail'],
  }));
}
