import { pointsOrUnverified } from '../../util/points.ts';
import { parameterName } from '../rulesets/parameter-words.ts';
import type { RuleView } from '../rulesets/ruleset-types.ts';

/** One rule in two versions. */
export interface ComparedRule {
  readonly id: string;
  readonly left: RuleView | null;
  readonly right: RuleView | null;
  /** What differs, each as one line; empty when the two are the same. */
  readonly differences: readonly string[];
}

/** Every rule of either version, in the newer one's order, then those that only the older one has. Pure. */
export function compareVersions(
  left: readonly RuleView[],
  right: readonly RuleView[],
): ComparedRule[] {
  const leftById = new Map(left.map((rule) => [rule.id, rule]));
  const rightIds = new Set(right.map(({ id }) => id));
  return [
    ...right.map((rule) => pair(leftById.get(rule.id) ?? null, rule)),
    ...left.filter(({ id }) => !rightIds.has(id)).map((rule) => pair(rule, null)),
  ];
}

function pair(left: RuleView | null, right: RuleView | null): ComparedRule {
  const id = (left ?? right)?.id ?? '';
  if (left === null) return { id, left, right, differences: ['新增规则'] };
  if (right === null) return { id, left, right, differences: ['删去规则'] };
  return { id, left, right, differences: differencesOf(left, right) };
}

const POINT_WORDS = { points: '每处', cap: '该项总分' } as const;

function differencesOf(left: RuleView, right: RuleView): string[] {
  const onOff = (isOn: boolean): string => (isOn ? '启用' : '停用');
  const names = [
    ...new Set([...left.parameters, ...right.parameters].map((parameter) => parameter.name)),
  ];
  return [
    ...(left.isOn === right.isOn ? [] : [`${onOff(left.isOn)} → ${onOff(right.isOn)}`]),
    ...(left.printedLabel === right.printedLabel
      ? []
      : [`印法：${left.printedLabel} → ${right.printedLabel}`]),
    ...(['points', 'cap'] as const).flatMap((what) =>
      left[what] === right[what]
        ? []
        : [
            `${POINT_WORDS[what]}：${pointsOrUnverified(left[what])} → ${pointsOrUnverified(right[what])}`,
          ],
    ),
    ...names.flatMap((name) => {
      const [was, is] = [parameterWords(left, name), parameterWords(right, name)];
      return was === is ? [] : [`${parameterName(name)}：${was} → ${is}`];
    }),
  ];
}

function parameterWords(rule: RuleView, name: string): string {
  const parameter = rule.parameters.find((each) => each.name === name);
  return parameter ? `${parameter.value}${parameter.unit}` : '（无）';
}
