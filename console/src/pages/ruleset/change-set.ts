import { pointsOrUnverified } from '../../util/points.ts';
import { parameterName } from '../rulesets/parameter-words.ts';
import type { RuleView } from '../rulesets/ruleset-types.ts';

/** What the person typed so far, by rule: only what differs from the version it starts from. Pure. */
export interface RuleEdit {
  readonly isOn?: boolean;
  readonly parameters?: Readonly<Record<string, number>>;
  /** Centipoints: for each occurrence, and of the whole entry. */
  readonly points?: number | null;
  readonly cap?: number | null;
  /** The office's word that it checked a clause that nobody here has seen. */
  readonly confirmsUnverified?: true;
}
export type Edits = Readonly<Record<string, RuleEdit>>;

/** One change as the interface takes it. */
export interface RuleChange {
  ruleId: string;
  isOn?: boolean;
  parameters?: Record<string, number>;
  points?: number | null;
  cap?: number | null;
  confirmsUnverified?: true;
}

/** Sets or takes back a switch: going back to the base's value leaves no edit. */
export function withSwitch(edits: Edits, rule: RuleView, isOn: boolean): Edits {
  const { isOn: _, confirmsUnverified: __, ...rest } = edits[rule.id] ?? {};
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

/** Sets what an occurrence, or the whole entry, is worth; the base's own value takes the edit back. */
export function withPoints(
  edits: Edits,
  rule: RuleView,
  what: 'points' | 'cap',
  centipoints: number | null,
): Edits {
  const { [what]: _, ...rest } = edits[rule.id] ?? {};
  return put(edits, rule.id, centipoints === rule[what] ? rest : { ...rest, [what]: centipoints });
}

/** The word that an unverified clause was checked belongs to its being switched on. */
export function withConfirmation(edits: Edits, rule: RuleView, isChecked: boolean): Edits {
  const { confirmsUnverified: _, ...rest } = edits[rule.id] ?? {};
  return put(edits, rule.id, isChecked ? { ...rest, confirmsUnverified: true } : rest);
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
        ...(edit.points === undefined ? {} : { points: edit.points }),
        ...(edit.cap === undefined ? {} : { cap: edit.cap }),
        ...(edit.confirmsUnverified === true && { confirmsUnverified: true as const }),
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
      ...(change.points === undefined
        ? []
        : [
            `“${label}”每处：${pointsOrUnverified(rule.points)} → ${pointsOrUnverified(change.points)}`,
          ]),
      ...(change.cap === undefined
        ? []
        : [
            `“${label}”该项总分：${pointsOrUnverified(rule.cap)} → ${pointsOrUnverified(change.cap)}`,
          ]),
    ];
  });
}

/** Why the new version cannot be made yet, or null. */
export function whyNotSave(
  rules: readonly RuleView[],
  edits: Edits,
  reason: string,
): string | null {
  if (Object.keys(edits).length === 0) return '还没有改动任何规则';
  const unchecked = rules.find(
    ({ id, isUnverified }) =>
      isUnverified && edits[id]?.isOn === true && edits[id]?.confirmsUnverified !== true,
  );
  if (unchecked) return `“${unchecked.printedLabel}”待核，请勾选已核对原文`;
  return reason.trim().length < 4 ? '请写明修改理由（至少 4 个字）' : null;
}
