import { parameterName } from '../rulesets/parameter-words.ts';
import type { RuleView } from '../rulesets/ruleset-types.ts';

/** What the person typed so far, by rule: only what differs from the version it starts from. Pure. */
export interface RuleEdit {
  readonly isOn?: boolean;
  readonly parameters?: Readonly<Record<string, number>>;
}
export type Edits = Readonly<Record<string, RuleEdit>>;

/** One change as the interface takes it. */
export interface RuleChange {
  ruleId: string;
  isOn?: boolean;
  parameters?: Record<string, number>;
}

/** Sets or takes back a switch: going back to the base's value leaves no edit. */
export function withSwitch(edits: Edits, rule: RuleView, isOn: boolean): Edits {
  const { isOn: _, ...rest } = edits[rule.id] ?? {};
  return put(edits, rule.id, isOn === rule.isOn ? rest : { ...rest, isOn });
}

/** Sets a parameter; null, or the base's own value, takes the edit back. */
export function withParameter(
  edits: Edits,
  rule: RuleView,
  name: string,
  value: number | null,
): Edits {
  const edit = edits[rule.id] ?? {};
  const { [name]: _, ...others } = edit.parameters ?? {};
  const base = rule.parameters.find((parameter) => parameter.name === name)?.value;
  const parameters = value === null || value === base ? others : { ...others, [name]: value };
  const { parameters: __, ...rest } = edit;
  return put(edits, rule.id, Object.keys(parameters).length === 0 ? rest : { ...rest, parameters });
}

function put(edits: Edits, ruleId: string, edit: RuleEdit): Edits {
  const { [ruleId]: _, ...others } = edits;
  return Object.keys(edit).length === 0 ? others : { ...others, [ruleId]: edit };
}

/** The changes in the ruleset's order, ready to be sent. */
export function changesOf(rules: readonly RuleView[], edits: Edits): RuleChange[] {
  return rules.flatMap((rule) => {
    const edit = edits[rule.id];
    if (edit === undefined) return [];
    return [
      {
        ruleId: rule.id,
        ...(edit.isOn === undefined ? {} : { isOn: edit.isOn }),
        ...(edit.parameters === undefined ? {} : { parameters: { ...edit.parameters } }),
      },
    ];
  });
}

/** Each change as one line that a person can check before sending. */
export function changeWords(rules: readonly RuleView[], edits: Edits): string[] {
  return changesOf(rules, edits).flatMap((change) => {
    const rule = rules.find(({ id }) => id === change.ruleId);
    if (!rule) return [];
    const label = rule.printedLabel;
    const unverified = change.isOn === true && rule.isUnverified ? '（待核条文）' : '';
    return [
      ...(change.isOn === undefined
        ? []
        : [`${change.isOn ? '启用' : '停用'}“${label}”${unverified}`]),
      ...Object.entries(change.parameters ?? {}).map(([name, value]) => {
        const parameter = rule.parameters.find((each) => each.name === name);
        const unit = parameter?.unit ?? '';
        return `“${label}”的${parameterName(name)}：${parameter?.value ?? '（无）'}${unit} → ${value}${unit}`;
      }),
    ];
  });
}

/** Why the new version cannot be made yet, or null. */
export function whyNotSave(edits: Edits, reason: string): string | null {
  if (Object.keys(edits).length === 0) return '还没有改动任何规则';
  return reason.trim().length < 4 ? '请写明修改理由（至少 4 个字）' : null;
}
