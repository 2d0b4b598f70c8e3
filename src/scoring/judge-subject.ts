import type { FactKey, FactSet } from '../domain/fact.ts';
import { evidenceIn, type Judgement } from '../domain/finding.ts';
import type { Indicator } from '../domain/indicator.ts';
import type { Rule, Ruleset } from '../domain/ruleset.ts';
import type { SubjectKind } from '../domain/subject.ts';
import { invariant } from '../lib/pure/errors.ts';
import { excusedNotice } from './excused-notice.ts';

/** A judgement of one rule, not yet a stored finding. */
interface JudgedRule {
  readonly ruleId: string;
  readonly judgement: Judgement;
}

/**
 * Judges one subject under every enabled, machine-judged rule of its kind, in the ruleset's order; a portal's rules only where
 * the register says that it is one. An indicator gets only the facts that it declared. Of a rule that people judge it says what an
 * advising indicator has to show them.
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
      (isAsked(rule) || isAdvised(rule, indicators)) &&
      kindOf(rule) === kind &&
      (rule.object !== 'portal' || isPortal),
  );
  const personal = new Set(rules.filter((rule) => !isAsked(rule)).map(({ id }) => id));
  return judgeRules(ruleset, indicators, facts, rules).filter(
    ({ ruleId, judgement }) => !personal.has(ruleId) || hasToShow(judgement),
  );
}

const isAdvised = (rule: Rule, indicators: readonly Indicator[]): boolean =>
  rule.enabled && indicators.some(({ id, advises }) => id === rule.id && advises === true);

/** That all was looked at without a suspicion, or what is suspected. Not having looked is no finding: nobody asked the machine. */
function hasToShow(judgement: Judgement): boolean {
  invariant(judgement.status !== 'breached', '由人判定的问题，系统不能判为成立');
  return judgement.status === 'met' || evidenceIn(judgement).length > 0;
}

/**
 * The guideline checks (规范提示) of one subject under the notice rules that are on. They are worked out when somebody looks, and kept
 * nowhere: so no verdict, score, review or bulletin can count them.
 */
export function judgeNotices(
  ruleset: Ruleset,
  indicators: readonly Indicator[],
  facts: FactSet,
  kind: SubjectKind,
): JudgedRule[] {
  const rules = ruleset.rules.filter(
    (rule) => rule.part === 'notice' && isAsked(rule) && kindOf(rule) === kind,
  );
  return judgeRules(ruleset, indicators, facts, rules).map(({ ruleId, judgement }) => {
    const indicator = indicators.find(({ id }) => id === ruleId);
    invariant(indicator, `没有 ${ruleId} 这个指标`);
    return { ruleId, judgement: excusedNotice(indicator, facts, judgement) };
  });
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
