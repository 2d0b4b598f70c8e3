import { type Kysely, sql } from 'kysely';

/**
 * Ways by which notices leave the console: channels (secrets sealed), what is to go by which (`delivery_item`), and the messages made of
 * it, one or several notices each. A message is claimed before it is sent: one whose sender was killed in between stays `uncertain`.
 */
const STATEMENTS = [
  `create table notice_channel (
     id integer generated always as identity primary key,
     kind text not null check (kind in ('email', 'webhook', 'wecom', 'dingtalk', 'feishu')),
     name text not null unique,
     unit_id integer references unit (id),
     settings jsonb not null,
     secret text,
     enabled boolean not null,
     kinds jsonb,
     quiet_from text not null,
     quiet_to text not null,
     workdays_only boolean not null,
     resends_uncertain boolean not null,
     paused_until timestamptz,
     paused_why text,
     made_at timestamptz not null
   )`,
  `create table notice_address (
     user_id integer primary key references app_user (id),
     email text,
     without_kinds jsonb not null,
     changed_at timestamptz not null
   )`,
  `create table delivery (
     id integer generated always as identity primary key,
     key text not null unique,
     channel_id integer not null references notice_channel (id),
     user_id integer references app_user (id),
     kind text not null,
     title text not null,
     text text not null,
     urgent boolean not null,
     state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'uncertain')),
     tries integer not null default 0,
     next_at timestamptz not null,
     claim text,
     claimed_at timestamptz,
     made_at timestamptz not null,
     ended_at timestamptz
   )`,
  "create index delivery_waiting on delivery (channel_id, next_at) where state in ('waiting', 'sending')",
  'create index delivery_claimed on delivery (channel_id, claimed_at)',
  `create table delivery_item (
     notice_id integer not null references notice (id),
     channel_id integer not null references notice_channel (id),
     user_id integer references app_user (id),
     hold_until timestamptz not null,
     delivery_id integer references delivery (id),
     unique nulls not distinct (notice_id, channel_id, user_id)
   )`,
  'create index delivery_item_waiting on delivery_item (hold_until) where delivery_id is null',
  `create table delivery_attempt (
     id integer generated always as identity primary key,
     delivery_id integer not null references delivery (id),
     at timestamptz not null,
     outcome text not null check (outcome in ('sent', 'retry', 'refused', 'uncertain', 'resend')),
     code text not null,
     words text not null,
     by_name text
   )`,
  'create index delivery_attempt_by_delivery on delivery_attempt (delivery_id, id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
