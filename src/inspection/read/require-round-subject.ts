import { isInScope, type Scope } from '../../domain/actor.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { findRoundSubjects, type RoundSubject, requireRound } from '../round.repository.ts';
import type { Round } from '../round.ts';

export interface AskedSubject {
  readonly kind: SubjectKind;
  readonly id: number;
  readonly period: string;
}

/** Throws {@link UserError} `round.unknown`, or `site.unknown` / `account.unknown` when the round does not have it. */
export async function requireRoundSubject(
  db: InspectionDb,
  scope: Scope,
  { kind, id, period }: AskedSubject,
): Promise<{ readonly round: Round } & RoundSubject> {
  const round = await requireRound(db, period);
  const [found] = await findRoundSubjects(db, round.id, kind, [id]);
  if (!found || !isInScope(scope, found.subject.sponsorId))
    throw new UserError(`${kind}.unknown`, '这个批次里没有这个对象。');
  return { round, ...found };
}
