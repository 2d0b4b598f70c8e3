import { sql } from 'kysely';
import { type Acting, assertSees, scopeOf } from '../../domain/acting.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import type { RectificationDb } from '../rectification-db.ts';
import type { Letter, ShownFinding } from './letter.ts';

export interface LetterFilter {
  readonly period?: string | undefined;
  /** `running`: days are not over; `waiting`: an objection waits for its answer. */
  readonly stands?: 'running' | 'waiting' | undefined;
  readonly id?: number | undefined;
}

/** Letters within somebody's sight, the newest first, as they stand on a day. */
export async function listLetters(
  db: RectificationDb,
  acting: Acting,
  filter: LetterFilter & { readonly today: CalendarDate },
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ items: Letter[]; total: number }> {
  const scope = scopeOf(acting);
  const { period, stands, id, today } = filter;
  const where = sql`${scope === 'all' ? sql`true` : sql`l.unit_id = any(${arrayLiteral([...scope])}::int[])`}
    and ${period === undefined ? sql`true` : sql`r.period = ${period}`}
    and ${id === undefined ? sql`true` : sql`l.id = ${id}`}
    and ${stands === 'running' ? sql`l.closed_on is null` : sql`true`}
    and ${stands === 'waiting' ? sql`exists (select 1 from contest_letter_finding f join contest c on c.finding_id = f.finding_id where f.letter_id = l.id and c.state = 'open')` : sql`true`}`;
  const from = sql`from contest_letter l join round r on r.id = l.round_id join unit u on u.id = l.unit_id where ${where}`;
  const { rows } = await sql<Letter>`
    with page as (
      select l.id, l.number, l.issuer, r.period, r.label, u.id as "unitId", u.name as "unitName",
             l.shown_on as "shownOn", l.deadline_on as "deadlineOn", l.provisional, l.words, l.closed_on as "closedOn",
             l.outcome, l.reason
        ${from} order by l.id desc limit ${limit} offset ${offset})
    select page.*, counted.findings, counted.objections, counted.late, counted.waiting,
           counted.overdue as "answerOverdue"
      from page cross join lateral (
        select count(distinct f.finding_id)::int as findings, count(c.id)::int as objections,
               count(c.id) filter (where c.late)::int as late,
               count(c.id) filter (where c.state = 'open')::int as waiting,
               count(c.id) filter (where c.state = 'open' and c.answer_due_on < ${today}::date)::int as overdue
          from contest_letter_finding f left join contest c on c.finding_id = f.finding_id
         where f.letter_id = page.id) counted
     order by page.id desc`.execute(db);
  const counted = await sql<{ total: number }>`select count(*)::int as total ${from}`.execute(db);
  return { items: rows, total: counted.rows[0]?.total ?? 0 };
}

/** A letter shows at most so many findings: more would be no letter but a book. */
const FINDINGS_MAX = 5_000;

/** A letter with its findings. Throws {@link UserError} `contest.letter-unknown`, also for what lies outside of somebody's sight. */
export async function readLetter(
  db: RectificationDb,
  acting: Acting,
  { id, today }: { readonly id: number; readonly today: CalendarDate },
): Promise<{ readonly letter: Letter; readonly findings: readonly ShownFinding[] }> {
  const unknown = (): UserError => new UserError('contest.letter-unknown', '没有这份申辩告知书。');
  const { items } = await listLetters(db, acting, { id, today }, { limit: 1, offset: 0 });
  const letter = items[0];
  if (letter === undefined) throw unknown();
  assertSees(acting, letter.unitId, unknown);
  const { rows } = await sql<{ shown: ShownFinding }>`
    select shown from contest_letter_finding where letter_id = ${id} order by finding_id limit ${FINDINGS_MAX}`.execute(
    db,
  );
  return { letter, findings: rows.map(({ shown }) => shown) };
}
