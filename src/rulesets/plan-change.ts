import type { Indicator } from '../domain/indicator.ts';
import { resolveRuleset } from '../domain/resolve-ruleset.ts';
import { isScored, type Rule, type Ruleset } from '../domain/ruleset.ts';
import { UserError } from '../lib/pure/errors.ts';
import { asFile } from './load-ruleset.ts';
import { parametersOf } from './parameter-limits.ts';

/** What one rule becomes; what is absent stays. */
export interface RuleChange {
  readonly ruleId: string;
  readonly isOn?: boolean | undefined;
  readonly parameters?: Readonly<Record<string, number>> | undefined;
  /** Centipoints for each occurrence; null = 待核. Scored rules only. */
  readonly points?: number | null | undefined;
  /** Centipoints of the whole entry (该项总分值): it becomes the cap of all its rules. */
  readonly cap?: number | null | undefined;
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
 * `ruleset.points`, `ruleset.unverified`, `ruleset.no-indicator` or `ruleset.unchanged`.
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
  checkPoints(base, changes);
  const file = {
    id: base.id,
    title: base.title,
    source: reason,
    changes: changes.map(({ ruleId, isOn, parameters, points, cap }) => ({
      id: ruleId,
      ...(isOn === undefined || isOn === ruleOf(base, ruleId).enabled
        ? {}
        : { enabled: isOn, reason }),
      ...(parameters === undefined ? {} : { parameters: { ...parameters } }),
      ...(points === undefined ? {} : { points }),
      ...(cap === undefined ? {} : { cap }),
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

/** What a rule or an entry is worth at most: the whole of part two. */
const POINTS_MAX = 10_000;

/** Points belong to scored rules, are whole centipoints, and stand before their rule is switched on, with the cap of its entry. */
function checkPoints(base: Ruleset, changes: readonly RuleChange[]): void {
  const caps = new Map<string, number | null>();
  for (const { ruleId, points, cap } of changes) {
    const rule = ruleOf(base, ruleId);
    const { printedLabel, entryId } = rule;
    const refuse = (words: string): never => refusePoints(printedLabel, words);
    if (!isScored(rule) && (points !== undefined || cap !== undefined))
      refuse('不计分，没有分值。');
    for (const value of [points, cap])
      if (typeof value === 'number' && !isWorth(value))
        refuse(`的分值要在 0.01 分到 100 分之间，最小到百分之一分。`);
    if (cap === undefined) continue;
    if (caps.has(entryId) && caps.get(entryId) !== cap) refuse('所在的指标写了两个不同的总分值。');
    caps.set(entryId, cap);
  }
  const changed = new Map(changes.map((change) => [change.ruleId, change]));
  for (const rule of base.rules) {
    const change = changed.get(rule.id);
    if (!isScored(rule) || !(change?.isOn ?? rule.enabled)) continue;
    const points = change?.points === undefined ? (rule.points ?? null) : change.points;
    const cap = caps.has(rule.entryId) ? caps.get(rule.entryId) : (rule.cap ?? null);
    if (points === null || cap === null)
      refusePoints(rule.printedLabel, '要启用，先写明每处分值和该项总分值（核对原文之后）。');
  }
}

const isWorth = (centipoints: number): boolean =>
  Number.isSafeInteger(centipoints) && centipoints >= 1 && centipoints <= POINTS_MAX;

function refusePoints(printedLabel: string, words: string): never {
  throw new UserError('ruleset.points', `“${printedLabel}”${words}`, { field: 'changes' });
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
