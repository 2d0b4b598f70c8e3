/** The door of scoring: findings and a ruleset give judgements, verdicts, scores and printed percentages. */
export { formatPoints } from './format-points.ts';
export { formatPassRate, formatRatio } from './format-ratio.ts';
export { judgeNotices, judgeSubject } from './judge-subject.ts';
export { ruleByLabel } from './rule-by-label.ts';
export { idsOfParts } from './rule-parts.ts';
export {
  isScoring,
  type PortalDuties,
  STANDARD_SCALE,
  type StandingFinding,
  type StandingJudgement,
} from './score-portal.ts';
export { verdictOf } from './verdict-of.ts';
