import type { Characters } from './characters.ts';

/** A wrong writing of a short name, written out: a name of two or three characters has no part by which to find it. */
export interface Variant {
  readonly text: string;
  readonly kind: 'change' | 'drop' | 'add' | 'swap';
  /** Offset in the name where it departs. */
  readonly at: number;
}

/** Names up to this length are found by their variants, longer ones by their halves. */
export const SHORT_NAME_MAX = 3;

export function variantsOf(name: string, characters: Characters): Variant[] {
  const variants: Variant[] = [];
  for (let at = 0; at < name.length; at += 1) {
    const [before, after] = [name.slice(0, at), name.slice(at + 1)];
    for (const other of characters.neighbours(name[at]!).keys())
      variants.push({ text: before + other + after, kind: 'change', at });
    if (name.length > 2) variants.push({ text: before + after, kind: 'drop', at });
    // Doubled at either end it would hold the name itself.
    if (at > 0 && at < name.length - 1)
      variants.push({ text: before + name[at]! + name[at]! + after, kind: 'add', at });
    if (at + 1 < name.length && name[at] !== name[at + 1])
      variants.push({
        text: before + name[at + 1]! + name[at]! + name.slice(at + 2),
        kind: 'swap',
        at,
      });
  }
  return variants;
}
