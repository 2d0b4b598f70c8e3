import { type Kysely, sql } from 'kysely';

/**
 * The WeChat third-party platform (第三方平台): its ticket and token, the authorisations that accounts gave it, invitations to give one,
 * and the ends of publishing jobs. Everything secret is sealed; what is only compared is kept as a hash.
 */
const STATEMENTS = [
  `create table wechat_component (
     app_id text primary key,
     ticket text,
     ticket_at timestamptz,
     token text,
     token_until timestamptz
   )`,
  `create table wechat_authorisation (
     app_id text primary key,
     account_id integer references account (id),
     nick_name text not null default '',
     user_name text not null default '',
     principal_name text not null default '',
     permission_sets jsonb not null default '[]',
     access_token text,
     access_until timestamptz,
     refresh_token text,
     state text not null check (state in ('authorised', 'withdrawn', 'broken')),
     state_reason text not null default '',
     -- One process renews at a time: the refresh token changes with every renewal.
     leased_until timestamptz,
     authorised_at timestamptz not null,
     changed_at timestamptz not null
   )`,
  'create index wechat_authorisation_by_account on wechat_authorisation (account_id)',
  `create table wechat_invitation (
     hash text primary key,
     account_id integer not null references account (id),
     made_by text not null,
     made_at timestamptz not null,
     expires_at timestamptz not null,
     opened integer not null default 0
   )`,
  `create table wechat_pre_auth (
     hash text primary key,
     account_id integer not null references account (id),
     made_by text not null,
     expires_at timestamptz not null
   )`,
  'create index wechat_pre_auth_by_end on wechat_pre_auth (expires_at)',
  `create table wechat_publication (
     user_name text not null,
     publish_id text not null,
     status integer not null,
     article_id text not null,
     url text not null,
     told_at timestamptz not null,
     primary key (user_name, publish_id)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
