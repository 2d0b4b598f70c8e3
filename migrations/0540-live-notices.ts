import { type Kysely, sql } from 'kysely';

/**
 * Alerts of other kinds than silence: closed accounts that publish, accounts that are gone, renamed or operated by another, with what
 * shows it. `mark` is what makes one of a kind another one (the name that is shown, the day of closing): of each there is one row.
 * Sources keep the name under which the platform shows the account.
 */
const STATEMENTS = [
  `alter table account_alert
     add column kind text not null default 'silence'
       check (kind in ('silence', 'closed-posting', 'gone', 'renamed', 'operator')),
     add column mark text not null default '',
     add column evidence jsonb,
     add check ((kind = 'silence') = (evidence is null))`,
  'alter table account_alert drop constraint account_alert_account_id_silent_since_key',
  `create unique index account_alert_once
     on account_alert (account_id, kind, silent_since, mark) nulls not distinct`,
  'alter table account_source add column seen_name text, add column seen_name_at timestamptz',
  `create index account_source_named on account_source (account_id)
     where seen_name is not null and removed_at is null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
