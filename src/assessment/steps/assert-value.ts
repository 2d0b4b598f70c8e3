import type { AssessmentRule } from '../scheme.ts';

const COUNT_MAX = 1_000_000;

/** What is wrong with a figure of a rule, as words; nothing when it may stand. */
export function assertValue({ title, form, max }: AssessmentRule, value: number): string[] {
  const isWhole = Number.isInteger(value) && value >= 0;
  if (form.kind !== 'points')
    return isWhole && value <= COUNT_MAX ? [] : [`“${title}”要写 0 以上的个数`];
  return isWhole && value <= Math.round((max ?? 0) * 100)
    ? []
    : [`“${title}”要写 0 至 ${max ?? 0} 分，最多两位小数`];
}
