import { type Kysely, sql } from 'kysely';

/** Whole-site surveys: one row per known address, one per visited page, and what waits. */
const STATEMENTS = [
  `create table survey (
     id integer generated always as identity primary key,
     home_url text not null,
     round_id integer,
     subject_id integer,
     -- Of the keys of addresses (derive/scan/canonical-url.ts).
     seed integer not null,
     started_at timestamptz not null,
     ended_at timestamptz,
     requests bigint not null default 0,
     bytes bigint not null default 0,
     result jsonb
   )`,
  'create index survey_by_home on survey (home_url, id)',
  'create index survey_by_round on survey (round_id, subject_id) where round_id is not null',
  // Every process that works on a survey says so every two seconds; what a dead one had in hand is free again.
  `create table survey_worker (
     survey_id integer not null references survey (id),
     holder text not null,
     owner text not null,
     beat_at timestamptz not null,
     primary key (survey_id, holder)
   )`,
  // Links of pages name addresses by key, so an address of any length stands here once, with where it was first seen.
  `create table survey_url (
     survey_id integer not null,
     key bigint not null,
     url text not null,
     kind text not null,
     depth integer not null,
     from_key bigint,
     link_text text not null,
     primary key (survey_id, key)
   )`,
  // What waits or is in hand. Rows go when a visit is kept, so that claims search an index of what is left, not of what was.
  `create table survey_queue (
     survey_id integer not null,
     rank smallint not null,
     place bigint generated always as identity,
     key bigint not null,
     holder text,
     primary key (survey_id, rank, place)
   ) with (autovacuum_vacuum_scale_factor = 0.02)`,
  'create index survey_queue_free on survey_queue (survey_id, rank, place) where holder is null',
  'create index survey_queue_held on survey_queue (survey_id, holder) where holder is not null',
  `create table survey_page (
     survey_id integer not null,
     key bigint not null,
     outcome text not null,
     status smallint,
     landed_url text,
     content_type text,
     bytes bigint not null,
     truncated boolean not null,
     title text not null,
     -- Eight bytes a link (derive/scan/pack-links.ts).
     links bytea,
     published_on date,
     newest_on date,
     text_length integer not null,
     fingerprint text,
     snapshot bytea,
     signature text,
     opens boolean,
     error_class text,
     reason text,
     etag text,
     last_modified text,
     fetched_at timestamptz not null,
     primary key (survey_id, key)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
