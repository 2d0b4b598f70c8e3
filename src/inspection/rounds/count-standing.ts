import { type Kysely, sql } from 'kysely';
import type { CalendarDate } from '../../lib/pure/dates.ts';

interface StandingCount {
  readonly unitId: number;
  readonly findings: number;
}

/**
 * Breaches that stand in frozen and issued rounds whose monitoring day lies in a period, both days included, by the sponsor that the
 * round's own copy of the register names. What was rejected, or could not be judged, does not stand.
 */
export async function countStanding<Tables>(
  db: Kysely<Tables>,
  { from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
): Promise<StandingCount[]> {
  const { rows } = await sql<StandingCount>`
    select s.sponsor_id as "unitId", count(*)::int as findings
      from round r join finding f on f.round_id = r.id
      join round_subject s on s.round_id = r.id and s.kind = f.kind and s.subject_id = f.subject_id
     where r.state in ('frozen', 'issued') and f.status = 'breached' and f.review not in ('rejected', 'cannotJudge')
       and (r.monitored_at at time zone 'Asia/Shanghai')::date between ${from}::date and ${to}::date
     group by 1 order by 1`.execute(db);
  return rows;
}
