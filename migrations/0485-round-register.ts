import { type Kysely, sql } from 'kysely';

/**
 * What of the register beyond its subjects a round keeps: print rows and roots, how far the history went, and the names of units.
 * Rounds that were planned before keep no print rows (`register` is null) and read today's; their units are copied as they stand.
 */
const STATEMENTS = [
  'alter table round add column register jsonb',
  `create table round_unit (
     round_id integer not null references round (id),
     unit_id integer not null,
     parent_id integer,
     name text not null,
     other_names jsonb not null,
     registry_order integer not null,
     primary key (round_id, unit_id)
   )`,
  'create index round_unit_below on round_unit (round_id, parent_id)',
  `insert into round_unit (round_id, unit_id, parent_id, name, other_names, registry_order)
   select round.id, unit.id, unit.parent_id, unit.name,
          unit.aliases || coalesce((select jsonb_agg(former_name) from unit_rename where unit_id = unit.id), '[]'),
          unit.registry_order
     from round cross join unit where round.state not in ('frozen', 'issued')`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
