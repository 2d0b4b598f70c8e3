import { type Kysely, sql } from 'kysely';
import type { Instant } from '../lib/pure/dates.ts';

/**
 * Lays notices into the inboxes of those they are for now. Who they are: an active user of the unit with the audience's role; where the
 * unit has none, the managers (at the top: the supervisors) of the nearest unit above that has some. Returns how many found somebody;
 * the others wait for {@link giveWaiting}.
 */
export async function giveCopies<Tables>(
  trx: Kysely<Tables>,
  ids: readonly number[],
  at: Instant,
): Promise<number> {
  if (ids.length === 0) return 0;
  const { rows } = await sql<{ id: number }>`
    with recursive wanted as (
      select id, audience, unit_id, user_id from notice where id = any(${`{${ids.join(',')}}`}::int[])
    ), climb as (
      select distinct unit_id as start, audience, unit_id as at, 0 as height from wanted where unit_id is not null
      union all
      select c.start, c.audience, u.parent_id, c.height + 1 from climb c join unit u on u.id = c.at
       where u.parent_id is not null and c.height < ${HEIGHT_MAX}
    ), people as (
      select c.start, c.audience, p.id as user_id,
             case when c.height = 0 and (c.audience <> 'manager' and p.roles ? 'sponsor'
                                      or c.audience <> 'sponsor' and p.roles ? 'manager') then 0
                  when p.roles ? 'manager' then 2 * c.height + 1
                  when p.roles ? 'supervisor' and u.parent_id is null then 2 * c.height + 2 end as rank
        from climb c join unit u on u.id = c.at join app_user p on p.unit_id = c.at and p.state = 'active'
    ), nearest as (
      select start, audience, user_id, rank, min(rank) over (partition by start, audience) as least
        from people where rank is not null
    ), recipients as (
      select w.id, p.user_id from wanted w join nearest p
          on p.start = w.unit_id and p.audience = w.audience and p.rank = p.least
      union
      select w.id, p.id from wanted w join app_user p on p.id = w.user_id and p.state = 'active'
      union
      select w.id, p.id from wanted w join app_user p on w.audience = 'supervisor' and p.state = 'active'
         and p.roles ? 'supervisor' left join unit u on u.id = p.unit_id where u.parent_id is null
    ), copied as (
      insert into notice_copy (notice_id, user_id) select id, user_id from recipients
      on conflict do nothing returning notice_id
    )
    update notice set given_at = ${at}::timestamptz where id in (select notice_id from copied) returning id`.execute(
    trx,
  );
  return rows.length;
}

/** Units above one another; the registry refuses rings, this keeps one from turning for ever. */
const HEIGHT_MAX = 10;
/** For so many days a notice waits for somebody to whom it may be given. */
const WAIT_DAYS = 60;
const SLICE = 1_000;

/** Notices for which nobody was there are given once somebody is; the oldest first, a slice at a time. */
export async function giveWaiting<Tables>(trx: Kysely<Tables>, at: Instant): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select id from notice where given_at is null
       and made_at > ${at}::timestamptz - make_interval(days => ${WAIT_DAYS}) order by id limit ${SLICE}
       for update skip locked`.execute(trx);
  return giveCopies(
    trx,
    rows.map(({ id }) => id),
    at,
  );
}
