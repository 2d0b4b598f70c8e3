import type { Judgement, ReviewState, Verdict } from '../domain/finding.ts';

/** As much of a finding as its verdict depends on. */
export interface StandingFinding {
  readonly ruleId: string;
  readonly judgement: Pick<Judgement, 'status'>;
  readonly review: ReviewState;
}

/**
 * 任一情形成立即不合格. A rejected finding does not count; an undetermined one, or one of which a person says that it cannot be
 * judged, leaves the verdict open.
 */
export function verdictOf(findings: readonly StandingFinding[]): Verdict {
  const standing = findings.filter((finding) => finding.review !== 'rejected');
  const breached = standing.filter(
    ({ judgement, review }) => judgement.status === 'breached' && review !== 'cannotJudge',
  );
  if (breached.length > 0)
    return { kind: 'vetoed', rules: breached.map((finding) => finding.ruleId) };
  const open = standing.filter(
    ({ judgement, review }) => judgement.status === 'undetermined' || review === 'cannotJudge',
  );
  if (open.length > 0)
    return { kind: 'inconclusive', rules: open.map((finding) => finding.ruleId) };
  return { kind: 'passed' };
}
