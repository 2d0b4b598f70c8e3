import { seededRandom } from '../../../lib/pure/random.ts';

/** Draws in a fixed order from one seeded sequence. */
export interface Draw {
  chance(probability: number): boolean;
  /** A whole number from `low` to `high`, both inclusive. */
  int(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** `count` different members, in the list's order. */
  some<T>(list: readonly T[], count: number): T[];
}

/** A sequence of its own for every (seed, label), so that one decision never shifts another. */
export function drawFrom(seed: number, label: string): Draw {
  const next = seededRandom(`${seed}/${label}`);
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    chance: (probability) => next() < probability,
    int,
    pick: <T>(list: readonly T[]): T => list[int(0, list.length - 1)]!,
    some<T>(list: readonly T[], count: number): T[] {
      const keyed = list.map((value, at) => ({ value, at, key: next() }));
      const chosen = keyed.sort((a, b) => a.key - b.key).slice(0, count);
      return chosen.sort((a, b) => a.at - b.at).map((entry) => entry.value);
    },
  };
}
