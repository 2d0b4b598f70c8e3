import { sql } from 'kysely';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { Store } from '../../store/store.ts';

/** What one unit's people were trained in a period. */
export interface TrainingCount {
  readonly unitId: number;
  readonly sessions: number;
  /** 人次. */
  readonly people: number;
  /** 学时 of all its people together. */
  readonly personHours: number;
  /** Of those whose exam is known: how many passed, of how many. */
  readonly passed: number;
  readonly examined: number;
}

/** Trainings held in a period by the units that took part; dates in Asia/Shanghai, both included. Withdrawn ones do not count. */
export async function countTrainings(
  { db }: Pick<Store, 'db'>,
  { from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
): Promise<TrainingCount[]> {
  const { rows } = await sql<TrainingCount>`
    select p.unit_id as "unitId", count(distinct t.id)::int as sessions, sum(p.people)::int as people,
           sum(p.people * t.hours)::float8 as "personHours",
           coalesce(sum(p.people) filter (where p.passed), 0)::int as passed,
           coalesce(sum(p.people) filter (where p.passed is not null), 0)::int as examined
      from training t join training_part p on p.training_id = t.id
     where t.withdrawn_on is null and t.held_on between ${from}::date and ${to}::date
     group by p.unit_id order by p.unit_id`.execute(db);
  return rows;
}
