import { type Kysely, sql } from 'kysely';

/** A tree of units is a province, city, county, township deep; this bounds a register that was entered in a circle. */
const LEVELS_MAX = 20;

/** A neighbour with such a name is a place with a portal of its own, no office of the place above both. */
const PLACE_NAME = '(市|县|区|州|盟|旗|乡|镇|街道)$';

/**
 * Home page of the portal under whose domain a site of this sponsor belongs: of the nearest unit above that has one, itself
 * or by one of its offices (办公室主办门户). Null when the register knows none.
 */
export async function portalAbove<Tables>(
  db: Kysely<Tables>,
  sponsorId: number,
): Promise<string | null> {
  const { rows } = await sql<{ home_url: string }>`
    with recursive above (id, parent_id, far) as (
      select id, parent_id, 0 from unit where id = ${sponsorId}
      union all
      select unit.id, unit.parent_id, far + 1 from unit join above on unit.id = above.parent_id where far < ${LEVELS_MAX})
    select site.home_url from site
      join unit on unit.id = site.sponsor_id
      left join above as own on own.id = unit.id
      left join above as place on place.id = unit.parent_id and unit.name !~ ${PLACE_NAME}
     where site.is_portal and site.status = 'running' and (own.id is not null or place.id is not null)
     order by coalesce(own.far, place.far), site.registry_order limit 1`.execute(db);
  return rows[0]?.home_url ?? null;
}
