import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../domain/actor.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { InspectionDb } from '../inspection-db.ts';

/** Words that somebody looks for, and whose subjects hold all of them; null = too many to name. */
export interface Sought {
  /** At least one, each without blanks. */
  readonly words: readonly string[];
  readonly hits: Readonly<Record<SubjectKind, readonly number[]>> | null;
}

/** Beyond this many, words narrow so little that a list finds its page by looking along. */
const HITS_MAX = 10_000;
/** Counting stops here: beyond it nobody pages, and the database would count for long. */
export const COUNT_MAX = 10_000;
/** Words that are in every tenth name are no search yet: whoever sees 1,000 looks for more words. */
const BROAD_COUNT_MAX = 1_000;
/** Words looked for at once; the rest is not looked for. */
const WORDS_MAX = 8;
/** As many characters are looked up whole in the index; longer words are compared besides. */
const PIECE_LENGTH = 2;

/** How far a list of these is counted. */
export const countMaxOf = (sought: Sought | undefined): number =>
  sought?.hits === null ? BROAD_COUNT_MAX : COUNT_MAX;

/** As a pattern of `ilike`: what stands for anything there stands for itself here. */
export const patternOf = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`;

interface Searched {
  readonly from: RawBuilder<unknown>;
  readonly id: RawBuilder<number>;
  readonly text: RawBuilder<string>;
}

const NOW: Readonly<Record<SubjectKind, Searched>> = {
  site: {
    from: sql`site t where true`,
    id: sql`t.id`,
    text: sql`(t.name || ' ' || t.site_code || ' ' || t.home_url)`,
  },
  account: {
    from: sql`account t where true`,
    id: sql`t.id`,
    text: sql`(t.name || ' ' || t.account_id)`,
  },
};

/** Some value of the subject up to that day held the words: which one held on the day is the list's question. */
function until(kind: SubjectKind, asOf: CalendarDate): Searched {
  return {
    from: sql`register_history t where t.kind = ${kind} and t.valid_from <= ${asOf}::date`,
    id: sql`t.subject_id`,
    text:
      kind === 'site'
        ? sql`((t.value->>'name') || ' ' || (t.value->>'site_code') || ' ' || (t.value->>'home_url'))`
        : sql`((t.value->>'name') || ' ' || (t.value->>'account_id'))`,
  };
}

/**
 * Sites and accounts whose name, identity, address or sponsor holds each of the words (parted by blanks), by what the register
 * says now, or said on some day up to `asOf`: a subject that was renamed since is found by its new name in old rounds as well.
 * `kinds` that are not asked for have no hits. With a `scope`, what its units do not sponsor is passed over: the list leaves it out
 * anyway, and the search need not read it.
 */
export async function seek(
  db: InspectionDb,
  text: string,
  kinds: readonly SubjectKind[] = ['site', 'account'],
  asOf?: CalendarDate,
  scope: Scope = 'all',
): Promise<Sought> {
  const words = [...new Set(text.split(/\s+/).filter((word) => word !== ''))].slice(0, WORDS_MAX);
  const hits: Record<SubjectKind, readonly number[]> = { site: [], account: [] };
  for (const kind of kinds) {
    const searched = asOf === undefined ? NOW[kind] : until(kind, asOf);
    hits[kind] = await idsOf(db, searched, { words, scope });
    if (hits.site.length + hits.account.length > HITS_MAX) return { words, hits: null };
  }
  return { words, hits };
}

async function idsOf(
  db: InspectionDb,
  { from, id, text }: Searched,
  { words, scope }: { readonly words: readonly string[]; readonly scope: Scope },
): Promise<number[]> {
  const own = scope === 'all' ? sql`true` : sql`t.sponsor_id = any(${idList(scope)}::int[])`;
  const { rows } = await sql<{ id: number }>`
    select ${id} as id from ${from} and ${own} and ${holdsAll(words, text)} limit ${HITS_MAX + 1}`.execute(
    db,
  );
  return [...new Set(rows.map((row) => row.id))];
}

/** A row `t` with `words`, `sponsor_id` and the text that its words were made of. */
function holdsAll(words: readonly string[], text: RawBuilder<string>): RawBuilder<boolean> {
  const each = words.map((word) => {
    const pattern = patternOf(word);
    const rest = [...word].length <= PIECE_LENGTH ? sql`true` : sql`${text} ilike ${pattern}`;
    return sql<boolean>`(t.words @> word_pieces(${word}) and ${rest}
      or ${hasSponsorLike(pattern)})`;
  });
  return sql<boolean>`(${sql.join(each, sql` and `)})`;
}

/** The units of a name are looked up once, not for every row: there are few of them. */
export const hasSponsorLike = (pattern: string): RawBuilder<boolean> =>
  sql<boolean>`t.sponsor_id = any(array(select id from unit where name ilike ${pattern}))`;

/** Every word stands in one of the texts at least, or meets `besides` by its pattern. */
export function eachIn(
  words: readonly string[],
  texts: readonly RawBuilder<string>[],
  besides?: (pattern: string) => RawBuilder<boolean>,
): RawBuilder<boolean> {
  const each = words.map((word) => {
    const pattern = patternOf(word);
    const one = [
      ...texts.map((text) => sql`${text} ilike ${pattern}`),
      ...(besides ? [besides(pattern)] : []),
    ];
    return sql<boolean>`(${sql.join(one, sql` or `)})`;
  });
  return sql<boolean>`(${sql.join(each, sql` and `)})`;
}

/** Ids as one parameter, whatever their number. */
export const idList = (ids: Iterable<number>): string => `{${[...ids].join(',')}}`;
