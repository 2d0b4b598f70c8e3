import { sql } from 'kysely';
import type { Judgement, ReviewState } from '../../domain/finding.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import { type StandingFinding, verdictOf } from '../../scoring/index.ts';
import type { InspectionDb } from '../inspection-db.ts';

/** Findings as far as verdicts depend on them, of some subjects of a round, in the order in which they were made. */
async function standingFindings(
  db: InspectionDb,
  roundId: number,
  kind: SubjectKind,
  subjectIds: readonly number[],
): Promise<Map<number, StandingFinding[]>> {
  const found = new Map<number, StandingFinding[]>();
  const { rows } = await sql<{
    subject_id: number;
    rule_id: string;
    status: Judgement['status'];
    review: ReviewState;
  }>`
    select subject_id, rule_id, status, review from finding
     where round_id = ${roundId} and kind = ${kind} and subject_id = any(${`{${subjectIds.join(',')}}`}::int[])
     order by id`.execute(db);
  for (const { subject_id, rule_id, status, review } of rows) {
    const finding = { ruleId: rule_id, judgement: { status }, review };
    found.set(subject_id, [...(found.get(subject_id) ?? []), finding]);
  }
  return found;
}

/** Writes what the findings and their reviews now make of these subjects. */
export async function refreshVerdicts(
  db: InspectionDb,
  roundId: number,
  kind: SubjectKind,
  subjectIds: readonly number[],
): Promise<void> {
  const findings = await standingFindings(db, roundId, kind, subjectIds);
  const rows = subjectIds.map((id) => ({ id, verdict: verdictOf(findings.get(id) ?? []) }));
  await sql`
    update round_subject set verdict = made.verdict
      from json_to_recordset(${JSON.stringify(rows)}::json) as made(id int, verdict jsonb)
     where round_id = ${roundId} and kind = ${kind} and subject_id = made.id`.execute(db);
}
