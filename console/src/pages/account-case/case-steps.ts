import type { CaseDetail } from '../account-cases/case-words.tsx';

export type CaseStep = CaseDetail['maySteps'][number]['step'];

/** What any step makes stale: the case, the lists, the account in the register. */
export const STEP_REFRESHES = [
  ...(['/api/v1/account-cases/{id}', '/api/v1/account-cases'] as const),
  ...(['/api/v1/account-cases/waiting', '/api/v1/accounts/{id}', '/api/v1/accounts'] as const),
] as const;

/** Why a step is not possible now, null = it is; undefined = this state does not have it. */
export const whyNotStep = (given: CaseDetail, step: CaseStep): string | null | undefined =>
  given.maySteps.find((each) => each.step === step)?.whyNot;
