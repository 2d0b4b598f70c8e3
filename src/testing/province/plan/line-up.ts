import type { CaseUnitRow } from '../read-case.ts';
import type { Draw } from '../sites/draw.ts';
import type { StatusWord } from './province-plan.ts';

/** One place in the register that a subject will fill. */
export interface Slot<Failing> {
  /** The failing subject of the case that stands here, in the case's order; null = a sound one. */
  readonly failing: Failing | null;
  readonly status: StatusWord;
  readonly checked: boolean;
}

const MORE_RETIRED_MAX = 3;

/**
 * The subjects of one print row in register order: as many running as the case says, failing ones in the case's order, and
 * some suspended or closed ones that do not count. A row that runs nothing has a closed one, so that it is printed.
 */
export function lineUp<Failing>(
  row: CaseUnitRow,
  failing: readonly Failing[],
  draw: Draw,
): Slot<Failing>[] {
  const healthy = row.running - failing.length;
  const chosen = new Set(draw.some(indexes(healthy), row.checked - failing.length));
  const sound = indexes(healthy).map(
    (at): Slot<Failing> => ({ failing: null, status: '正常', checked: chosen.has(at) }),
  );
  const few = row.running > 0 && row.running < 20;
  const retired = row.running === 0 ? 1 : draw.int(0, few ? 1 : MORE_RETIRED_MAX);
  const rest = [
    ...sound,
    ...indexes(retired).map(
      (): Slot<Failing> => ({
        failing: null,
        status: draw.pick(['暂停', '已关停']),
        checked: false,
      }),
    ),
  ];
  const places = draw.some(indexes(rest.length + failing.length), failing.length);
  const [slots, waiting, broken] = [[] as Slot<Failing>[], shuffled(rest, draw), [...failing]];
  for (let at = 0; at < rest.length + failing.length; at += 1) {
    if (places.includes(at))
      slots.push({ failing: broken.shift()!, status: '正常', checked: true });
    else slots.push(waiting.shift()!);
  }
  return slots;
}

const indexes = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

export function shuffled<T>(list: readonly T[], draw: Draw): T[] {
  const copy = [...list];
  for (let at = copy.length - 1; at > 0; at -= 1) {
    const other = draw.int(0, at);
    [copy[at], copy[other]] = [copy[other]!, copy[at]!];
  }
  return copy;
}
