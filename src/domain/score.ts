/**
 * The score of a portal (国办秘函〔2019〕19号 第二、三部分): integers only, centipoints (1 分 = 100). While something is undetermined
 * a number is a range; `lowest` supposes the worst of what could not be seen, `highest` the best.
 */
export interface PointRange {
  readonly lowest: number;
  readonly highest: number;
}

/**
 * What became of one rule. `counted`: breached and charged (or granted); `clear`: nothing found, also where a person judges and
 * entered nothing; `undetermined`: nobody could tell; `notApplicable`: the rule does not ask this site; `off`: the ruleset left
 * it off (待核), so it counts for nothing.
 */
export type ScoreLineState = 'counted' | 'clear' | 'undetermined' | 'notApplicable' | 'off';

/** One rule inside an entry (指标). */
export interface ScoreLine {
  readonly ruleId: string;
  readonly state: ScoreLineState;
  /** Centipoints for each occurrence; null = 待核. */
  readonly points: number | null;
  /** Occurrences that count here. */
  readonly occurrences: number;
  /** Occurrences left out because another entry counted the same place (已在其他指标扣过的不重复扣). */
  readonly countedElsewhere: number;
  /** How many more there could be; null = any number, up to the cap. 0 where everything was seen. */
  readonly unseen: number | null;
}

/** One entry (指标) with its cap: 每项扣分之和不超过该项总分值. */
export interface ScoreEntry {
  readonly entryId: string;
  readonly part: 'deduct' | 'bonus';
  /** 一级指标 of the entry: 发布解读, 办事服务 …; '' when the ruleset does not say. */
  readonly group: string;
  /** Centipoints; null = 待核 (then the entry is off). */
  readonly cap: number | null;
  /** Centipoints taken away or granted, after the cap. */
  readonly counted: PointRange;
  readonly lines: readonly ScoreLine[];
}

export interface Score {
  /** Part two plus part three where that is open, centipoints. */
  readonly total: PointRange;
  /** Part two: of 100, or of 75 × 4/3 for a State Council department without outward service. */
  readonly deduction: PointRange & { readonly isScaled: boolean };
  /** Part three counts only above 80 of part two. `maybe`: that depends on what is undetermined. */
  readonly bonus: PointRange & { readonly isOpen: 'yes' | 'no' | 'maybe' };
  readonly failBelow: number;
  readonly bonusAbove: number;
  /** Every entry of parts two and three in the ruleset's order, those that are off among them. */
  readonly entries: readonly ScoreEntry[];
}
