import { type Kysely, sql } from 'kysely';

/** The archive's index: segments of WARC records, and from a payload's SHA-256 to its places in them. */
const STATEMENTS = [
  // open = being written; sealed = whole; dropped = deleted by retention, its rows stay as digests;
  // digest = never had a file: what came in after the storage budget was used up.
  `create table evidence_segment (
     id integer generated always as identity primary key,
     round_id integer not null,
     name text not null unique,
     state text not null check (state in ('open', 'sealed', 'dropped', 'digest')),
     bytes bigint not null default 0,
     writer text not null,
     reason text,
     created_at timestamptz not null,
     closed_at timestamptz
   )`,
  'create index evidence_segment_by_round on evidence_segment (round_id)',
  // The payload comes first: a finding names it, and one range of this key gives every place that holds it.
  `create table evidence_record (
     payload bytea not null,
     segment integer not null,
     position integer not null,
     length integer not null,
     kind text not null check (kind in ('response', 'revisit', 'digest')),
     url text not null,
     status smallint not null,
     fetched_at timestamptz not null,
     body_bytes integer not null,
     primary key (payload, segment, position)
   )`,
  'create index evidence_record_by_segment on evidence_record (segment, position)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
