import type { FindingItem } from '../../api/types.ts';
import type { RuleView } from '../rulesets/ruleset-types.ts';

export interface EnteredFor {
  readonly kind: 'site' | 'account';
  readonly isPortal: boolean;
  readonly findings: readonly Pick<FindingItem, 'rule' | 'status'>[];
}

/**
 * Rules under which a person may enter a finding of a subject: those that persons judge, those that take or give points (the machine
 * sees but a part of what they ask), and what the machine could not determine. Pure.
 */
export function enterableRules(
  rules: readonly RuleView[],
  { kind, isPortal, findings }: EnteredFor,
): RuleView[] {
  const open = new Set(
    findings.filter(({ status }) => status === 'undetermined').map(({ rule }) => rule.id),
  );
  return rules.filter((rule) => {
    if (!rule.isOn || rule.class === 'notice') return false;
    if (rule.object === 'account' ? kind !== 'account' : kind !== 'site') return false;
    if (rule.object === 'portal' && !isPortal) return false;
    return rule.judgedBy === 'person' || countsOccurrences(rule) || open.has(rule.id);
  });
}

/** Scored rules are charged by the place (按处). */
export const countsOccurrences = ({ class: of }: Pick<RuleView, 'class'>): boolean =>
  of === 'deduction' || of === 'bonus';
