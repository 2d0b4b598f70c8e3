import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ApiError } from '../api/api-error.ts';
import { ErrorState } from './ErrorState.tsx';
import { LoadingState } from './LoadingState.tsx';

interface AnswerProps<Data> {
  readonly of: UseQueryResult<Data, ApiError>;
  readonly rows?: number;
  readonly children: (data: Data) => ReactNode;
}

/** What is read from the server, in its three states. Stale data stay on the screen when a refresh fails. */
export function Answer<Data>({ of, rows, children }: AnswerProps<Data>) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.error) return <ErrorState error={of.error} onRetry={() => void of.refetch()} />;
  return <LoadingState {...(rows !== undefined && { rows })} />;
}
