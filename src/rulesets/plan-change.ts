import type { Indicator } from '../domain/indicator.ts';
import { resolveRuleset } from '../domain/resolve-ruleset.ts';
import type { Rule, Ruleset } from '../domain/ruleset.ts';
import { UserError } from '../lib/pure/errors.ts';
import { asFile } from './load-ruleset.ts';
import { parametersOf } from './parameter-limits.ts';

/** What one rule becomes; what is absent stays. */
export interface RuleChange {
  readonly ruleId: string;
  readonly isOn?: boolean | undefined;
  readonly parameters?: Readonly<Record<string, number>> | undefined;
  /** The office's word that it knows a rule whose source nobody has seen (待核) and wants it all the same. */
  readonly confirmsUnverified?: true | undefined;
}

export interface ChangeInput {
  readonly changes: readonly RuleChange[];
  readonly reason: string;
}

/** A rule whose source was not seen; the office confirms it or leaves it off (DESIGN law 4). */
export function isUnverified({ confidence, reason }: Rule): boolean {
  return confidence === 'recall-unverified' || reason.startsWith('待核');
}

/**
 * The ruleset that a change gives. Pure; throws {@link UserError} `ruleset.no-such-rule`, `ruleset.change`, `ruleset.parameter`,
 * `ruleset.unverified`, `ruleset.not-scored`, `ruleset.no-indicator` or `ruleset.unchanged`.
 */
export function planChange(
  base: Ruleset,
  { changes, reason }: ChangeInput,
  indicators: readonly Indicator[],
): Ruleset {
  const seen = new Set<string>();
  for (const change of changes) {
    if (seen.has(change.ruleId))
      throw new UserError('ruleset.change', `${change.ruleId} 写了两次。`, { field: 'changes' });
    seen.add(change.ruleId);
    checkChange(base, change, indicators);
  }
  const file = {
    id: base.id,
    title: base.title,
    source: reason,
    changes: changes.map(({ ruleId, isOn, parameters }) => ({
      id: ruleId,
      ...(isOn === undefined || isOn === ruleOf(base, ruleId).enabled
        ? {}
        : { enabled: isOn, reason }),
      ...(parameters === undefined ? {} : { parameters: { ...parameters } }),
    })),
  };
  const changed = resolveRuleset([asFile(base), file]);
  if (changed.hash === base.hash)
    throw new UserError('ruleset.unchanged', '与当前版本没有不同，没有生成新版本。', {
      family: 'state',
    });
  return changed;
}

function ruleOf(base: Ruleset, ruleId: string): Rule {
  const rule = base.rules.find(({ id }) => id === ruleId);
  if (!rule)
    throw new UserError('ruleset.no-such-rule', `规则集 ${base.id} 没有 ${ruleId} 这条规则。`, {
      field: 'changes',
    });
  return rule;
}

function checkChange(base: Ruleset, change: RuleChange, indicators: readonly Indicator[]): void {
  const rule = ruleOf(base, change.ruleId);
  const indicator = indicators.find(({ id }) => id === rule.id);
  checkParameters(base, rule, indicator, change.parameters ?? {});
  if (change.isOn !== true || rule.enabled) return;
  if (rule.part === 'deduct' || rule.part === 'bonus')
    throw new UserError(
      'ruleset.not-scored',
      `“${rule.printedLabel}”是扣分或加分指标，分值待核，本版本还不计分；启用后会被当作单项否决，所以不能启用。`,
      { family: 'state', field: 'changes' },
    );
  if (rule.judgedBy === 'machine' && !indicator)
    throw new UserError(
      'ruleset.no-indicator',
      `“${rule.printedLabel}”由系统判定，但本版本没有这个指标，不能启用。`,
      { family: 'state', field: 'changes' },
    );
  if (isUnverified(rule) && change.confirmsUnverified !== true)
    throw new UserError(
      'ruleset.unverified',
      `“${rule.printedLabel}”待核（${rule.reason}）。确认要启用，请核对原文后写明依据，并勾选“已知待核”（confirmsUnverified）。`,
      { field: 'changes' },
    );
}

function checkParameters(
  base: Ruleset,
  rule: Rule,
  indicator: Indicator | undefined,
  given: Readonly<Record<string, number>>,
): void {
  const known = new Map(
    parametersOf(base, indicator, rule.id).map((parameter) => [parameter.name, parameter]),
  );
  const wrong = Object.entries(given).flatMap(([name, value]) => {
    const parameter = known.get(name);
    if (!parameter) return [`${rule.id} 没有 ${name} 这个参数`];
    if (parameter.of !== null) return [`${name} 是 ${parameter.of} 的参数，请在那条规则里改`];
    const { min, max, unit, why } = parameter;
    if (Number.isSafeInteger(value) && value >= min && value <= max) return [];
    return [`${name}（${why}）要是 ${min} 到 ${max} 的整数，单位${unit}；写的是 ${value}`];
  });
  if (wrong.length > 0)
    throw new UserError('ruleset.parameter', `“${rule.printedLabel}”的参数不对。`, {
      field: 'changes',
      details: wrong,
    });
}
