import type { Verdict } from '../domain/finding.ts';
import type { Ruleset } from '../domain/ruleset.ts';
import type { Score } from '../domain/score.ts';
import { idsOfParts } from './rule-parts.ts';
import {
  crossedLines,
  isScoring,
  isStandingBreach,
  type PortalDuties,
  provenPoints,
  type StandingFinding,
  scorePortal,
} from './score-portal.ts';

/**
 * 任一否决情形成立即不合格，停止评分. A rejected finding does not count; an undetermined veto, or one of which a person says that it
 * cannot be judged, leaves the verdict open. `portal` is null for whatever is no portal: then only vetoes count. A portal is
 * scored when the ruleset has deductions switched on; it stays open only while what is undetermined could carry it over a line.
 */
export function verdictOf(
  ruleset: Ruleset,
  findings: readonly StandingFinding[],
  portal: PortalDuties | null,
): Verdict {
  const scored = idsOfParts(ruleset, 'deduct', 'bonus');
  const vetoes = findings.filter(
    ({ ruleId, review }) => !scored.has(ruleId) && review !== 'rejected',
  );
  const breached = vetoes.filter(isStandingBreach);
  if (breached.length > 0)
    return { kind: 'vetoed', rules: breached.map((finding) => finding.ruleId) };
  const open = vetoes.filter(
    ({ judgement, review }) => judgement.status === 'undetermined' || review === 'cannotJudge',
  );
  const score =
    portal !== null && isScoring(ruleset) ? scorePortal(ruleset, findings, portal) : null;
  // Below 60 at best fails whatever the open vetoes turn out to be.
  if (score && score.deduction.highest < score.failBelow) return scoredVerdict(score);
  if (open.length > 0)
    return { kind: 'inconclusive', rules: open.map((finding) => finding.ruleId) };
  if (!score) return { kind: 'passed' };
  if (crossedLines(score).length > 0)
    return { kind: 'inconclusive', rules: unsettledRules(score), score };
  return scoredVerdict(score);
}

function scoredVerdict(score: Score): Verdict {
  const passes = score.deduction.lowest >= score.failBelow;
  return { kind: 'scored', centipoints: provenPoints(score), passes, score };
}

/** The deductions whose outcome would settle the score. */
function unsettledRules({ entries }: Score): string[] {
  return entries
    .filter(({ part }) => part === 'deduct')
    .flatMap(({ lines }) => lines.filter(({ state, unseen }) => state !== 'off' && unseen !== 0))
    .map(({ ruleId }) => ruleId);
}
