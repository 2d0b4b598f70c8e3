import { sql } from 'kysely';
import type { Scope } from '../domain/actor.ts';
import type { Store } from '../store/store.ts';

/**
 * Whether an archived body was fetched for a subject within somebody's scope: as one of its pages, or as what one of its facts
 * was read from. `roundIds` = rounds in which the body is archived.
 */
export async function isPayloadInScope(
  { db }: Store,
  scope: Scope,
  payload: string,
  roundIds: readonly number[],
): Promise<boolean> {
  if (scope === 'all') return true;
  const [units, rounds] = [[...scope], [...new Set(roundIds)]];
  if (units.length === 0 || rounds.length === 0) return false;
  const { rows } = await sql<{ found: boolean }>`
    select exists (
        select 1 from page join site on page.kind = 'site' and site.id = page.subject_id
         where page.snapshot = ${payload} and site.sponsor_id = any(${units}::int4[]))
      or exists (
        select 1 from page join account on page.kind = 'account' and account.id = page.subject_id
         where page.snapshot = ${payload} and account.sponsor_id = any(${units}::int4[]))
      or exists (
        select 1 from fact
         where round_id = any(${rounds}::int4[]) and kind = 'account' and snapshots ? ${payload}
           and subject_id in (select id from account where sponsor_id = any(${units}::int4[])))
      or exists (
        select 1 from fact
         where round_id = any(${rounds}::int4[]) and kind = 'site' and snapshots ? ${payload}
           and subject_id in (select id from site where sponsor_id = any(${units}::int4[])))
      as found`.execute(db);
  return rows[0]?.found === true;
}
