import type { Indicator, ParameterSpec } from '../domain/indicator.ts';
import type { Ruleset } from '../domain/ruleset.ts';

/** Whole numbers from `min` to `max`. */
export interface Limits {
  readonly min: number;
  readonly max: number;
}

/**
 * What a number of a unit may be. The lower ends keep a rule from condemning everybody (no blank section, no day without news),
 * the upper ends from never speaking.
 */
const LIMITS: Readonly<Record<string, Limits>> = {
  '%': { min: 1, max: 100 },
  分: { min: 0, max: 100 },
  次: { min: 1, max: 10_000 },
  条: { min: 1, max: 1_000 },
  个: { min: 1, max: 1_000 },
  类: { min: 1, max: 100 },
  种: { min: 0, max: 3 },
  秒: { min: 1, max: 60 },
  天: { min: 1, max: 3_660 },
  工作日: { min: 1, max: 250 },
  月: { min: 1, max: 120 },
};

/** The limits of a declared parameter; null when its unit has none, which a test refuses. */
export function limitsOf({ unit }: ParameterSpec): Limits | null {
  return LIMITS[unit] ?? null;
}

/** A declared parameter with its value in a ruleset. */
export interface ParameterValue extends Limits {
  readonly name: string;
  readonly value: number;
  readonly default: number;
  readonly unit: string;
  readonly why: string;
  /** The rule whose number this is, when it is another's: it is changed there. */
  readonly of: string | null;
}

/** What an indicator reads of a ruleset, in the indicator's order. */
export function parametersOf(
  ruleset: Ruleset,
  indicator: Indicator | undefined,
  ruleId: string,
): ParameterValue[] {
  const valueIn = (id: string, name: string): number | undefined =>
    ruleset.rules.find((rule) => rule.id === id)?.parameters[name];
  return Object.entries(indicator?.parameters ?? {}).map(([name, spec]) => ({
    name,
    value: valueIn(spec.of ?? ruleId, name) ?? spec.default,
    default: spec.default,
    unit: spec.unit,
    why: spec.why,
    of: spec.of ?? null,
    ...(limitsOf(spec) ?? { min: spec.default, max: spec.default }),
  }));
}
