/**
 * Names of elements and attributes as small integers, so that the scanner compares numbers where it would make and hash a
 * string for each of a page's thousand tags. Up to six letters are packed into 30 bits (`a` = 1 … `z` = 26, any digit 27, anything
 * else 28); longer names give a negative number when they are known, else 0.
 */

const LETTERS_MAX = 6;

const LONG_NAMES: ReadonlyMap<string, number> = new Map(
  (
    'noscript template textarea plaintext noembed noframes article section address blockquote details fieldset ' +
    'figcaption frameset summary content onclick property http-equiv formaction'
  )
    .split(' ')
    .map((name, index) => [name, -1 - index]),
);

/** The code of the name at `start`–`end` of a text, letters of either case. */
export function nameCode(text: string, start: number, end: number): number {
  if (end - start > LETTERS_MAX) return LONG_NAMES.get(text.slice(start, end).toLowerCase()) ?? 0;
  let code = 0;
  for (let at = start; at < end; at += 1) code = (code << 5) | symbolOf(text.charCodeAt(at));
  return code;
}

function symbolOf(unit: number): number {
  const letter = unit | 32;
  if (unit < 128 && letter >= 97 && letter <= 122) return letter - 96;
  return unit >= 48 && unit <= 57 ? 27 : 28;
}

/** The code of a name written in lower case. */
export const codeOf = (name: string): number => nameCode(name, 0, name.length);
