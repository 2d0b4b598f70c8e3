import { type Kysely, sql } from 'kysely';

/**
 * What inspectors see beyond the newest item: how the account presents itself on its platform, advertisements, the last original
 * item, whether an app or mini program opens, who looked, and the picture that he took. Sights from files name a picture, those
 * from the console carry it.
 */
const STATEMENTS = [
  `alter table observation
     add column is_there boolean,
     add column seen_name text,
     add column seen_operator text,
     add column certified boolean,
     add column followers integer,
     add column ads text,
     add column original_on text,
     add column opens boolean,
     add column note text,
     add column picture text,
     add column seen_by text,
     add column seen_by_id integer`,
  `create table observation_picture (
     account_id integer not null references account (id),
     sha256 text not null,
     media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
     bytes bytea not null,
     uploaded_at timestamptz not null,
     uploaded_by text not null,
     uploaded_by_id integer,
     primary key (account_id, sha256)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
