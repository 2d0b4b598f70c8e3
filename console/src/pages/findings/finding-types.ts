import type { RuleClass } from '../rulesets/ruleset-types.ts';
import type { Decision } from './review-queue.ts';

export type FindingStatus = 'breached' | 'undetermined' | 'met' | 'notApplicable';
export type ReviewState = 'open' | 'once' | 'confirmed' | 'rejected' | 'cannotJudge' | 'waived';
export type ContestState = 'open' | 'upheld' | 'dismissed';

export interface FindingItem {
  readonly id: number;
  readonly period: string;
  readonly kind: 'site' | 'account';
  readonly subject: {
    readonly id: number;
    readonly name: string;
    readonly identity: string;
    readonly unitId: number;
    readonly unitName: string;
    readonly printRow: string;
  };
  readonly rule: {
    readonly id: string;
    readonly label: string;
    readonly class: RuleClass;
    readonly unverified: boolean;
  };
  readonly status: FindingStatus;
  readonly review: ReviewState;
  readonly contested: ContestState | null;
  readonly source: string;
  readonly excerpt: string | null;
  readonly reason: string | null;
  readonly confirmations: readonly { readonly by: string; readonly at: string }[];
}

export interface FindingEvidence {
  readonly factId: string;
  /** SHA-256 of the archived bytes; null when there are none. */
  readonly snapshot: string | null;
  readonly locator: string;
  readonly excerpt: string;
  readonly capturedAt: string;
  readonly url: string | null;
  readonly hasScreenshot: boolean;
}

export interface Review {
  readonly decision: Decision;
  readonly reviewer: string;
  readonly note: string | null;
  readonly at: string;
}

export interface Contest {
  readonly id: number;
  readonly by: string;
  readonly unit: string | null;
  readonly text: string;
  readonly at: string;
  readonly state: ContestState;
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: string | null;
}

export interface FindingView extends FindingItem {
  readonly evidence: readonly FindingEvidence[];
  readonly reviews: readonly Review[];
  readonly contests: readonly Contest[];
  readonly howToFix: string;
  readonly clause: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly value: number;
    readonly unit: string;
    readonly why: string;
  }[];
  /** Why this person may not; null when he may. */
  readonly mayReview: string | null;
  readonly mayContest: string | null;
  readonly next: { readonly prevId: number | null; readonly nextId: number | null };
}

/** What is known of one archived answer. */
export interface RecordMeta {
  readonly url: string;
  readonly status: number;
  readonly fetchedAt: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly contentType: string;
  readonly charset: string | null;
  readonly bytes: number;
  readonly kind: 'html' | 'image' | 'text' | 'binary';
}
