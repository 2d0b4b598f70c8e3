import { type Kysely, sql } from 'kysely';

/**
 * The audit trail as a chain (docs/decisions/0012-audit-chain.md). Rows written before have no `position`: the key is not the
 * database's to know, so the program chains them when it first opens the trail. Drafts of register imports.
 */
const STATEMENTS = [
  `alter table audit
     add column user_id integer,
     add column address text,
     add column request_id text,
     add column before jsonb,
     add column after jsonb,
     add column position integer,
     add column key_id text,
     add column previous_hash text,
     add column hash text`,
  'create unique index audit_position on audit (position)',
  'create index audit_unchained on audit (id) where position is null',
  'create index audit_by_time on audit (at, id)',
  'create index audit_by_subject on audit (subject, id)',
  'create index audit_by_action on audit (action, id)',
  'create index audit_by_actor on audit (actor, id)',
  // Where retention cut the chain: the hash of the last row that was deleted, signed.
  `create table audit_checkpoint (
     id integer generated always as identity primary key,
     at timestamptz not null,
     position integer not null,
     hash text not null,
     key_id text not null,
     mac text not null
   )`,
  // A restore of an older backup makes the tables again, so the functions may be there already.
  `create or replace function audit_refuse_update() returns trigger language plpgsql as $$
   begin
     if old.position is null and new.position is not null
        and row(new.id, new.at, new.actor, new.action, new.subject, new.detail, new.user_id, new.address, new.request_id,
                new.before, new.after)
            is not distinct from
            row(old.id, old.at, old.actor, old.action, old.subject, old.detail, old.user_id, old.address, old.request_id,
                old.before, old.after)
     then return new;
     end if;
     raise exception 'audit rows are append-only' using errcode = 'insufficient_privilege';
   end $$`,
  `create or replace function audit_refuse_delete() returns trigger language plpgsql as $$
   begin
     if exists (select 1 from audit_checkpoint where position >= old.position) then return old; end if;
     raise exception 'audit rows are append-only' using errcode = 'insufficient_privilege';
   end $$`,
  `create or replace function audit_refuse() returns trigger language plpgsql as $$
   begin
     raise exception 'audit rows are append-only' using errcode = 'insufficient_privilege';
   end $$`,
  'create trigger audit_no_update before update on audit for each row execute function audit_refuse_update()',
  'create trigger audit_no_delete before delete on audit for each row execute function audit_refuse_delete()',
  'create trigger audit_no_truncate before truncate on audit for each statement execute function audit_refuse()',
  `create trigger audit_checkpoint_append_only before update or delete on audit_checkpoint
     for each row execute function audit_refuse()`,
  `create trigger audit_checkpoint_no_truncate before truncate on audit_checkpoint
     for each statement execute function audit_refuse()`,
  `create table import_draft (
     id text primary key,
     owner text not null,
     created_at timestamptz not null,
     expires_at timestamptz not null,
     state text not null check (state in ('ready', 'faulty', 'done')),
     preview jsonb not null
   )`,
  'create index import_draft_by_owner on import_draft (owner, created_at)',
  `create table import_draft_file (
     draft_id text not null references import_draft (id) on delete cascade,
     number integer not null,
     name text not null,
     bytes bytea not null,
     primary key (draft_id, number)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
