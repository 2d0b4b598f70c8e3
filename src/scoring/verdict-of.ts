import type { Finding, Verdict } from '../domain/finding.ts';

/** 任一情形成立即不合格. A rejected finding does not count; an undetermined one leaves the verdict open. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const standing = findings.filter((finding) => finding.review !== 'rejected');
  const breached = standing.filter((finding) => finding.judgement.status === 'breached');
  if (breached.length > 0)
    return { kind: 'vetoed', rules: breached.map((finding) => finding.ruleId) };
  const open = standing.filter((finding) => finding.judgement.status === 'undetermined');
  if (open.length > 0)
    return { kind: 'inconclusive', rules: open.map((finding) => finding.ruleId) };
  return { kind: 'passed' };
}
