import { readFileSync } from 'node:fs';
import { resolveRuleset } from '../../../domain/resolve-ruleset.ts';
import type { SubjectKind } from '../../../domain/subject.ts';
import { ruleByLabel } from '../../../scoring/index.ts';

const RULESETS = new URL('../../../../rulesets/', import.meta.url);

// Labels of the standard, and as the founding document prints them.
const ruleset = resolveRuleset(
  ['national-2019', 'hunan-2020'].map(
    (id) => JSON.parse(readFileSync(new URL(`${id}.json`, RULESETS), 'utf8')) as unknown,
  ),
);

/** Sub-rule ids of a subject's problems, by short name, label or id, each once; what cannot be planted goes to `complaints`. */
export function rulesOf(
  kind: SubjectKind,
  { name, problems }: { readonly name: string; readonly problems: readonly string[] },
  complaints: string[],
): string[] {
  const rules = problems.flatMap((problem) => {
    const id = ruleByLabel(ruleset, kind, problem);
    const rule = ruleset.rules.find((each) => each.id === id);
    if (!rule) complaints.push(`“${name}”：不认识的问题“${problem}”`);
    else if (rule.judgedBy === 'person') {
      complaints.push(`“${name}”：“${problem}”要由人认定并录入，模拟的网站和账号显示不出来`);
    } else return [rule.id];
    return [];
  });
  return [...new Set(rules)];
}

/** The standard's label of a sub-rule, as bulletins of the founding document's kind print it. */
export function labelOf(ruleId: string): string {
  return ruleset.rules.find((rule) => rule.id === ruleId)?.printedLabel ?? ruleId;
}

/** Sub-rules of one kind that a machine can see. */
export function plantableRules(kind: SubjectKind): string[] {
  const prefix = kind === 'site' ? 'site.veto.' : 'media.veto.';
  return ruleset.rules
    .filter((rule) => rule.judgedBy === 'machine' && rule.id.startsWith(prefix))
    .map((rule) => rule.id);
}
