/** What an account's communication is measured by over a period; counts of the posts that were published in it. */
export const MEASURES = [
  ...(['posts', 'originalPosts'] as const),
  ...(['reads', 'recommends', 'likes', 'comments', 'shares'] as const),
  ...(['headlineReads', 'headlineRecommends', 'headlineLikes', 'headlineShares'] as const),
  ...(['maxReads', 'maxRecommends', 'maxLikes', 'maxShares'] as const),
  ...(['originalComments', 'originalShares'] as const),
  ...(['followers', 'newFollowers'] as const),
] as const;
export type Measure = (typeof MEASURES)[number];

/** One addend of a group: `weight · ln(times · x + 1)`. */
export interface IndexTerm {
  readonly measure: Measure;
  readonly times: number;
  readonly weight: number;
}

/** Addends that are measured in the same way and weighted together. */
export interface IndexGroup {
  readonly id: string;
  /** Chinese. */
  readonly title: string;
  readonly weight: number;
  /** What each measure is divided by; without a single post, what is per post is 0. */
  readonly per: 'period' | 'day' | 'post';
  readonly terms: readonly IndexTerm[];
}

/** How sure we are of a formula's published weights. */
export type Confidence = 'high' | 'medium' | 'low';

/**
 * A communication index (传播参考指数) as data: `scale · (Σ group weight · Σ term weight · ln(times · x + 1)) ^ power`. All published
 * families have this form (analytics-methods §1), so a new version is other numbers, never other code. Titles never bear a
 * vendor's trade name: its use needs a licence (§0.1).
 */
export interface IndexFormula {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** Platforms, as registers name them, for which it is meant. */
  readonly platforms: readonly string[];
  readonly confidence: Confidence;
  /** Chinese: where the weights come from and what is doubtful. */
  readonly note: string;
  readonly scale: number;
  readonly power: 1 | 2;
  readonly groups: readonly IndexGroup[];
}
