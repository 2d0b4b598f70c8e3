/** What an operation changed, field by field, from the values the audit trail keeps of before and after. Pure. */
export interface ChangedField {
  /** Path of the field: `roles`, `parameters.days`, `sections[2].name`; empty for the value as a whole. */
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'same';
  /** As text; null where the side has no such field. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Rows of one comparison: beyond that the rest is counted, not shown. */
export const CHANGED_FIELDS_MAX = 200;

export function diffValues(before: unknown, after: unknown): ChangedField[] {
  const left = flatten(before);
  const right = flatten(after);
  const paths = [...new Set([...left.keys(), ...right.keys()])];
  return paths.map((path) => {
    const [was, is] = [left.get(path) ?? null, right.get(path) ?? null];
    if (was === null) return { path, kind: 'added', before: null, after: is };
    if (is === null) return { path, kind: 'removed', before: was, after: null };
    return { path, kind: was === is ? 'same' : 'changed', before: was, after: is };
  });
}

/** Leaves by path. A list of plain values is one leaf, for its order is what changed; null says that there was nothing. */
function flatten(value: unknown): Map<string, string> {
  const leaves = new Map<string, string>();
  const walk = (each: unknown, path: string): void => {
    if (each === null || each === undefined) return;
    if (isPlain(each)) leaves.set(path, words(each));
    else if (Array.isArray(each)) {
      if (each.every(isPlain)) leaves.set(path, each.map(words).join('、') || '（空）');
      else each.forEach((item, index) => void walk(item, `${path}[${index + 1}]`));
    } else {
      const fields = Object.entries(each);
      if (fields.length === 0) leaves.set(path, '（空）');
      for (const [name, item] of fields) walk(item, path === '' ? name : `${path}.${name}`);
    }
  };
  walk(value, '');
  return leaves;
}

function isPlain(value: unknown): value is string | number | boolean | null | undefined {
  return typeof value !== 'object' || value === null;
}

function words(value: string | number | boolean | null | undefined): string {
  if (value === true) return '是';
  if (value === false) return '否';
  return value === null || value === undefined ? '（无）' : value === '' ? '（空）' : String(value);
}
