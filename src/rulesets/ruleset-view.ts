import type { Rule, Ruleset } from '../domain/ruleset.ts';
import { INDICATORS } from '../indicators/index.generated.ts';
import { STANDARD_SCALE } from '../scoring/index.ts';
import type { RulesetVersion } from './load-ruleset.ts';
import { parametersOf } from './parameter-limits.ts';
import { isUnverified } from './plan-change.ts';

const CLASSES = { veto: 'veto', deduct: 'deduction', bonus: 'bonus', notice: 'notice' } as const;
const OBJECTS = { site: 'site', 'new-media': 'account', portal: 'portal' } as const;
const PARTS = {
  veto: '第一部分',
  deduct: '第二部分',
  bonus: '第三部分',
  notice: '规范提示',
} as const;

/** A version for people: each rule with its source, its state and the numbers that it reads. */
export function rulesetView({ ruleset, version, extends: base, change }: RulesetVersion) {
  return {
    id: ruleset.id,
    name: ruleset.title,
    version,
    hash: ruleset.hash,
    extends: base,
    isShipped: change === null,
    changedBy: change?.by ?? null,
    changedAt: change?.at ?? null,
    reason: change?.reason ?? null,
    scale: ruleset.scale ?? STANDARD_SCALE,
    rules: ruleset.rules.map((rule) => ruleView(ruleset, rule)),
  };
}

function ruleView(ruleset: Ruleset, rule: Rule) {
  const indicator = INDICATORS.find(({ id }) => id === rule.id);
  return {
    id: rule.id,
    clause:
      indicator?.clause ?? `国办秘函〔2019〕19号 检查指标 ${PARTS[rule.part]} ${rule.shortName}`,
    title: rule.label ?? rule.shortName,
    printedLabel: rule.printedLabel,
    class: CLASSES[rule.part],
    object: OBJECTS[rule.object],
    isOn: rule.enabled,
    isUnverified: isUnverified(rule),
    judgedBy: rule.judgedBy,
    reason: rule.reason,
    entryId: rule.entryId,
    group: rule.group ?? null,
    points: rule.points ?? null,
    cap: rule.cap ?? null,
    parameters: parametersOf(ruleset, indicator, rule.id),
  };
}
