import type { Selectable } from 'kysely';
import type { AssessmentTables } from './assessment-db.ts';
import type { Value } from './score.ts';

type Line = Pick<
  Selectable<AssessmentTables['assessment_line']>,
  'rule_id' | 'measured' | 'claimed' | 'claim_note' | 'decided'
>;

/**
 * What counts of a line: what was decided; else what the platform counted, unless the unit contradicts it. What a unit says of itself
 * counts only when somebody has decided on it.
 */
export function countedValue({
  measured,
  claim_note: objection,
  decided,
}: Omit<Line, 'rule_id'>): Value {
  if (decided !== null) return decided;
  return objection === '' ? measured : null;
}

export const valuesOf = (lines: readonly Line[]): ReadonlyMap<string, Value> =>
  new Map(lines.map((line) => [line.rule_id, countedValue(line)]));
