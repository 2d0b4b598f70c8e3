/** How a ruleset prints percentages (bulletin-form §4). */
export interface PercentStyle {
  readonly decimals: 0 | 1 | 2;
  readonly rounding: 'half-up' | 'truncate';
  readonly zero: string;
  readonly hundred: string;
  readonly nothingChecked: string;
}

export type RuleConfidence = 'verified-2plus' | 'verified-1' | 'recall-unverified';

/** One rule of a resolved ruleset: a sub-rule, or an entry that has none. */
export interface Rule {
  /** Sub-rule id, else entry id. */
  readonly id: string;
  readonly entryId: string;
  /** `notice` (规范提示) only tells the site's people: it enters no verdict, no score, no review and no bulletin. */
  readonly part: 'veto' | 'deduct' | 'bonus' | 'notice';
  readonly object: 'site' | 'new-media' | 'portal';
  /** 指标名 of the entry. */
  readonly shortName: string;
  /** Sub-rule label of the standard; null when the entry has none. */
  readonly label: string | null;
  /** Label as bulletins of this ruleset print it. */
  readonly printedLabel: string;
  readonly confidence: RuleConfidence;
  readonly enabled: boolean;
  /** Why it is off (待核 …) or was switched on against the national default. */
  readonly reason: string;
  /** `machine` = an indicator judges it; `person` = entered as a finding with evidence. */
  readonly judgedBy: 'machine' | 'person';
  readonly parameters: Readonly<Record<string, number>>;
}

/** A ruleset after its base has been applied; `hash` = SHA-256 of its canonical JSON. */
export interface Ruleset {
  readonly id: string;
  readonly title: string;
  /** Absent: 1, the shipped file. Not a part of the hash, which speaks of the content alone. */
  readonly version?: number;
  readonly hash: string;
  readonly percent: PercentStyle;
  /** In the standard's order: the order in which problems are printed. */
  readonly rules: readonly Rule[];
}
