import type { FetchedPage } from '../domain/crawl.ts';
import type { SubjectKind } from '../domain/subject.ts';
import type { InspectionDb } from './inspection-db.ts';

/** A fetched page as recorded: where, with what outcome, and under which hash its bytes are kept. */
export type PageRecord = Pick<
  FetchedPage,
  'url' | 'outcome' | 'status' | 'snapshot' | 'fetchedAt'
> & {
  readonly role: string;
  readonly bytes: number;
  readonly reason: string | null;
};

const INSERT_BATCH = 500;

/** Records the pages of one subject. */
export async function insertPages(
  db: InspectionDb,
  owner: { roundId: number; kind: SubjectKind; subjectId: number },
  pages: readonly PageRecord[],
): Promise<void> {
  for (let start = 0; start < pages.length; start += INSERT_BATCH) {
    await db
      .insertInto('page')
      .values(
        pages.slice(start, start + INSERT_BATCH).map((page) => ({
          round_id: owner.roundId,
          kind: owner.kind,
          subject_id: owner.subjectId,
          url: page.url,
          role: page.role,
          outcome: page.outcome,
          status: page.status,
          snapshot: page.snapshot,
          bytes: page.bytes,
          fetched_at: page.fetchedAt,
          reason: page.reason,
        })),
      )
      .execute();
  }
}

/** At most this many pages of one subject are listed; a subject's crawl budget is far below it. */
const PAGES_MAX = 2000;

export async function listPages(
  db: InspectionDb,
  roundId: number,
  kind: SubjectKind,
  subjectId: number,
): Promise<PageRecord[]> {
  const rows = await db
    .selectFrom('page')
    .selectAll()
    .where('round_id', '=', roundId)
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .orderBy('fetched_at')
    .limit(PAGES_MAX)
    .execute();
  return rows.map((row) => ({
    url: row.url,
    role: row.role,
    outcome: row.outcome as PageRecord['outcome'],
    status: row.status,
    snapshot: row.snapshot,
    bytes: row.bytes,
    fetchedAt: new Date(row.fetched_at).toISOString(),
    reason: row.reason,
  }));
}
