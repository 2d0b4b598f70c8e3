import { Alert } from 'antd';
import type { ApiError } from '../api/api-error.ts';

/** Why a form was refused, above its button; the field that is meant is marked by `markField`. */
export function FormProblem({ error }: { readonly error: ApiError | null }) {
  if (error === null) return null;
  const more = error.requestId ? `请求编号 ${error.requestId}` : undefined;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      className="form-problem"
      title={[error.message, ...error.details].join(' ')}
      description={error.status >= 500 || error.status === 0 ? more : undefined}
    />
  );
}
