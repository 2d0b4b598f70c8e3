import type { Actor } from '../../domain/actor.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { type Contest, findContest } from './contest.repository.ts';
import { findingOwner } from './finding-owner.ts';

/** A contest and its round. Throws {@link UserError} `contest.unknown`, also where its finding lies outside of somebody's sight. */
export async function seenContest(
  db: InspectionDb,
  actor: Actor,
  contestId: number,
): Promise<{ readonly contest: Contest; readonly period: string }> {
  const unknown = (): UserError =>
    new UserError('contest.unknown', `没有编号为 ${contestId} 的申辩。`);
  const contest = await findContest(db, contestId);
  if (contest === null) throw unknown();
  const { period } = await findingOwner(db, actor, contest.findingId).catch(() => {
    throw unknown();
  });
  return { contest, period };
}
