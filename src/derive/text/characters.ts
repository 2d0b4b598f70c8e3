/**
 * What is known of each character: its sounds, its direct components, its strokes and its Wubi code. From these follow the characters
 * that are taken for it: by sound (pinyin input), by shape (recognition of scans, reading), by code (Wubi input).
 */
export interface Characters {
  /** How `written` is taken for `right`, or null when neither sound nor shape nor code brings them together. */
  confusion(written: string, right: string): Confusion | null;
  /** Every character that is taken for `right`. */
  neighbours(right: string): ReadonlyMap<string, Confusion>;
  /**
   * The same of a UTF-16 unit by sound and shape, as arrays for hot loops: `kinds` are indices of LIKENESSES. Not by code: of two
   * words of a text, one key apart says too little.
   */
  row(unit: number): NeighbourRow;
}

/** What is heard or seen alike. */
export const LIKENESSES = ['sound', 'nearSound', 'shape', 'strokes'] as const;
export type Likeness = (typeof LIKENESSES)[number];
export type Confusion = Likeness | 'wubi';

export interface NeighbourRow {
  readonly units: Uint16Array;
  readonly kinds: Uint8Array;
}

/** Components that more characters share than this say nothing of a likeness (口, 氵, 艹 are in hundreds). */
const COMMON_COMPONENT = 120;
interface Character {
  readonly sounds: readonly string[];
  readonly components: readonly string[];
  /** Characters whose strokes are nearly the same (at most 40 % apart), as one text. */
  readonly alike: string;
  /** Full code of Wubi 86; '' = unknown. */
  readonly wubi: string;
}

/** `table` = lines of character, sounds, components, characters of like strokes, Wubi code, parted by tabs; lines that start with `#` are comments. */
export function readCharacters(table: string): Characters {
  const characters = new Map<string, Character>();
  for (const line of table.split('\n')) {
    const [character = '', sounds = '', components = '', alike = '', wubi = ''] = line.split('\t');
    if (character === '' || character.startsWith('#')) continue;
    characters.set(character, { sounds: list(sounds), components: list(components), alike, wubi });
  }
  const bySound = groups(characters, ({ sounds }) => sounds.map(blurred));
  const byComponent = groups(characters, (one) => one.components);
  const byCode = groups(characters, codesNear);
  const known = new Map<string, ReadonlyMap<string, Confusion>>();
  const neighbours = (right: string): ReadonlyMap<string, Confusion> => {
    const kept = known.get(right);
    if (kept) return kept;
    const found = new Map<string, Confusion>();
    const own = characters.get(right);
    if (own) {
      for (const code of codesNear(own))
        for (const other of byCode.get(code)!) found.set(other, 'wubi');
      for (const other of own.alike) found.set(other, 'strokes');
      addSharedComponents(found, right, own, byComponent, characters);
      addSounds(found, own, bySound, characters);
      found.delete(right);
    }
    known.set(right, found);
    return found;
  };
  const rows: (NeighbourRow | undefined)[] = [];
  return {
    neighbours,
    row: (unit) => {
      const kept = rows[unit] ?? rowOf(neighbours(String.fromCharCode(unit)));
      rows[unit] = kept;
      return kept;
    },
    confusion: (written, right) => neighbours(right).get(written) ?? null,
  };
}

function rowOf(neighbours: ReadonlyMap<string, Confusion>): NeighbourRow {
  const units: number[] = [];
  const kinds: number[] = [];
  for (const [other, kind] of neighbours) {
    if (kind === 'wubi') continue;
    units.push(other.charCodeAt(0));
    kinds.push(LIKENESSES.indexOf(kind));
  }
  return { units: Uint16Array.from(units), kinds: Uint8Array.from(kinds) };
}

/** The code with each key left open: two characters that share one are a key apart, or have the same code. */
const codesNear = ({ wubi }: Character): string[] =>
  [...wubi].map((_, at) => `${wubi.slice(0, at)}?${wubi.slice(at + 1)}`);

const list = (text: string): string[] => (text === '' ? [] : text.split(','));

function groups(
  characters: ReadonlyMap<string, Character>,
  keysOf: (one: Character) => readonly string[],
): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const [character, one] of characters)
    for (const key of keysOf(one)) {
      const group = grouped.get(key);
      if (group) group.push(character);
      else grouped.set(key, [character]);
    }
  return grouped;
}

/** Sounds that speakers of southern provinces, Hunan among them, do not tell apart: zh/z, ch/c, sh/s, n/l, f/h, -ng/-n. */
function blurred(sound: string): string {
  return sound
    .replace(/^([zcs])h/, '$1')
    .replace(/ng$/, 'n')
    .replace(/^l/, 'n')
    .replace(/^f/, 'h');
}

function addSounds(
  found: Map<string, Confusion>,
  own: Character,
  bySound: ReadonlyMap<string, readonly string[]>,
  characters: ReadonlyMap<string, Character>,
): void {
  for (const sound of own.sounds)
    for (const other of bySound.get(blurred(sound)) ?? []) {
      if (characters.get(other)!.sounds.includes(sound)) found.set(other, 'sound');
      else if (found.get(other) !== 'sound') found.set(other, 'nearSound');
    }
}

/** Characters beside a component that they share (险 除), and a character and its own component (攻 工). */
function addSharedComponents(
  found: Map<string, Confusion>,
  right: string,
  own: Character,
  byComponent: ReadonlyMap<string, readonly string[]>,
  characters: ReadonlyMap<string, Character>,
): void {
  for (const component of own.components) {
    if (characters.has(component)) found.set(component, 'shape');
    const sharing = byComponent.get(component)!;
    if (sharing.length < COMMON_COMPONENT) for (const other of sharing) found.set(other, 'shape');
  }
  const holding = byComponent.get(right) ?? [];
  if (holding.length < COMMON_COMPONENT) for (const other of holding) found.set(other, 'shape');
}
