import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ApiError } from '../../api/api-error.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { STEP_REFRESHES } from './use-step.ts';

/** Why a step was refused; where somebody was quicker, the way to what is now. What was written stays. */
export function StepProblem({ error }: { readonly error: ApiError | null }) {
  const queries = useQueryClient();
  const refresh = (): void => {
    for (const path of STEP_REFRESHES) void queries.invalidateQueries({ queryKey: [path] });
  };
  if (error === null) return null;
  return (
    <>
      <FormProblem error={error} />
      {error.status === 409 && (
        <Button size="small" onClick={refresh}>
          刷新，看最新内容
        </Button>
      )}
    </>
  );
}
