import { type Kysely, sql } from 'kysely';

/**
 * Whose link led to an authorisation, also where another account than the asked one scanned: its unit is told so. And who took one
 * back here: only a new link begins it again.
 */
const STATEMENTS = [
  `alter table wechat_authorisation
     add column asked_account_id integer references account (id),
     add column ended_by text`,
  'create index wechat_authorisation_by_asked on wechat_authorisation (asked_account_id)',
  'create index wechat_invitation_by_account on wechat_invitation (account_id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
