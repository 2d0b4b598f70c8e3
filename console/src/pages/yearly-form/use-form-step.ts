import { sendChange } from '../../api/client.ts';
import { useChange } from '../../hooks/use-change.ts';
import { YEARLY_REFRESHES, type YearlyDetail } from '../yearly-forms/yearly-words.tsx';

type StepName = 'submission' | 'signature' | 'recount' | 'return' | 'publication';

/** Takes a step of a form as it is shown; `return` wants a reason, `publication` an address. */
export function useFormStep({ head }: YearlyDetail, step: StepName, doneWords: string) {
  return useChange({
    change: (more: { reason?: string; url?: string }) =>
      sendChange('post', `/api/v1/yearly-forms/{id}/${step}`, {
        ...{ params: { path: { id: head.id } } },
        body: { version: head.version, ...more } as never,
      }),
    doneWords,
    refreshes: YEARLY_REFRESHES,
    isErrorShownByCaller: true,
  });
}
