import { sql } from 'kysely';
import type { Scope } from '../../domain/actor.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { isSeen } from '../subject-columns.ts';

/** What became of the checked subjects. */
export interface Counts {
  readonly checked: number;
  readonly failing: number;
  readonly undetermined: number;
}
export const NO_COUNTS: Counts = { checked: 0, failing: 0, undetermined: 0 };

/** Checked subjects of a round by sponsor and kind. */
export async function countBySponsor(
  db: InspectionDb,
  roundId: number,
  scope: Scope,
): Promise<(Counts & { sponsorId: number; kind: SubjectKind; judged: number })[]> {
  const { rows } = await sql<Counts & { sponsorId: number; kind: SubjectKind; judged: number }>`
    select s.sponsor_id as "sponsorId", s.kind, count(*)::int as checked,
           count(s.verdict_kind)::int as judged,
           count(*) filter (where s.verdict_kind = 'vetoed')::int as failing,
           count(*) filter (where s.verdict_kind = 'inconclusive')::int as undetermined
      from round_subject s where s.round_id = ${roundId} and s.checked and ${isSeen(scope)}
     group by s.sponsor_id, s.kind`.execute(db);
  return rows;
}

/** Rounds of a trend. */
const ROUNDS_MAX = 20;
const PERCENT = 100;

interface TrendPoint {
  readonly period: string;
  readonly label: string;
  /** Percent of the checked that pass, for drawing; bulletins print their own. */
  readonly siteRate: number | null;
  readonly accountRate: number | null;
}

interface Passing {
  readonly checked: number;
  readonly failing: number;
}

/** Numbers of closed rounds never change, so each is counted once, by database. */
const closedIn = new WeakMap<InspectionDb, Map<string, Record<SubjectKind, Passing>>>();
const CLOSED_MAX = 200;

function closedOf(db: InspectionDb): Map<string, Record<SubjectKind, Passing>> {
  const known = closedIn.get(db) ?? new Map<string, Record<SubjectKind, Passing>>();
  if (known.size >= CLOSED_MAX) known.clear();
  closedIn.set(db, known);
  return known;
}

/** Pass rates of the newest rounds that are judged, oldest first, as somebody sees them. */
export async function trendOf(db: InspectionDb, scope: Scope): Promise<TrendPoint[]> {
  const { rows } = await sql<{
    id: number;
    period: string;
    label: string;
    frozenAt: string | null;
  }>`
    select id, period, label, frozen_at as "frozenAt" from round
     where state in ('reviewing', 'frozen', 'issued') order by id desc limit ${ROUNDS_MAX}`.execute(
    db,
  );
  const points: TrendPoint[] = [];
  const closed = closedOf(db);
  for (const { id, period, label, frozenAt } of rows.reverse()) {
    const key = scope === 'all' && frozenAt !== null ? `${period} ${frozenAt}` : null;
    const known = key === null ? undefined : closed.get(key);
    const counts = known ?? (await passingOf(db, id, scope));
    if (key !== null) closed.set(key, counts);
    points.push({
      period,
      label,
      siteRate: rateOf(counts.site),
      accountRate: rateOf(counts.account),
    });
  }
  return points;
}

async function passingOf(
  db: InspectionDb,
  roundId: number,
  scope: Scope,
): Promise<Record<SubjectKind, Passing>> {
  const { rows } = await sql<Passing & { kind: SubjectKind }>`
    select s.kind, count(*)::int as checked, count(*) filter (where s.verdict_kind = 'vetoed')::int as failing
      from round_subject s where s.round_id = ${roundId} and s.checked and ${isSeen(scope)}
     group by s.kind`.execute(db);
  const of = (kind: SubjectKind): Passing =>
    rows.find((row) => row.kind === kind) ?? { checked: 0, failing: 0 };
  return { site: of('site'), account: of('account') };
}

const rateOf = ({ checked, failing }: Passing): number | null =>
  checked === 0 ? null : Math.round(((checked - failing) * PERCENT * PERCENT) / checked) / PERCENT;
