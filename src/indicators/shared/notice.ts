import type { FactKey, FactMap, FactSet, RecordedFact } from '../../domain/fact.ts';
import type { Evidence, Judgement } from '../../domain/finding.ts';
import { breached, met, undetermined } from './evidence.ts';

export type Observed<T> = Extract<RecordedFact<T>, { state: 'observed' }>;

/** The fact when it was observed; else what a guideline check says without it. */
export function observedOr<K extends FactKey>(
  facts: FactSet,
  key: K,
  what: string,
): { readonly fact: Observed<FactMap[K]> } | { readonly instead: Judgement } {
  const fact = facts[key] as RecordedFact<FactMap[K]> | undefined;
  if (fact?.state === 'observed') return { fact: fact as Observed<FactMap[K]> };
  const reason = fact?.state === 'unobserved' ? `：${fact.reason}` : '';
  return { instead: undetermined(`没能看到${what}${reason}`, [key]) };
}

/** A notice with as many occurrences as it has evidence, or nothing to notice. */
export function noticed(evidence: readonly Evidence[], note?: string): Judgement {
  const [first, ...rest] = evidence;
  return first === undefined ? met : breached(evidence.length, [first, ...rest], note);
}
