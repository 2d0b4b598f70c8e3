import { type Kysely, sql } from 'kysely';

/** Ends of publishing jobs were kept and never read: what an account published is told by its lists. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop table wechat_publication`.execute(db);
}
