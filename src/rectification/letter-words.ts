import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Instant } from '../lib/pure/dates.ts';
import { type FieldValues, wordLetters } from '../notify/index.ts';
import { arrayLiteral } from '../store/array-literal.ts';

/** Which letters of a kind are read: the newest, or those of these ids. */
export type WhichLetters = { readonly limit: number } | { readonly ids: readonly number[] };

/** The end of a statement that reads them, newest first; `table` is their table's name in it. */
export function chosenLetters(which: WhichLetters, table: string): RawBuilder<unknown> {
  const id = sql.ref(`${table}.id`);
  return 'ids' in which
    ? sql`where ${id} = any(${arrayLiteral(which.ids)}::int[]) order by ${id} desc`
    : sql`order by ${id} desc limit ${which.limit}`;
}

/** Words letters by the template in force, and keeps what is sent with each: later templates change nothing of them. */
export async function keepWords<Tables>(
  trx: Kysely<Tables>,
  { kind, table }: { readonly kind: string; readonly table: string },
  letters: readonly {
    readonly id: number;
    readonly number: string;
    readonly values: FieldValues;
  }[],
  at: Instant,
): Promise<void> {
  if (letters.length === 0) return;
  const worded = await wordLetters(
    trx,
    kind,
    letters.map(({ number, values }) => ({ of: number, values })),
    at,
  );
  await sql`
    update ${sql.table(table)} as kept set words = w.words::jsonb
      from unnest(${arrayLiteral(letters.map(({ id }) => id))}::int[],
                  ${arrayLiteral(worded.map((words) => JSON.stringify(words)))}::text[]) as w (id, words)
     where kept.id = w.id`.execute(trx);
}
