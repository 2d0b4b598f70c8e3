import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../domain/actor.ts';
import { eachIn, idList, type Sought } from './read/find-words.ts';

/**
 * What lists ask of a round's subjects, as SQL over `round_subject` under the alias `s`. The only place that knows where these
 * stand in the row.
 */
export const SPONSOR_ID: RawBuilder<number> = sql<number>`s.sponsor_id`;
export const SUBJECT_NAME: RawBuilder<string> = sql<string>`s.name`;
export const SPONSOR_NAME: RawBuilder<string> = sql<string>`s.sponsor_name`;
/** Site code, or `平台:账号ID`. */
export const IDENTITY: RawBuilder<string> = sql<string>`s.identity`;

export function isSponsorIn(unitIds: Iterable<number>): RawBuilder<boolean> {
  return sql<boolean>`${SPONSOR_ID} = any(${idList(unitIds)}::int[])`;
}

/** Rows that somebody sees. */
export function isSeen(scope: Scope): RawBuilder<boolean> {
  return scope === 'all' ? sql<boolean>`true` : isSponsorIn(scope);
}

/** Rows of a round's subjects that hold the words looked for: too many to name, they are looked through. */
export function holdsWords({ words, hits }: Sought): RawBuilder<boolean> {
  return hits === null
    ? eachIn(words, [SUBJECT_NAME, IDENTITY, SPONSOR_NAME])
    : isAmong(hits, sql`s.kind`, sql`s.subject_id`);
}

/** Rows of whatever has a kind and a subject's id, of the subjects that were found. */
export function isAmong(
  hits: NonNullable<Sought['hits']>,
  kind: RawBuilder<unknown>,
  id: RawBuilder<unknown>,
): RawBuilder<boolean> {
  return sql<boolean>`(${kind} = 'site' and ${id} = any(${idList(hits.site)}::int[])
    or ${kind} = 'account' and ${id} = any(${idList(hits.account)}::int[]))`;
}

export function allOf(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return conditions.length === 0
    ? sql<boolean>`true`
    : sql<boolean>`${sql.join(conditions, sql` and `)}`;
}
