import type { TextSeverity } from '../../domain/facts/text-facts.ts';

/** What a check suspects, before exemptions and overlaps are settled. Offsets are units of the readable text. */
export interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly suggestion: string;
  readonly class: string;
  readonly severity: TextSeverity;
  /** 0–1. */
  readonly confidence: number;
  readonly rule: string;
  /** Chinese, for people. */
  readonly reason: string;
}
