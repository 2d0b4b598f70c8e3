import { sql } from 'kysely';
import { type Acting, assertMay, scopeOf } from '../../domain/acting.ts';
import { isInScope } from '../../domain/actor.ts';
import { COMPLETENESS } from '../../domain/completeness.ts';
import type { StoreDeps } from '../../store/store.ts';
import { titleOf } from '../account-fields.ts';
import { loadUnitTree, registryDb } from '../registry.repository.ts';

export interface UnitCompleteness {
  readonly unit: { readonly id: number; readonly name: string };
  readonly accounts: number;
  readonly average: number | null;
  readonly complete: number;
  readonly missing: readonly { readonly title: string; readonly accounts: number }[];
}

interface Sum {
  accounts: number;
  points: number;
  complete: number;
  readonly missing: Map<string, number>;
}

/** Fields named of one unit: those that most of its accounts lack. */
const MISSING_SHOWN = 5;

/**
 * How complete the records of running accounts are: one row for each unit directly below `unitId` (and itself, first), or for the topmost
 * units that somebody sees. What lies outside his border is not there.
 */
export async function completenessByUnit(
  { store }: StoreDeps,
  acting: Acting,
  unitId: number | null,
): Promise<{ readonly formula: string; readonly items: readonly UnitCompleteness[] }> {
  assertMay(acting, 'registry.read');
  const db = registryDb(store.db);
  const scope = scopeOf(acting);
  const tree = await loadUnitTree(db);
  const seen = tree.all().filter(({ id }) => isInScope(scope, id));
  const asked =
    unitId === null
      ? seen.filter(({ parentId }) => !isInScope(scope, parentId) || parentId === null)
      : seen.filter(({ id, parentId }) => id === unitId || parentId === unitId);
  const { rows } = await sql<{
    sponsor_id: number;
    field: string | null;
    count: number;
    points: number;
  }>`
    select a.sponsor_id, m.field, count(*)::int as count, coalesce(sum(r.completeness), 0)::int as points
      from account a join account_record r on r.account_id = a.id
           cross join lateral (select null::text as field union all select unnest(r.missing)) m
     where a.status = 'running' group by a.sponsor_id, m.field`.execute(db);
  const { rows: whole } = await sql<{ sponsor_id: number; count: number }>`
    select a.sponsor_id, count(*)::int as count from account a join account_record r on r.account_id = a.id
     where a.status = 'running' and r.missing = '{}' group by a.sponsor_id`.execute(db);
  const sums = new Map<number, Sum>();
  const sumOf = (id: number): Sum => {
    const sum = sums.get(id) ?? { accounts: 0, points: 0, complete: 0, missing: new Map() };
    sums.set(id, sum);
    return sum;
  };
  for (const { sponsor_id, field, count, points } of rows)
    for (const { id } of tree.chain(sponsor_id)) {
      const sum = sumOf(id);
      if (field !== null) sum.missing.set(field, (sum.missing.get(field) ?? 0) + count);
      else {
        sum.accounts += count;
        sum.points += points;
      }
    }
  for (const { sponsor_id, count } of whole)
    for (const { id } of tree.chain(sponsor_id)) sumOf(id).complete += count;
  return {
    formula: COMPLETENESS.version,
    items: asked.map(({ id, name }) => viewOf({ id, name }, sumOf(id))),
  };
}

function viewOf(unit: UnitCompleteness['unit'], sum: Sum): UnitCompleteness {
  const missing = [...sum.missing]
    .sort((one, other) => other[1] - one[1])
    .slice(0, MISSING_SHOWN)
    .map(([field, accounts]) => ({ title: titleOf(field), accounts }));
  const average = sum.accounts === 0 ? null : Math.floor(sum.points / sum.accounts);
  return { unit, accounts: sum.accounts, average, complete: sum.complete, missing };
}
