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
  /** 一级指标 of a scored rule: 发布解读, 办事服务 …; absent for vetoes, and in versions made before scores. */
  readonly group?: string | undefined;
  /** Centipoints for each occurrence of a scored rule; null or absent = 待核. */
  readonly points?: number | null | undefined;
  /** Centipoints that its entry takes or gives at most (该项总分值), the same in all rules of an entry; null or absent = 待核. */
  readonly cap?: number | null | undefined;
  /** 其他栏目: places that other entries counted are not counted again here. */
  readonly residual?: true | undefined;
}

/** Whether a rule takes or gives points: parts two and three. */
export function isScored({ part }: Pick<Rule, 'part'>): boolean {
  return part === 'deduct' || part === 'bonus';
}

/** The lines of a score, centipoints (国办秘函〔2019〕19号: 100, 60, 80, 30, and 75 × 4/3). */
export interface ScoreScale {
  readonly full: number;
  /** Less fails; just as many passes. */
  readonly failBelow: number;
  /** More opens part three; just as many do not. */
  readonly bonusAbove: number;
  readonly bonusFull: number;
  /** The group that is not asked of a State Council department without outward service, and what it is worth. */
  readonly serviceGroup: string;
  readonly serviceFull: number;
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
  /** Absent in versions made before scores: then the standard's own. */
  readonly scale?: ScoreScale | undefined;
}
