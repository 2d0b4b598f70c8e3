import type { Ruleset } from '../domain/ruleset.ts';
import type { SubjectKind } from '../domain/subject.ts';
import { kindOf } from './judge-subject.ts';

/** What a bare short name of an entry with several sub-rules means (command contract, case file). */
const SHORT_NAMES: Readonly<Record<SubjectKind, Readonly<Record<string, string>>>> = {
  site: {
    栏目不更新: 'site.veto.column-stale.key',
    互动回应差: 'site.veto.interaction.no-channel',
    服务不实用: 'site.veto.service.none',
  },
  account: { 内容不更新: 'media.veto.stale.two-weeks', 互动回应差: 'media.veto.interaction.none' },
};

/** Labels as people type them: half-width or full-width signs, digits and letters, and any spaces, are the same label. */
const fold = (label: string): string => label.normalize('NFKC').replace(/\s+/g, '');

/** The sub-rule that a bulletin's words name: id, printed label, label of the standard, or short name; null when none does. */
export function ruleByLabel(ruleset: Ruleset, kind: SubjectKind, text: string): string | null {
  const words = fold(text);
  const names = (label: string | null): boolean => label !== null && fold(label) === words;
  const rules = ruleset.rules.filter((rule) => kindOf(rule) === kind && rule.part === 'veto');
  const exact = rules.find(
    (rule) => rule.id === words || names(rule.printedLabel) || names(rule.label),
  );
  if (exact) return exact.id;
  return SHORT_NAMES[kind][words] ?? rules.find((rule) => names(rule.shortName))?.id ?? null;
}
