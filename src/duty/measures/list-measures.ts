import { sql } from 'kysely';
import { type Acting, assertMay, isSamePerson, personOf } from '../../domain/acting.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import type { StoreDeps } from '../../store/store.ts';
import { dutyDb } from '../duty-db.ts';
import { type MeasureKind, type MeasureState, measureNumber } from './measure.ts';
import { mayJudge, seenMeasures } from './sight.ts';

export interface ListedMeasure {
  readonly id: number;
  readonly unitId: number;
  readonly unitName: string;
  readonly kind: MeasureKind;
  readonly state: MeasureState;
  readonly reason: string;
  readonly people: number;
  readonly dueOn: CalendarDate | null;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly decidedBy: string | null;
  readonly decidedOn: CalendarDate | null;
  /** 约谈〔2026〕1号; null before it is decided. */
  readonly number: string | null;
  /** In force, its day over, and not done. */
  readonly isLate: boolean;
  readonly version: number;
}

export interface MeasureView extends ListedMeasure {
  readonly demand: string;
  readonly issuer: string | null;
  readonly decisionNote: string;
  readonly doneBy: string | null;
  readonly doneOn: CalendarDate | null;
  readonly outcome: string;
  readonly cases: readonly { readonly id: number; readonly words: string }[];
  /** Whether whoever reads this may decide about measures of this unit. */
  readonly mayJudge: boolean;
  /** He proposed it: he may withdraw it, not decide. */
  readonly isOwn: boolean;
}

export interface MeasureFilter {
  readonly state?: MeasureState | undefined;
  readonly kind?: MeasureKind | undefined;
  readonly unitIds?: readonly number[] | undefined;
  readonly caseId?: number | undefined;
  readonly limit: number;
  readonly offset: number;
  readonly today: CalendarDate;
}

/** Counting stops here. */
const COUNT_MAX = 10_000;

type Row = Omit<MeasureView, 'number' | 'cases' | 'mayJudge' | 'isOwn'> & {
  readonly proposedById: number | null;
  readonly year: number | null;
  readonly serial: number | null;
};

const COLUMNS = (today: CalendarDate) => sql`
  m.id, m.unit_id as "unitId", u.name as "unitName", m.kind, m.state, m.reason, m.demand, m.people, m.due_on as "dueOn",
  m.proposed_by as "proposedBy", m.proposed_by_id as "proposedById", m.proposed_at as "proposedAt", m.decided_by as "decidedBy", m.decided_on as "decidedOn",
  m.decision_note as "decisionNote", m.issuer, m.year, m.serial, m.done_by as "doneBy", m.done_on as "doneOn", m.outcome,
  m.version, m.state = 'decided' and coalesce(m.due_on < ${today}::date, false) as "isLate"`;

const numbered = ({ year, serial, proposedById: _proposer, ...row }: Row) => ({
  ...row,
  number: year === null || serial === null ? null : measureNumber(row.kind, year, serial),
});

/** Measures within somebody's sight, what waits first, then the newest. Throws {@link UserError} `identity.forbidden`. */
export async function listMeasures(
  { store }: StoreDeps,
  acting: Acting,
  { state, kind, unitIds, caseId, limit, offset, today }: MeasureFilter,
): Promise<{ items: ListedMeasure[]; total: number; totalIsExact: boolean }> {
  assertMay(acting, 'duty.read');
  const where = sql.join(
    [
      seenMeasures(acting),
      ...(state === undefined ? [] : [sql`m.state = ${state}`]),
      ...(kind === undefined ? [] : [sql`m.kind = ${kind}`]),
      ...(unitIds === undefined ? [] : [sql`m.unit_id = any(${arrayLiteral(unitIds)}::int[])`]),
      ...(caseId === undefined
        ? []
        : [
            sql`exists (select 1 from accountability_case c where c.accountability_id = m.id and c.case_id = ${caseId})`,
          ]),
    ],
    sql` and `,
  );
  const { rows } = await sql<Row>`
    select ${COLUMNS(today)} from accountability m join unit u on u.id = m.unit_id where ${where}
     order by m.state = 'proposed' desc, m.id desc limit ${limit} offset ${offset}`.execute(
    store.db,
  );
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from (select 1 from accountability m where ${where} limit ${COUNT_MAX + 1}) found`.execute(
    store.db,
  );
  const total = counted.rows[0]?.total ?? 0;
  return {
    items: rows.map(numbered),
    ...{ total: Math.min(total, COUNT_MAX), totalIsExact: total <= COUNT_MAX },
  };
}

/** One measure. Throws {@link UserError} `measure.unknown`, also for what one may not see; `identity.forbidden`. */
export async function readMeasure(
  { store }: StoreDeps,
  acting: Acting,
  { id, today }: { readonly id: number; readonly today: CalendarDate },
): Promise<MeasureView> {
  assertMay(acting, 'duty.read');
  const { rows } = await sql<Row>`
    select ${COLUMNS(today)} from accountability m join unit u on u.id = m.unit_id
     where m.id = ${id} and ${seenMeasures(acting)}`.execute(store.db);
  const [row] = rows;
  if (row === undefined) throw new UserError('measure.unknown', '没有这项措施。');
  const cases = await dutyDb(store.db)
    .selectFrom('accountability_case')
    .select(['case_id as id', 'words'])
    .where('accountability_id', '=', id)
    .orderBy('case_id')
    .execute();
  return {
    ...{ ...numbered(row), cases, mayJudge: mayJudge(acting, row.unitId) },
    isOwn: isSamePerson({ name: row.proposedBy, userId: row.proposedById }, personOf(acting)),
  };
}
