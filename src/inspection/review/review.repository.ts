import type { InspectionDb } from '../inspection-db.ts';
import type { InspectionTables } from '../tables.ts';
import type { ReviewEntry } from './review-state.ts';

export async function insertReview(
  db: InspectionDb,
  findingId: number,
  entry: ReviewEntry,
): Promise<void> {
  await db
    .insertInto('finding_review')
    .values({
      finding_id: findingId,
      decision: entry.decision,
      reviewer: entry.reviewer,
      reviewer_id: entry.reviewerId,
      note: entry.note,
      reviewed_at: entry.reviewedAt,
    })
    .execute();
}

/** Nobody reviews a finding this often; beyond it the oldest count. */
const REVIEWS_MAX = 1_000;

/** Reviews of a finding, oldest first. */
export async function listReviews(db: InspectionDb, findingId: number): Promise<ReviewEntry[]> {
  const rows = await db
    .selectFrom('finding_review')
    .selectAll()
    .where('finding_id', '=', findingId)
    .orderBy('id')
    .limit(REVIEWS_MAX)
    .execute();
  return rows.map(toReview);
}

/** Reviews of several findings, by finding, oldest first. */
export async function listReviewsOf(
  db: InspectionDb,
  findingIds: readonly number[],
): Promise<Map<number, ReviewEntry[]>> {
  const found = new Map<number, ReviewEntry[]>();
  if (findingIds.length === 0) return found;
  const rows = await db
    .selectFrom('finding_review')
    .selectAll()
    .where('finding_id', 'in', findingIds)
    .orderBy('id')
    .execute();
  for (const row of rows)
    found.set(row.finding_id, [...(found.get(row.finding_id) ?? []), toReview(row)]);
  return found;
}

function toReview(row: { [K in keyof InspectionTables['finding_review']]: unknown }): ReviewEntry {
  return {
    decision: row.decision as ReviewEntry['decision'],
    reviewer: row.reviewer as string,
    reviewerId: row.reviewer_id as number | null,
    note: row.note as string,
    reviewedAt: new Date(row.reviewed_at as string).toISOString(),
  };
}
