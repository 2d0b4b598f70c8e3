import { sql } from 'kysely';
import { type Acting, assertSees } from '../../domain/acting.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { SPONSOR_ID } from '../subject-columns.ts';

/** Whose finding it is, and in which round. */
export interface FindingOwner {
  readonly roundId: number;
  readonly period: string;
  readonly sponsorId: number;
}

export const unknownFinding = (id: number): UserError =>
  new UserError('finding.unknown', `没有编号为 ${id} 的问题。`);

/** The owner of a finding; throws {@link UserError} `finding.unknown`, also when it lies outside what `acting` sees. */
export async function findingOwner(
  db: InspectionDb,
  acting: Acting,
  findingId: number,
): Promise<FindingOwner> {
  const { rows } = await sql<FindingOwner>`
    select f.round_id as "roundId", round.period, ${SPONSOR_ID} as "sponsorId"
      from finding f
      join round_subject s on s.round_id = f.round_id and s.kind = f.kind and s.subject_id = f.subject_id
      join round on round.id = f.round_id
     where f.id = ${findingId}`.execute(db);
  const owner = rows[0];
  if (!owner) throw unknownFinding(findingId);
  assertSees(acting, owner.sponsorId, () => unknownFinding(findingId));
  return owner;
}

export async function assertSeesFinding(
  db: InspectionDb,
  acting: Acting,
  findingId: number,
): Promise<void> {
  await findingOwner(db, acting, findingId);
}
