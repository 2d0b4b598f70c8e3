import { sql } from 'kysely';
import type { Judgement, ReviewState } from '../../domain/finding.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import { type PortalDuties, type StandingFinding, verdictOf } from '../../scoring/index.ts';
import type { InspectionDb } from '../inspection-db.ts';
import type { Round } from '../round.ts';

interface FindingRow {
  subject_id: number;
  rule_id: string;
  status: Judgement['status'];
  review: ReviewState;
  source: string;
  occurrences: number | null;
  places: string[] | null;
  unseen: number | null;
  atMost: number | null;
}

/** Findings as far as verdicts depend on them, of some subjects of a round, in the order in which they were made. */
async function standingFindings(
  db: InspectionDb,
  roundId: number,
  kind: SubjectKind,
  subjectIds: readonly number[],
): Promise<Map<number, StandingFinding[]>> {
  const found = new Map<number, StandingFinding[]>();
  const { rows } = await sql<FindingRow>`
    select subject_id, rule_id, status, review, source, (judgement->>'occurrences')::int as occurrences,
           judgement->'places' as places, (judgement->>'unseen')::int as unseen, (judgement->>'atMost')::int as "atMost"
      from finding
     where round_id = ${roundId} and kind = ${kind} and subject_id = any(${idList(subjectIds)}::int[])
     order by id`.execute(db);
  for (const row of rows)
    found.set(row.subject_id, [...(found.get(row.subject_id) ?? []), standingOf(row)]);
  return found;
}

function standingOf(row: FindingRow): StandingFinding {
  const { rule_id: ruleId, status, review, source, occurrences, places, unseen, atMost } = row;
  const judgement = {
    status,
    ...(occurrences === null ? {} : { occurrences }),
    ...(places === null ? {} : { places }),
    ...(unseen === null ? {} : { unseen }),
    ...(atMost === null ? {} : { atMost }),
  };
  return { ruleId, judgement, review, source };
}

/** The portals among some sites of a round, by what the register said when it was planned. */
async function portalsAmong(
  db: InspectionDb,
  roundId: number,
  siteIds: readonly number[],
): Promise<Map<number, PortalDuties>> {
  const { rows } = await sql<{ id: number; hasService: boolean; siteCode: string }>`
    select subject_id as id, (subject->>'hasService')::boolean as "hasService", subject->>'siteCode' as "siteCode"
      from round_subject
     where round_id = ${roundId} and kind = 'site' and subject_id = any(${idList(siteIds)}::int[])
       and (subject->>'isPortal')::boolean`.execute(db);
  return new Map(rows.map(({ id, hasService, siteCode }) => [id, { hasService, siteCode }]));
}

const idList = (ids: readonly number[]): string => `{${ids.join(',')}}`;

/** Writes what the findings and their reviews now make of these subjects. */
export async function refreshVerdicts(
  db: InspectionDb,
  round: Pick<Round, 'id' | 'ruleset'>,
  kind: SubjectKind,
  subjectIds: readonly number[],
): Promise<void> {
  const findings = await standingFindings(db, round.id, kind, subjectIds);
  const portals =
    kind === 'site' ? await portalsAmong(db, round.id, subjectIds) : new Map<number, never>();
  const rows = subjectIds.map((id) => ({
    id,
    verdict: verdictOf(round.ruleset, findings.get(id) ?? [], portals.get(id) ?? null),
  }));
  await sql`
    update round_subject set verdict = made.verdict
      from json_to_recordset(${JSON.stringify(rows)}::json) as made(id int, verdict jsonb)
     where round_id = ${round.id} and kind = ${kind} and subject_id = made.id`.execute(db);
}
