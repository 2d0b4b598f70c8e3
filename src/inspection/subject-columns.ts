import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../domain/actor.ts';
import { idList, patternOf, type Sought } from './read/find-words.ts';

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

/** Rows of subjects that hold the words looked for. */
export function holdsWords({ words, hits }: Sought): RawBuilder<boolean> {
  if (hits !== null)
    return sql<boolean>`(s.kind = 'site' and s.subject_id = any(${idList(hits.site)}::int[])
      or s.kind = 'account' and s.subject_id = any(${idList(hits.account)}::int[]))`;
  const pattern = patternOf(words);
  return sql<boolean>`(${SUBJECT_NAME} ilike ${pattern} or ${IDENTITY} ilike ${pattern} or ${SPONSOR_NAME} ilike ${pattern})`;
}

export function allOf(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return conditions.length === 0
    ? sql<boolean>`true`
    : sql<boolean>`${sql.join(conditions, sql` and `)}`;
}
