import { sendChange } from '../../api/client.ts';
import type { BodyOf } from '../../api/types.ts';
import { useChange } from '../../hooks/use-change.ts';
import { ASSESSMENT_REFRESHES, type AssessedUnit } from '../assessments/assessment-words.tsx';

type UnitPath =
  `/api/v1/assessments/{id}/units/{unitId}/${'report' | 'decision' | 'review' | 'return'}`;

/** Takes a step of a unit as it is shown. */
export function useUnitStep<P extends UnitPath>(
  { head, unit }: AssessedUnit,
  path: P,
  doneWords: string,
) {
  return useChange({
    change: (wanted: Omit<BodyOf<P, 'post'>, 'version'>) =>
      sendChange('post', path, {
        params: { path: { id: head.id, unitId: unit.unitId } },
        body: { ...wanted, version: unit.version },
      } as never),
    doneWords,
    refreshes: ASSESSMENT_REFRESHES,
    isErrorShownByCaller: true,
  });
}
