import { type Kysely, sql } from 'kysely';

/** The unit and all below it; empty when there is no such unit. A unit that is reached twice ends the descent there. */
export async function unitsBelow<Tables>(db: Kysely<Tables>, unitId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with recursive below (id) as (
      select id from unit where id = ${unitId}
      union
      select unit.id from unit join below on unit.parent_id = below.id
    )
    select id from below`.execute(db);
  return rows.map(({ id }) => id);
}
