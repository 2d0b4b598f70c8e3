import { sql } from 'kysely';
import { type Acting, may, scopeOf } from '../../domain/acting.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import { IN_FORCE } from './measure.ts';

/** Units that somebody may take measures against: those he supervises, never his own. */
export function mayJudge(acting: Acting, unitId: number): boolean {
  if (!may(acting, 'duty.measure')) return false;
  const scope = scopeOf(acting);
  if (scope === 'all' || typeof acting === 'string') return true;
  return scope.has(unitId) && unitId !== acting.unitId;
}

/** Measures that somebody sees: in force within his sight, and whatever state where he may judge. */
export function seenMeasures(acting: Acting) {
  const scope = scopeOf(acting);
  if (scope === 'all') return may(acting, 'duty.measure') ? sql`true` : inForce;
  const within = sql`m.unit_id = any(${arrayLiteral([...scope])}::int[])`;
  if (!may(acting, 'duty.measure') || typeof acting === 'string')
    return sql`(${within} and ${inForce})`;
  return sql`(${within} and (${inForce} or m.unit_id is distinct from ${acting.unitId}::int))`;
}

const inForce = sql`m.state in (${sql.join(IN_FORCE.map((state) => sql.lit(state)))})`;
