/** Numbers by which lines of the matrix can be sorted. */
export const SORTABLE = ['accounts', 'running', 'fresh', 'silent', 'unknown'] as const;
export type SortableCount = (typeof SORTABLE)[number];

/** Lines by one of their numbers, the greatest first; without one, or with nonsense, in the register's order. */
export function sortLines<Line extends Readonly<Record<SortableCount, number>>>(
  lines: readonly Line[],
  sort: string | undefined,
): readonly Line[] {
  const by = SORTABLE.find((name) => name === sort);
  return by === undefined ? lines : [...lines].sort((left, right) => right[by] - left[by]);
}
