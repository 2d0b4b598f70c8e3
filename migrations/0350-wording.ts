import { type Kysely, sql } from 'kysely';

/**
 * Lexicons (词库): every imported version whole, which of them counts, and what people decided to ignore. A veto-class ignore counts
 * only when a second person said the same.
 */
const STATEMENTS = [
  `create table lexicon_version (
     id integer generated always as identity primary key,
     lexicon_id text not null,
     version integer not null,
     label text not null,
     hash text not null,
     content jsonb not null,
     reason text not null,
     imported_by text not null,
     imported_at timestamptz not null,
     unique (lexicon_id, version),
     unique (lexicon_id, hash)
   )`,
  `create table lexicon_active (
     lexicon_id text primary key,
     version integer not null,
     activated_by text not null,
     activated_at timestamptz not null,
     foreign key (lexicon_id, version) references lexicon_version (lexicon_id, version)
   )`,
  `create table text_ignore (
     id integer generated always as identity primary key,
     text text not null,
     class text not null,
     url_prefix text not null,
     severity text not null check (severity in ('veto', 'serious', 'ordinary', 'notice')),
     reason text not null,
     until_on date,
     decided_by text not null,
     decided_at timestamptz not null,
     confirmed_by text,
     confirmed_at timestamptz,
     unique (text, class, url_prefix)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
