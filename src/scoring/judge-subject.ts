import type { FactKey, FactSet } from '../domain/fact.ts';
import type { Judgement } from '../domain/finding.ts';
import type { Indicator } from '../domain/indicator.ts';
import type { Rule, Ruleset } from '../domain/ruleset.ts';
import type { SubjectKind } from '../domain/subject.ts';
import { invariant } from '../lib/pure/errors.ts';

/** A judgement of one rule, not yet a stored finding. */
interface JudgedRule {
  readonly ruleId: string;
  readonly judgement: Judgement;
}

/**
 * Judges one subject under every enabled, machine-judged rule of its kind, in the ruleset's order; a portal's rules only where
 * the register says that it is one. An indicator gets only the facts that it declared.
 */
export function judgeSubject(
  ruleset: Ruleset,
  indicators: readonly Indicator[],
  facts: FactSet,
  kind: SubjectKind,
): JudgedRule[] {
  const register = facts['subject.register'];
  const isPortal = register?.state === 'observed' && register.value.isPortal;
  const rules = ruleset.rules.filter(
    (rule) =>
      rule.part !== 'notice' &&
      isAsked(rule) &&
      kindOf(rule) === kind &&
      (rule.object !== 'portal' || isPortal),
  );
  return judgeRules(ruleset, indicators, facts, rules);
}

/**
 * The guideline checks (规范提示) of one site under the notice rules that are on. They are worked out when somebody looks, and kept
 * nowhere: so no verdict, score, review or bulletin can count them.
 */
export function judgeNotices(
  ruleset: Ruleset,
  indicators: readonly Indicator[],
  facts: FactSet,
): JudgedRule[] {
  const rules = ruleset.rules.filter((rule) => rule.part === 'notice' && isAsked(rule));
  return judgeRules(ruleset, indicators, facts, rules);
}

const isAsked = (rule: Rule): boolean => rule.enabled && rule.judgedBy === 'machine';

function judgeRules(
  ruleset: Ruleset,
  indicators: readonly Indicator[],
  facts: FactSet,
  rules: readonly Rule[],
): JudgedRule[] {
  return rules.map((rule) => {
    const indicator = indicators.find((candidate) => candidate.id === rule.id);
    invariant(indicator, `规则集启用了 ${rule.id}，但没有这个指标`);
    return {
      ruleId: rule.id,
      judgement: indicator.judge(
        declaredFacts(facts, indicator.needs),
        parametersOf(ruleset, indicator, rule),
      ),
    };
  });
}

/** Portal rules are about sites. */
export function kindOf(rule: Rule): SubjectKind {
  return rule.object === 'new-media' ? 'account' : 'site';
}

function declaredFacts(facts: FactSet, needs: readonly FactKey[]): FactSet {
  return Object.fromEntries(
    needs.flatMap((key) => (facts[key] === undefined ? [] : [[key, facts[key]]])),
  ) as FactSet;
}

/** From the ruleset: the rule's own numbers, those it shares with another rule (`of`) from that one; else the defaults. */
function parametersOf(ruleset: Ruleset, indicator: Indicator, rule: Rule): Record<string, number> {
  return Object.fromEntries(
    Object.entries(indicator.parameters).map(([name, spec]) => {
      const owner =
        spec.of === undefined ? rule : ruleset.rules.find((each) => each.id === spec.of);
      return [name, owner?.parameters[name] ?? spec.default];
    }),
  );
}
