import type { RuleClass, RuleView } from '../rulesets/ruleset-types.ts';

export const RULE_VIEWS = [
  { value: 'all', label: '全部' },
  { value: 'on', label: '已启用' },
  { value: 'off', label: '已停用' },
  { value: 'unverified', label: '待核' },
] as const;
export type RuleViewName = (typeof RULE_VIEWS)[number]['value'];

const CLASSES: readonly RuleClass[] = ['veto', 'deduction', 'bonus', 'notice'];

const IS_IN: Readonly<Record<RuleViewName, (rule: RuleView) => boolean>> = {
  all: () => true,
  on: ({ isOn }) => isOn,
  off: ({ isOn }) => !isOn,
  unverified: ({ isUnverified }) => isUnverified,
};

/** The rules of a view by class, vetoes first; classes without a rule are left out. Pure. */
export function groupRules(
  rules: readonly RuleView[],
  view: RuleViewName,
): { readonly ruleClass: RuleClass; readonly rules: readonly RuleView[] }[] {
  const shown = rules.filter(IS_IN[view]);
  return CLASSES.map((ruleClass) => ({
    ruleClass,
    rules: shown.filter((rule) => rule.class === ruleClass),
  })).filter((group) => group.rules.length > 0);
}
