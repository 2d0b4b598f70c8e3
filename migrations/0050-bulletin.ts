import { type Kysely, sql } from 'kysely';

/** Bulletins built from frozen rounds: the text of bulletin.json as it was written, and where the files went. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table bulletin (
         id integer generated always as identity primary key,
         period text not null,
         built_at timestamptz not null,
         folder text not null,
         files jsonb not null,
         content jsonb not null,
         sha256 text not null
       )`,
    )
    .execute(db);
  await sql.raw('create index bulletin_by_period on bulletin (period, id)').execute(db);
}
