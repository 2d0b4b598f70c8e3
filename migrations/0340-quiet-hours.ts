import { type Kysely, sql } from 'kysely';

/** Hours in which a unit wishes its site to be left alone: `HH:MM` in Asia/Shanghai, several windows a site. */
const TABLE = `create table quiet_hours (
  site_id integer not null references site (id),
  position smallint not null,
  from_clock text not null,
  to_clock text not null,
  reason text not null,
  set_by text not null,
  set_at timestamptz not null,
  primary key (site_id, position))`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLE).execute(db);
}
