import type { FactKey, FactSet } from './fact.ts';
import type { Judgement } from './finding.ts';
import type { SubjectKind } from './subject.ts';

/** A tunable number of an indicator, with its unit and the default of the standard. */
export interface ParameterSpec {
  readonly unit: string;
  readonly default: number;
  readonly why: string;
  /** Id of the rule whose parameter of this name is meant: one number of the ruleset, read by several rules. */
  readonly of?: string;
}

export type Parameters<P extends Record<string, ParameterSpec>> = {
  readonly [K in keyof P]: number;
};

/** The part of the facts that an indicator declared; reading another key is a type error, and throws in tests. */
export type NeededFacts<K extends FactKey> = Pick<FactSet, K>;

/**
 * One rule of the standard that a machine can judge. `id` = `site.veto.` or `media.veto.` + file name.
 * `judge` is pure: no network, clock, disk or randomness; same facts, same answer.
 */
export interface Indicator<
  K extends FactKey = FactKey,
  P extends Record<string, ParameterSpec> = Record<string, ParameterSpec>,
> {
  readonly id: string;
  /** Source clause, e.g. `国办秘函〔2019〕19号 检查指标 第一部分`. */
  readonly clause: string;
  /** Chinese titles for either outcome. */
  readonly title: { readonly met: string; readonly breached: string };
  /**
   * True where only people judge the rule (`judgedBy: person`), and the machine shows them what it suspects. Such an indicator never
   * says `breached`; `judgeSubject` leaves out what it says without evidence, for then it knows no more than the rule itself.
   */
  readonly advises?: true;
  readonly kind: 'veto' | 'deduction' | 'bonus' | 'notice';
  readonly appliesTo: SubjectKind;
  readonly needs: readonly K[];
  readonly parameters: P;
  judge(facts: NeededFacts<K>, parameters: Parameters<P>): Judgement;
}

/** Keeps the key and parameter types of an indicator while it is written. */
export function defineIndicator<
  const K extends FactKey,
  const P extends Record<string, ParameterSpec>,
>(indicator: Indicator<K, P>): Indicator<K, P> {
  return indicator;
}
