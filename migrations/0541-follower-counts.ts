import { type Kysely, sql } from 'kysely';

/** How many follow an account, as its platform counts them: about one number in three days, for the communication indices. */
const STATEMENTS = [
  `create table account_follower_count (
     account_id integer not null references account (id),
     on_day date not null,
     followers bigint not null check (followers >= 0),
     kind text not null,
     primary key (account_id, on_day)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
