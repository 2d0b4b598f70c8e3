import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../domain/actor.ts';
import { idsOfParts, isScoring } from '../scoring/index.ts';
import type { StoredFinding } from './finding.repository.ts';
import type { InspectionDb } from './inspection-db.ts';
import type { Round } from './round.ts';
import { isSeen } from './subject-columns.ts';

type ScoredRound = Pick<Round, 'id' | 'ruleset'>;

/**
 * Whether an undetermined finding of a scored rule changes nothing any more: whatever it turned out to be, its portal stands on the
 * same side of every line. Such a finding keeps no round from being frozen and stands in no list of what was left out; the score
 * is printed as the range that it is.
 */
export async function settledByScore(
  db: InspectionDb,
  round: ScoredRound,
): Promise<(finding: Pick<StoredFinding, 'ruleId' | 'kind' | 'subjectId'>) => boolean> {
  if (!isScoring(round.ruleset)) return () => false;
  const scored = idsOfParts(round.ruleset, 'deduct', 'bonus');
  const { rows } = await sql<{ id: number }>`
    select subject_id as id from round_subject
     where round_id = ${round.id} and kind = 'site' and verdict_kind = 'inconclusive'`.execute(db);
  const open = new Set(rows.map(({ id }) => id));
  return ({ ruleId, kind, subjectId }) =>
    kind === 'site' && scored.has(ruleId) && !open.has(subjectId);
}

/** How many of a round's undetermined findings {@link settledByScore}, as far as somebody sees them. */
export async function countSettledByScore(
  db: InspectionDb,
  round: ScoredRound,
  scope: Scope,
): Promise<number> {
  if (!isScoring(round.ruleset)) return 0;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count
      from finding f join round_subject s on s.round_id = f.round_id and s.kind = f.kind and s.subject_id = f.subject_id
     where f.round_id = ${round.id} and f.rule_id = any(${ruleList(idsOfParts(round.ruleset, 'deduct', 'bonus'))})
       and (f.status = 'undetermined' and f.review in ('open', 'cannotJudge')
            or f.status = 'breached' and f.review = 'cannotJudge')
       and s.verdict_kind is distinct from 'inconclusive' and ${isSeen(scope)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Rule ids as an array of the database. */
export const ruleList = (ids: Iterable<string>): RawBuilder<string[]> =>
  sql`array(select json_array_elements_text(${JSON.stringify([...ids])}::json))`;
