/** The door of scoring: findings and a ruleset give judgements, verdicts and printed percentages. */
export { formatPassRate, formatRatio } from './format-ratio.ts';
export { judgeNotices, judgeSubject } from './judge-subject.ts';
export { ruleByLabel } from './rule-by-label.ts';
export { type StandingFinding, verdictOf } from './verdict-of.ts';
