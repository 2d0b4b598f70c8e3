/** How a piece of text departs from a name by a single slip. `at` = offset in the name, `length` = units that the text uses. */
export interface Edit {
  readonly kind: 'same' | 'change' | 'drop' | 'add' | 'swap';
  readonly at: number;
  readonly length: number;
}

/** The slip by which the text at `from` departs from `name`, or null when it takes more than one. */
export function oneEdit(text: string, from: number, name: string): Edit | null {
  const size = name.length;
  let at = 0;
  while (at < size && text[from + at] === name[at]) at += 1;
  if (at === size) return { kind: 'same', at, length: size };
  const rest = (offset: number, place: number): boolean =>
    text.startsWith(name.slice(offset), from + place);
  const swapped = text[from + at] === name[at + 1] && text[from + at + 1] === name[at];
  if (at + 1 < size && swapped && rest(at + 2, at + 2)) return { kind: 'swap', at, length: size };
  if (rest(at, at + 1)) return { kind: 'add', at, length: size + 1 };
  // At the last character a change and a drop cannot be told apart: the caller asks which is likelier.
  if (at === size - 1 && from + at < text.length) return { kind: 'change', at, length: size };
  if (rest(at + 1, at)) return { kind: 'drop', at, length: size - 1 };
  return rest(at + 1, at + 1) ? { kind: 'change', at, length: size } : null;
}

/** The same for text that ends at `to`, looked at from its end. */
export function oneEditBefore(text: string, to: number, name: string): Edit | null {
  const around = text.slice(Math.max(0, to - name.length - 1), to);
  const edit = oneEdit(reversed(around), 0, reversed(name));
  if (edit === null) return null;
  const size = name.length;
  const at =
    edit.kind === 'swap'
      ? size - 2 - edit.at
      : edit.kind === 'add'
        ? size - edit.at
        : size - 1 - edit.at;
  return { ...edit, at };
}

const reversed = (text: string): string => text.split('').reverse().join('');
