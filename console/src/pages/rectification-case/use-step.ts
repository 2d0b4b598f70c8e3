import { sendChange } from '../../api/client.ts';
import { useChange } from '../../hooks/use-change.ts';
import type { AskedStep, RectificationDetail } from '../rectification/rectification-words.tsx';

export type StepName = RectificationDetail['maySteps'][number]['step'];

/** A step without the version that it was decided on: the case on the screen has it. */
export type WantedStep = AskedStep extends infer Step
  ? Step extends AskedStep
    ? Omit<Step, 'version'>
    : never
  : never;

/** What any step makes stale: the case, the lists, the counts. */
export const STEP_REFRESHES = [
  ...(['/api/v1/rectification/cases/{id}', '/api/v1/rectification/cases'] as const),
  ...(['/api/v1/rectification/board', '/api/v1/rectification/calendar'] as const),
  ...(['/api/v1/rectification/waiting', '/api/v1/rectification/notices'] as const),
] as const;

/** Takes a step of a case as it is shown. */
export function useStep(given: RectificationDetail, doneWords: string, onDone?: () => void) {
  return useChange({
    change: (wanted: WantedStep) =>
      sendChange('post', '/api/v1/rectification/cases/{id}/steps', {
        params: { path: { id: given.id } },
        body: { ...wanted, version: given.version } as AskedStep,
      }),
    doneWords,
    refreshes: STEP_REFRESHES,
    isErrorShownByCaller: true,
    ...(onDone && { onDone }),
  });
}

/** Why a step may not be taken now; null = it may. */
export const whyNotStep = (given: RectificationDetail, step: StepName): string | null =>
  given.maySteps.find((each) => each.step === step)?.whyNot ?? null;

export const maySteps = (given: RectificationDetail, ...steps: readonly StepName[]): boolean =>
  steps.some((step) => whyNotStep(given, step) === null);
