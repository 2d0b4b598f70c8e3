import type { Evidence, Judgement } from '../../domain/finding.ts';
import { breached } from './evidence.ts';
import { ANY_NUMBER } from './judge-portal.ts';

type Breach = Extract<Judgement, { status: 'breached' }>;
type Open = Extract<Judgement, { status: 'undetermined' }>;

/**
 * Several halves of one scored rule as one judgement: what was seen in either is charged, what could not be seen in either leaves
 * more to come. Not applicable only when every half is.
 */
export function joinJudgements(halves: readonly Judgement[]): Judgement {
  const exempt = halves.find(({ status }) => status === 'notApplicable');
  if (exempt && halves.every(({ status }) => status === 'notApplicable')) return exempt;
  const breaches = halves.filter((half): half is Breach => half.status === 'breached');
  const open = halves.filter((half): half is Open => half.status === 'undetermined');
  const unseen = Math.min(
    ANY_NUMBER,
    breaches.reduce((sum, half) => sum + (half.unseen ?? 0), 0) +
      open.reduce((sum, half) => sum + (half.atMost ?? ANY_NUMBER), 0),
  );
  const [first, ...rest] = breaches.flatMap((half): readonly Evidence[] => half.evidence);
  if (first) {
    const occurrences = breaches.reduce((sum, half) => sum + half.occurrences, 0);
    const notes = [
      ...breaches.flatMap(({ note }) => note ?? []),
      ...open.map(({ reason }) => reason),
    ];
    const places = [...new Set(breaches.flatMap((half) => half.places ?? []))];
    return {
      ...(breached(
        occurrences,
        [first, ...rest],
        notes.length === 0 ? undefined : notes.join('；'),
      ) as Breach),
      ...(places.length === 0 ? {} : { places }),
      ...(unseen === 0 ? {} : { unseen }),
    };
  }
  if (open.length === 0) return halves.find(({ status }) => status === 'met') ?? { status: 'met' };
  return {
    status: 'undetermined',
    reason: open.map(({ reason }) => reason).join('；'),
    missing: [...new Set(open.flatMap(({ missing }) => missing))],
    ...(unseen >= ANY_NUMBER ? {} : { atMost: unseen }),
  };
}
