import { sql } from 'kysely';
import type { Store } from '../store/store.ts';

/** All sources were read just now, and showed nothing new: without that nobody is reminded of what a round of the past showed. */
export async function sourcesWereRead({ db }: Store): Promise<void> {
  await sql`update account_source set checked_at = now(), ok_at = now(), state = 'ok'`.execute(db);
}
