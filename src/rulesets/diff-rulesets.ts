import { canonicalJson } from '../domain/resolve-ruleset.ts';
import type { Rule, Ruleset } from '../domain/ruleset.ts';
import { STANDARD_SCALE } from '../scoring/index.ts';

interface Change<Value> {
  readonly from: Value;
  readonly to: Value;
}

export interface RuleDiff {
  readonly ruleId: string;
  readonly printedLabel: string;
  /** Null where nothing changed. A rule that one side does not have is off there. */
  readonly isOn: Change<boolean> | null;
  readonly label: Change<string> | null;
  readonly parameters: readonly (Change<number | null> & { readonly name: string })[];
  readonly reason: Change<string> | null;
  /** Centipoints for each occurrence, and of the whole entry; null inside = 待核. */
  readonly points: Change<number | null> | null;
  readonly cap: Change<number | null> | null;
}

export interface RulesetDiff {
  readonly rules: readonly RuleDiff[];
  /** Whether percentages are printed otherwise (decimals, rounding, words). */
  readonly isPercentChanged: boolean;
  /** Whether the lines of a score differ (满分, 及格线, 加分线). */
  readonly isScaleChanged: boolean;
}

/** What changes from one ruleset to another, in the order of the second. Pure. */
export function diffRulesets(from: Ruleset, to: Ruleset): RulesetDiff {
  const ids = [...new Set([...to.rules, ...from.rules].map(({ id }) => id))];
  const rules = ids.flatMap((id) => {
    const diff = diffRules(find(from, id), find(to, id));
    return diff === null ? [] : [diff];
  });
  return {
    rules,
    isPercentChanged: JSON.stringify(styleOf(from)) !== JSON.stringify(styleOf(to)),
    isScaleChanged: canonicalJson(scaleOf(from)) !== canonicalJson(scaleOf(to)),
  };
}

/** A version made before scores is scored by the standard's own lines. */
const scaleOf = ({ scale }: Ruleset) => scale ?? STANDARD_SCALE;

const find = ({ rules }: Ruleset, id: string): Rule | undefined =>
  rules.find((rule) => rule.id === id);

/** In one order of keys, for jsonb has another. */
const styleOf = ({ percent }: Ruleset) => [
  percent.decimals,
  percent.rounding,
  percent.zero,
  percent.hundred,
  percent.nothingChecked,
];

function diffRules(from: Rule | undefined, to: Rule | undefined): RuleDiff | null {
  const named = to ?? from;
  if (!named) return null;
  const names = Object.keys({ ...from?.parameters, ...to?.parameters });
  const diff: RuleDiff = {
    ruleId: named.id,
    printedLabel: named.printedLabel,
    isOn: changed(from?.enabled ?? false, to?.enabled ?? false),
    label: changed(from?.printedLabel ?? '', to?.printedLabel ?? ''),
    parameters: names.flatMap((name) => {
      const change = changed(from?.parameters[name] ?? null, to?.parameters[name] ?? null);
      return change === null ? [] : [{ name, ...change }];
    }),
    reason: changed(from?.reason ?? '', to?.reason ?? ''),
    points: changed(from?.points ?? null, to?.points ?? null),
    cap: changed(from?.cap ?? null, to?.cap ?? null),
  };
  const { isOn, label, parameters, reason, points, cap } = diff;
  return isOn || label || reason || points || cap || parameters.length > 0 ? diff : null;
}

function changed<Value>(from: Value, to: Value): Change<Value> | null {
  return from === to ? null : { from, to };
}
