import { sql } from 'kysely';
import { type Acting, scopeOf } from '../domain/acting.ts';
import { arrayLiteral } from '../store/array-literal.ts';

/** Somebody's sight as a condition on a column of unit ids; what has no unit is seen by who sees everything. */
export const within = (acting: Acting, column: string) => {
  const scope = scopeOf(acting);
  return scope === 'all'
    ? sql`true`
    : sql`coalesce(${sql.ref(column)} = any(${arrayLiteral([...scope])}::int[]), false)`;
};
