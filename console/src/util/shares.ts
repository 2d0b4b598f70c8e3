/** What was checked of a unit, and what came of it. */
export interface Share {
  readonly checked: number;
  readonly failing: number;
  readonly undetermined: number;
}

export function addShares(a: Share, b: Share): Share {
  return {
    checked: a.checked + b.checked,
    failing: a.failing + b.failing,
    undetermined: a.undetermined + b.undetermined,
  };
}

/** The failing part of the checked ones, as 2.04%; — when nothing was checked. Only for the eye: bulletins round by their ruleset. */
export function shareText({ checked, failing }: Share): string {
  if (checked === 0) return '—';
  return failing === 0 ? '0' : `${((failing / checked) * 100).toFixed(2)}%`;
}

/** Steps of the tile map's colours, from good to bad; a unit's step is the last whose `from` it reaches. */
export const STEPS = [
  { id: 'none', words: '未检查', from: Number.NEGATIVE_INFINITY },
  { id: 'zero', words: '没有问题', from: 0 },
  { id: 'low', words: '2% 以下', from: Number.MIN_VALUE },
  { id: 'some', words: '2%～5%', from: 0.02 },
  { id: 'many', words: '5%～10%', from: 0.05 },
  { id: 'most', words: '10% 以上', from: 0.1 },
] as const;
export type Step = (typeof STEPS)[number];

export function stepOf({ checked, failing }: Share): Step {
  const share = checked === 0 ? Number.NEGATIVE_INFINITY : failing / checked;
  return STEPS.findLast(({ from }) => share >= from) ?? STEPS[0];
}
