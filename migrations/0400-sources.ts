import { type Kysely, sql } from 'kysely';

/**
 * Sources of accounts and what they show. What the register named of each account (feed_kind, feed_url, app_id, app_secret)
 * becomes its first source; secrets are marked `plain:` here, because a migration has no key, and sealed when the store is opened.
 */
const STATEMENTS = [
  `create table account_source (
     id integer generated always as identity primary key,
     account_id integer not null references account (id),
     position integer not null,
     origin text not null check (origin in ('register', 'console')),
     kind text not null,
     level text not null check (level in ('A1', 'A2', 'B', 'C', 'D')),
     address text not null,
     identity text not null default '',
     credential text,
     state text not null default 'new' check (state in ('new', 'ok', 'expired', 'banned', 'parked', 'failing')),
     state_reason text not null default '',
     next_step text not null default '',
     capabilities jsonb not null default '{}',
     quota jsonb not null default '{}',
     failures integer not null default 0,
     park_until timestamptz,
     checked_at timestamptz,
     ok_at timestamptz,
     newest_on date,
     newest_title text not null default '',
     newest_url text not null default '',
     complete_from date,
     complete_to date,
     removed_at timestamptz,
     created_at timestamptz not null default now(),
     created_by text not null default ''
   )`,
  `create unique index account_source_identity on account_source (account_id, kind, address, identity)
    where removed_at is null`,
  'create index account_source_by_account on account_source (account_id, position) where removed_at is null',
  'create index account_source_by_kind on account_source (kind, id) where removed_at is null',
  `create table account_post (
     source_id integer not null references account_source (id),
     item_id text not null,
     account_id integer not null references account (id),
     title text not null,
     url text not null,
     published_at timestamptz,
     published_on date not null,
     quiet boolean,
     original boolean,
     pinned boolean not null,
     deleted boolean not null,
     reads bigint,
     likes bigint,
     recommends bigint,
     comments bigint,
     shares bigint,
     first_seen_at timestamptz not null,
     last_seen_at timestamptz not null,
     deleted_seen_at timestamptz,
     submitted_by text,
     primary key (source_id, item_id)
   )`,
  'create index account_post_by_account on account_post (account_id, published_on desc)',
  // One sweep over many sources: where it stands is told by account_source.checked_at, so that a killed one goes on.
  `create table account_sweep (
     id integer generated always as identity primary key,
     started_at timestamptz not null,
     started_by text not null,
     platform text,
     ends_with integer,
     state text not null check (state in ('running', 'done', 'stopped')),
     total integer not null,
     asked integer not null default 0,
     told integer not null default 0,
     postponed integer not null default 0,
     beat_at timestamptz not null,
     ended_at timestamptz
   )`,
  `insert into account_source (account_id, position, origin, kind, level, address, identity, credential)
   select id, 1, 'register', feed_kind, case feed_kind when 'wechat' then 'A1' else 'B' end, feed_url, coalesce(app_id, ''),
          'plain:' || app_secret
     from account where feed_kind <> 'none' order by registry_order, id`,
  `alter table account drop column feed_kind, drop column feed_url, drop column app_id, drop column app_secret`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
