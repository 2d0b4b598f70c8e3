import { sql } from 'kysely';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { Store } from '../../store/store.ts';
import { IN_FORCE, type MeasureKind } from './measure.ts';

/** Measures in force of one unit and kind. */
export interface MeasureCount {
  readonly unitId: number;
  readonly kind: MeasureKind;
  readonly measures: number;
  /** 问责人次. */
  readonly people: number;
}

/** Measures decided in a period, by unit and kind; dates in Asia/Shanghai, both included. */
export async function countMeasures(
  { db }: Pick<Store, 'db'>,
  { from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
): Promise<MeasureCount[]> {
  const { rows } = await sql<MeasureCount>`
    select unit_id as "unitId", kind, count(*)::int as measures, sum(people)::int as people from accountability
     where state in (${sql.join(IN_FORCE.map((state) => sql.lit(state)))}) and decided_on between ${from}::date and ${to}::date
     group by unit_id, kind order by unit_id, kind`.execute(db);
  return rows;
}
