import type { Instant } from '../lib/pure/dates.ts';
import type { Score } from './score.ts';

/** A pointer that can be reopened; `excerpt` ≤ 200 characters. */
export interface Evidence {
  readonly factId: string;
  /** SHA-256 (hex) of the archived bytes, when there are any. */
  readonly snapshot: string | null;
  /** URL, selector, feed item or `probe:<scheduledAt>`. */
  readonly locator: string;
  readonly excerpt: string;
  readonly capturedAt: Instant;
}

/**
 * What an indicator says of one sub-rule. It counts occurrences; it knows no points. Of a bonus, `breached` (成立) says that it is
 * earned: it asks for the same evidence and the same review as a problem.
 */
export type Judgement =
  | { readonly status: 'met'; readonly note?: string }
  | {
      readonly status: 'breached';
      readonly occurrences: number;
      readonly evidence: readonly [Evidence, ...Evidence[]];
      readonly note?: string;
      /** What each occurrence is about (a section's URL), at most 500: the same place is not charged under two entries. */
      readonly places?: readonly string[];
      /** How many more occurrences there could be among what was not seen; absent = none. Only scores ask. */
      readonly unseen?: number;
    }
  | { readonly status: 'notApplicable'; readonly reason: string }
  /** Goes to a person, never to a bulletin. `missing` names the facts that would settle it. */
  | {
      readonly status: 'undetermined';
      readonly reason: string;
      readonly missing: readonly string[];
      /** How many occurrences there can be at most; absent = nobody knows. Only scores ask. */
      readonly atMost?: number;
      /** What the machine suspects, for the person who decides; absent = it has nothing to show. */
      readonly evidence?: readonly [Evidence, ...Evidence[]];
    };

/** What a judgement points at: of a breach what proves it, of an undetermined one what a person should look at. */
export function evidenceIn(judgement: Judgement): readonly Evidence[] {
  return 'evidence' in judgement ? (judgement.evidence ?? []) : [];
}

/**
 * Where a finding stands in review. `once`: confirmed by one of the two persons that it needs. `cannotJudge`: a person looked and
 * could not tell; the bulletin treats it as undetermined. `waived`: accepted wholesale at freezing, with a reason.
 */
export type ReviewState = 'open' | 'once' | 'confirmed' | 'rejected' | 'cannotJudge' | 'waived';

/** A judgement of one subject under one rule in one round. */
export interface Finding {
  readonly subjectId: number;
  /** Sub-rule id of the standard, or the entry id when it has none. */
  readonly ruleId: string;
  readonly judgement: Judgement;
  /** `machine`, or the name of the person who entered it. */
  readonly source: string;
  readonly review: ReviewState;
}

/** A verdict: pure function of ruleset and findings. */
export type Verdict =
  | { readonly kind: 'vetoed'; readonly rules: readonly string[] }
  | { readonly kind: 'passed' }
  /**
   * A portal without veto. `centipoints` is what was proven: nothing is taken away, and no bonus granted, for what is undetermined.
   * `passes` = not below 60, whatever the undetermined turns out to be.
   */
  | {
      readonly kind: 'scored';
      readonly centipoints: number;
      readonly passes: boolean;
      readonly score: Score;
    }
  /** `score` when it is a portal whose range crosses a line. */
  | { readonly kind: 'inconclusive'; readonly rules: readonly string[]; readonly score?: Score };
