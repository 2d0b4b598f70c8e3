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

/**
 * What a bulletin prints as breached, or counts as undetermined, by id. Rejected findings are neither; a breach of which a person
 * said that it cannot be judged is undetermined.
 */
export async function listStandingFindings(
  store: Store,
  roundId: number,
  status: 'breached' | 'undetermined',
): Promise<StandingFinding[]> {
  const db = inspectionDb(store);
  const breached = await listFindings(db, roundId, { status: 'breached' });
  const findings =
    status === 'breached'
      ? breached.filter(({ review }) => review !== 'rejected' && !isDoubted(review))
      : [
          ...(await listFindings(db, roundId, { status })).filter(
            ({ review }) => review !== 'rejected',
          ),
          ...breached.filter(({ review }) => isDoubted(review)),
        ];
  const reviews = await db
    .selectFrom('finding_review')
    .innerJoin('finding', 'finding.id', 'finding_review.finding_id')
    .select(['finding_id', 'decision', 'reviewer'])
    .where('finding.round_id', '=', roundId)
    .where('finding.status', 'in', ['breached', status])
    .orderBy('finding_review.id')
    .execute();
  const confirmed = new Map<number, Set<string>>();
  for (const { finding_id, decision, reviewer } of reviews) {
    const people = confirmed.get(finding_id) ?? new Set<string>();
    confirm(people, decision, reviewer);
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

/** Notes decide nothing; a withdrawal takes back one's own word; any other decision ends the confirmations before it. */
function confirm(people: Set<string>, decision: string, reviewer: string): void {
  if (decision === 'confirm') people.add(reviewer);
  else if (decision === 'withdraw') people.delete(reviewer);
  else if (decision !== 'annotate') people.clear();
}

const isDoubted = (review: string): boolean => review === 'cannotJudge';
