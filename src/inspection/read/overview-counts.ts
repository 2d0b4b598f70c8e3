import { sql } from 'kysely';
import { isInScope, type Scope } from '../../domain/actor.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { InspectionDb } from '../inspection-db.ts';

/** What became of the checked subjects. */
export interface Counts {
  readonly checked: number;
  readonly failing: number;
  readonly undetermined: number;
}
export const NO_COUNTS: Counts = { checked: 0, failing: 0, undetermined: 0 };

/** Checked subjects of one sponsor and kind in a round. */
export interface SponsorCounts extends Counts {
  readonly sponsorId: number;
  readonly kind: SubjectKind;
  readonly judged: number;
}

/** A round as far as counting it matters. */
export interface CountedRound {
  readonly id: number;
  readonly frozenAt: Instant | null;
}

/** Counts of closed rounds never change, so each is counted once, by database. A province has some hundred sponsors. */
const closedIn = new WeakMap<InspectionDb, Map<string, readonly SponsorCounts[]>>();
const CLOSED_MAX = 200;

/** Checked subjects of a round by sponsor and kind, as far as somebody sees them. */
export async function countBySponsor(
  db: InspectionDb,
  round: CountedRound,
  scope: Scope,
): Promise<readonly SponsorCounts[]> {
  const known = closedIn.get(db) ?? new Map<string, readonly SponsorCounts[]>();
  closedIn.set(db, known);
  const key = `${round.id} ${round.frozenAt}`;
  const rows = known.get(key) ?? (await countAll(db, round.id));
  if (round.frozenAt !== null) {
    if (known.size >= CLOSED_MAX) known.clear();
    known.set(key, rows);
  }
  return rows.filter(({ sponsorId }) => isInScope(scope, sponsorId));
}

async function countAll(db: InspectionDb, roundId: number): Promise<SponsorCounts[]> {
  const { rows } = await sql<SponsorCounts>`
    select s.sponsor_id as "sponsorId", s.kind, count(*)::int as checked,
           count(s.verdict_kind)::int as judged,
           count(*) filter (where s.is_failing)::int as failing,
           count(*) filter (where s.verdict_kind = 'inconclusive')::int as undetermined
      from round_subject s where s.round_id = ${roundId} and s.checked
     group by s.sponsor_id, s.kind`.execute(db);
  return rows;
}

/** Rounds of a trend. */
const ROUNDS_MAX = 20;
const PERCENT = 100;

export interface TrendPoint {
  readonly period: string;
  readonly label: string;
  /** Percent of the checked that pass, for drawing; bulletins print their own. */
  readonly siteRate: number | null;
  readonly accountRate: number | null;
}

/** Pass rates of the newest rounds that are judged, oldest first; `counted` is what was counted already. */
export async function trendOf(
  db: InspectionDb,
  scope: Scope,
  counted: ReadonlyMap<number, readonly SponsorCounts[]>,
): Promise<TrendPoint[]> {
  const { rows } = await sql<CountedRound & { period: string; label: string }>`
    select id, period, label, frozen_at as "frozenAt" from round
     where state in ('reviewing', 'frozen', 'issued') order by id desc limit ${ROUNDS_MAX}`.execute(
    db,
  );
  const points: TrendPoint[] = [];
  for (const round of rows.reverse()) {
    const counts = counted.get(round.id) ?? (await countBySponsor(db, round, scope));
    const { period, label } = round;
    points.push({
      ...{ period, label },
      siteRate: rateOf(counts, 'site'),
      accountRate: rateOf(counts, 'account'),
    });
  }
  return points;
}

function rateOf(counts: readonly SponsorCounts[], kind: SubjectKind): number | null {
  const own = counts.filter((each) => each.kind === kind);
  const checked = own.reduce((sum, each) => sum + each.checked, 0);
  const failing = own.reduce((sum, each) => sum + each.failing, 0);
  if (checked === 0) return null;
  return Math.round(((checked - failing) * PERCENT * PERCENT) / checked) / PERCENT;
}
