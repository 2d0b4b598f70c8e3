import { useSearch } from '@tanstack/react-router';
import { Alert } from 'antd';
import { oidcProblem } from '../util/oidc-problems.ts';
import type { Search } from '../util/search.ts';

/** Why the identity provider's way ended here (`problem` in the address); nothing without it. */
export function OidcProblem() {
  const { problem } = useSearch({ strict: false }) as Search;
  if (!problem) return null;
  const [what, next] = oidcProblem(problem);
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      className="form-problem"
      title={what}
      description={next}
    />
  );
}
