import type { KindSource, StandardKind } from '../../domain/facts/structure-facts.ts';
import { type KindVote, TELLING } from './kind-vote.ts';

export interface CombinedKind {
  readonly kind: StandardKind;
  readonly confidence: number;
  readonly sources: readonly KindSource[];
}

/** Signs that agree add to the strongest one; no sum of signs is as sure as a person. */
const AGREEMENT = 6;
const SUREST = 98;
/** A sure name is taken at its word: what its content says against it is an oddity, not another kind. */
const SURE_NAME = 80;
/** Signs against the chosen kind take off so much of their weight. */
const DOUBT = 0.15;

/**
 * One kind out of several signs. A person's word stands alone. A telling name decides; a name that says little leaves it to the
 * content, then to the address, then to what the section stands under.
 */
export function combineKind(votes: readonly KindVote[]): CombinedKind {
  const person = votes.find(({ from }) => from === 'person');
  if (person) return { kind: person.kind, confidence: 100, sources: ['person'] };
  const name = votes.find(({ from }) => from === 'name');
  const kind = name && name.weight >= SURE_NAME ? name.kind : strongest(votes);
  const agreeing = votes
    .filter((vote) => vote.kind === kind)
    .sort((one, other) => other.weight - one.weight);
  const [best, ...more] = agreeing;
  if (!best) return { kind: 'list', confidence: 0, sources: [] };
  const against = Math.max(
    0,
    ...votes.filter((vote) => vote.kind !== kind && vote.weight >= TELLING).map((v) => v.weight),
  );
  const confidence = best.weight + more.length * AGREEMENT - against * DOUBT;
  return {
    kind,
    confidence: Math.round(Math.max(0, Math.min(SUREST, confidence))),
    sources: agreeing.map(({ from }) => from),
  };
}

/** The kind with the greatest sum of weights; how a page is built (`list`, `page`) only when nothing says what it is for. */
function strongest(votes: readonly KindVote[]): StandardKind {
  const sums = new Map<StandardKind, number>();
  for (const { kind, weight } of votes) sums.set(kind, (sums.get(kind) ?? 0) + weight);
  const telling = [...sums].filter(([kind]) => kind !== 'list' && kind !== 'page');
  const [best] = (telling.length > 0 ? telling : [...sums]).sort(([, a], [, b]) => b - a);
  return best?.[0] ?? 'list';
}
