export type RuleClass = 'veto' | 'deduction' | 'bonus' | 'notice';

export interface RuleParameter {
  readonly name: string;
  readonly value: number;
  readonly default: number;
  readonly unit: string;
  readonly why: string;
}

export interface RuleView {
  readonly id: string;
  readonly clause: string;
  readonly title: string;
  readonly printedLabel: string;
  readonly class: RuleClass;
  readonly isOn: boolean;
  readonly isUnverified: boolean;
  readonly object: string;
  readonly parameters: readonly RuleParameter[];
}

export interface RulesetVersion {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly extends: string | null;
  readonly changedBy: string | null;
  readonly changedAt: string | null;
  readonly reason: string | null;
}

export interface RulesetView extends RulesetVersion {
  readonly rules: readonly RuleView[];
}
