import type { Evidence, Judgement } from '../../domain/finding.ts';
import { breached, met, undetermined } from './evidence.ts';

export interface CountedOccurrences {
  /** What was seen to be wrong. */
  readonly certain: readonly Evidence[];
  /** How many more there could be among what was not seen. */
  readonly unknown: number;
  /** Inclusive threshold: so many are a breach. */
  readonly threshold: number;
  /** Chinese: what could not be seen. */
  readonly unknownReason: string;
  readonly missing: readonly string[];
}

/**
 * Interval reasoning: what was seen suffices for a breach, or even the worst of what was not seen cannot reach it (met), or
 * nobody can tell yet.
 */
export function judgeCount({
  certain,
  unknown,
  threshold,
  unknownReason,
  missing,
}: CountedOccurrences): Judgement {
  const [first, ...rest] = certain;
  if (certain.length >= threshold && first) return breached(certain.length, [first, ...rest]);
  if (certain.length + unknown < threshold) return met;
  return undetermined(unknownReason, missing);
}
