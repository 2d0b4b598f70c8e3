import type { GeneratedAlways, Kysely } from 'kysely';

export interface WordingTables {
  lexicon_version: {
    id: GeneratedAlways<number>;
    lexicon_id: string;
    version: number;
    label: string;
    hash: string;
    content: string;
    reason: string;
    imported_by: string;
    imported_at: string;
  };
  lexicon_active: {
    lexicon_id: string;
    version: number;
    activated_by: string;
    activated_at: string;
  };
  text_ignore: {
    id: GeneratedAlways<number>;
    text: string;
    class: string;
    url_prefix: string;
    severity: string;
    reason: string;
    until_on: string | null;
    decided_by: string;
    decided_at: string;
    confirmed_by: string | null;
    decided_by_id: number | null;
    confirmed_by_id: number | null;
    confirmed_at: string | null;
  };
}

/** The feature's own view of the database. */
export const wordingDb = <Tables>(db: Kysely<Tables>) => db as unknown as Kysely<WordingTables>;
