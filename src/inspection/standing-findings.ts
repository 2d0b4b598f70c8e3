import type { ReviewState } from '../domain/finding.ts';
import type { SubjectKind } from '../domain/subject.ts';
import type { Store } from '../store/store.ts';
import { listFindings } from './finding.repository.ts';
import { inspectionDb } from './inspection-db.ts';

/** A finding of a round as what is printed refers to it, with the different people whose confirmation stands. */
export interface StandingFinding {
  readonly id: number;
  readonly kind: SubjectKind;
  readonly subjectId: number;
  readonly ruleId: string;
  readonly review: ReviewState;
  readonly confirmedBy: readonly string[];
}

/** Breached or undetermined findings that nobody rejected, by id. */
export async function listStandingFindings(
  store: Store,
  roundId: number,
  status: 'breached' | 'undetermined',
): Promise<StandingFinding[]> {
  const db = inspectionDb(store);
  const findings = (await listFindings(db, roundId, { status })).filter(
    ({ review }) => review !== 'rejected',
  );
  const reviews = await db
    .selectFrom('finding_review')
    .innerJoin('finding', 'finding.id', 'finding_review.finding_id')
    .select(['finding_id', 'decision', 'reviewer'])
    .where('finding.round_id', '=', roundId)
    .where('finding.status', '=', status)
    .orderBy('finding_review.id')
    .execute();
  const confirmed = new Map<number, Set<string>>();
  for (const { finding_id, decision, reviewer } of reviews) {
    const people = confirmed.get(finding_id) ?? new Set<string>();
    if (decision === 'confirm') people.add(reviewer);
    // Whoever says anything else of it no longer confirms it; a rejection starts anew. Notes decide nothing.
    else if (decision === 'reject') people.clear();
    else if (decision !== 'annotate') people.delete(reviewer);
    confirmed.set(finding_id, people);
  }
  return findings.map(({ id, kind, subjectId, ruleId, review }) => ({
    id,
    kind,
    subjectId,
    ruleId,
    review,
    confirmedBy: [...(confirmed.get(id) ?? [])],
  }));
}
