import type { Rule, Ruleset } from '../domain/ruleset.ts';

/** Ids of the rules of some parts: a breach of part one fails a subject, one of part two costs points, one of part three earns them. */
export function idsOfParts(
  { rules }: Pick<Ruleset, 'rules'>,
  ...parts: readonly Rule['part'][]
): ReadonlySet<string> {
  return new Set(rules.filter(({ part }) => parts.includes(part)).map(({ id }) => id));
}
