import type { Instant } from '../lib/pure/dates.ts';

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

/** What an indicator says of one sub-rule. It counts occurrences; it knows no points. */
export type Judgement =
  | { readonly status: 'met'; readonly note?: string }
  | {
      readonly status: 'breached';
      readonly occurrences: number;
      readonly evidence: readonly [Evidence, ...Evidence[]];
      readonly note?: string;
    }
  | { readonly status: 'notApplicable'; readonly reason: string }
  /** Goes to a person, never to a bulletin. `missing` names the facts that would settle it. */
  | {
      readonly status: 'undetermined';
      readonly reason: string;
      readonly missing: readonly string[];
    };

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
  | { readonly kind: 'scored'; readonly centipoints: number }
  | { readonly kind: 'inconclusive'; readonly rules: readonly string[] };
