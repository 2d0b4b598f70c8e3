import type { Rule } from '../domain/ruleset.ts';
import type { SubjectKind } from '../domain/subject.ts';

/** A rule that a city may name, by the words that it goes by. */
export interface RuleName {
  readonly id: string;
  readonly kind: SubjectKind;
  /** As bulletins print it. */
  readonly label: string;
}

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s“”"，,。]/g, '')
    .toLowerCase();
const kindOf = ({ object }: Rule): SubjectKind => (object === 'new-media' ? 'account' : 'site');

/** The rules of a round that enter bulletins, vetoes first: what its self-check can be compared by. */
export function ruleNames(rules: readonly Rule[]): RuleName[] {
  const wanted = rules.filter(({ part }) => part === 'veto' || part === 'deduct');
  return [...wanted]
    .sort((a, b) => Number(a.part === 'deduct') - Number(b.part === 'deduct'))
    .map((rule) => ({ id: rule.id, kind: kindOf(rule), label: rule.printedLabel }));
}

/** Finds the rule that words mean: its id, or its name where one rule only bears it. Null: the words stay words. */
export function ruleReader(
  rules: readonly Rule[],
): (kind: SubjectKind, text: string) => string | null {
  const found = new Map<string, Set<string>>();
  const put = (key: string, id: string): void => {
    found.set(key, (found.get(key) ?? new Set()).add(id));
  };
  for (const { id, kind, label } of ruleNames(rules)) {
    const rule = rules.find((each) => each.id === id)!;
    put(`${kind} ${fold(id)}`, id);
    for (const name of new Set([label, rule.label ?? '', rule.shortName].map(fold)))
      if (name !== '') put(`${kind} ${name}`, id);
  }
  return (kind, text) => {
    const ids = found.get(`${kind} ${fold(text)}`);
    return ids?.size === 1 ? [...ids][0]! : null;
  };
}
