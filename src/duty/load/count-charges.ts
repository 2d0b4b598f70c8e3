import { sql } from 'kysely';
import type { Store } from '../../store/store.ts';
import { SUBJECTS } from '../posts/subject.ts';

/** What a unit has in its charge as it stands now. */
export interface Charges {
  readonly unitId: number;
  readonly subjects: number;
  /** Different names on the posts of its subjects, companies left out; 0 = nobody is known. */
  readonly people: number;
}

/** Sites and accounts that are not over, and who holds their posts: what was entered here or, where nothing was, what the register says. */
export async function countCharges({ db }: Pick<Store, 'db'>): Promise<Charges[]> {
  const { rows } = await sql<Charges>`
    with s as (${SUBJECTS}),
    held as (select kind, subject_id, post, name from duty_holding where replaced_at is null and post <> 'operator'),
    named as (
      select s."unitId", held.name from s join held on held.kind = s.kind and held.subject_id = s.id
      union
      select s."unitId", r.name from s join account_record a on s.kind = 'account' and a.account_id = s.id
        cross join lateral (values ('leader', a.leader), ('responsible', a.responsible), ('onDuty', a.contact)) r (post, name)
       where r.name <> '' and not exists (select 1 from held where held.kind = 'account' and held.subject_id = s.id and held.post = r.post)),
    people as (select "unitId", count(*)::int as people from named group by "unitId")
    select s."unitId", count(*)::int as subjects, coalesce(max(people.people), 0)::int as people
      from s left join people on people."unitId" = s."unitId" group by s."unitId" order by s."unitId"`.execute(
    db,
  );
  return rows;
}
