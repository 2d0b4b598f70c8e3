import { type RawBuilder, sql } from 'kysely';
import type { SubjectKind } from '../../domain/subject.ts';
import type { InspectionDb } from '../inspection-db.ts';

/** Words that somebody looks for, and whose subjects of the present register hold them; null = too many to name. */
export interface Sought {
  readonly words: string;
  readonly hits: Readonly<Record<SubjectKind, readonly number[]>> | null;
}

/** Beyond this many, words narrow so little that a list finds its page by looking along. */
const HITS_MAX = 20_000;
/** One subject may be found twice, by its own words and by its sponsor's. */
const ROWS_MAX = 2 * HITS_MAX + 1;

/** As a pattern of `ilike`: what stands for anything there stands for itself here. */
export const patternOf = (words: string): string => `%${words.replace(/[\\%_]/g, '\\$&')}%`;

/**
 * Sites and accounts whose name, identity, address or sponsor holds the words, by what the register says now: a subject that was
 * renamed since is found by its new name in old rounds as well.
 */
export async function seek(db: InspectionDb, words: string): Promise<Sought> {
  const pattern = patternOf(words);
  const of = async (table: RawBuilder<unknown>, text: RawBuilder<string>): Promise<number[]> => {
    const { rows } = await sql<{ id: number }>`
      select t.id from ${table} t where t.words @> word_pieces(${words}) and ${text} ilike ${pattern}
      union all
      select t.id from ${table} t where t.sponsor_id = any(array(select id from unit where name ilike ${pattern}))
      limit ${ROWS_MAX}`.execute(db);
    return [...new Set(rows.map(({ id }) => id))];
  };
  const site = await of(sql`site`, sql`(t.name || ' ' || t.site_code || ' ' || t.home_url)`);
  const account = await of(sql`account`, sql`(t.name || ' ' || t.account_id)`);
  const isBroad = site.length + account.length > HITS_MAX;
  return { words, hits: isBroad ? null : { site, account } };
}

/** Ids as one parameter, whatever their number. */
export const idList = (ids: Iterable<number>): string => `{${[...ids].join(',')}}`;
