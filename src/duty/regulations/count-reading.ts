import { sql } from 'kysely';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { Store } from '../../store/store.ts';
import { ADDRESSED, BELOW, READER } from './readers.ts';

/** How many confirmations of versions published in a period a unit's people owe, and how many they gave. */
export interface ReadingCount {
  readonly unitId: number;
  readonly asked: number;
  readonly read: number;
}

/** By the unit that people belong to today; the last version that a regulation had by the period's end counts, unless it is repealed. */
export async function countReading(
  { db }: Pick<Store, 'db'>,
  { from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
): Promise<ReadingCount[]> {
  const { rows } = await sql<ReadingCount>`
    with recursive ${BELOW}, ${READER},
    v as (select distinct on (v.regulation_id) v.id, v.addressee_id, v.published_on from regulation_version v
            join regulation r on r.id = v.regulation_id
           where v.state = 'published' and v.published_on <= ${to}::date and r.repealed_on is null
           order by v.regulation_id, v.number desc)
    select p.unit_id as "unitId", count(*)::int as asked, count(d.read_at)::int as read
      from v join reader p on ${ADDRESSED} and p.unit_id is not null
      left join regulation_reader d on d.version_id = v.id and d.user_id = p.id
     where v.published_on >= ${from}::date
     group by p.unit_id order by p.unit_id`.execute(db);
  return rows;
}
