import { sql } from 'kysely';
import { READER_ROLES } from './sight.ts';

const roles = sql.join(READER_ROLES.map((role) => sql.lit(role)));

/** Of each regulation in force the version that is to be read: `current`, for a `with recursive`. */
export const CURRENT = sql`current as (
  select distinct on (v.regulation_id) v.* from regulation_version v join regulation r on r.id = v.regulation_id
   where v.state = 'published' and r.repealed_on is null order by v.regulation_id, v.number desc)`;

/** Units at and below each that some version is addressed to. */
export const BELOW = sql`below (top, unit_id) as (
  select distinct addressee_id, addressee_id from regulation_version where addressee_id is not null
  union select b.top, u.id from below b join unit u on u.parent_id = b.unit_id)`;

/** People who read regulations at all. */
export const READER = sql`reader as (
  select id, name, unit_id from app_user where state = 'active' and roles ?| array[${roles}])`;

/** Whether a version `v` is addressed to a `reader` `p`. */
export const ADDRESSED = sql`(v.addressee_id is null
  or exists (select 1 from below b where b.top = v.addressee_id and b.unit_id = p.unit_id))`;
