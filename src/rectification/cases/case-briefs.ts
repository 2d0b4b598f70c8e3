import { type Kysely, sql } from 'kysely';
import { arrayLiteral } from '../../store/array-literal.ts';

/** A case in a line, for a room that speaks of cases. */
export interface CaseBrief {
  readonly id: number;
  readonly unitId: number;
  /** 岳阳市门户：首页停更. */
  readonly words: string;
}

/** Cases by their ids; those that there are not are left out. */
export async function caseBriefs<Tables>(
  db: Kysely<Tables>,
  ids: readonly number[],
): Promise<CaseBrief[]> {
  const { rows } = await sql<CaseBrief>`
    select id, unit_id as "unitId", (subject ->> 'name') || '：' || (rule ->> 'label') as words
      from rectification_case where id = any(${arrayLiteral(ids)}::int[]) order by id`.execute(db);
  return rows;
}
