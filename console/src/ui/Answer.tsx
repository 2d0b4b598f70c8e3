import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ApiError } from '../api/api-error.ts';
import { ErrorState } from './ErrorState.tsx';
import { LoadingState } from './LoadingState.tsx';
import { PageHeader } from './PageHeader.tsx';

interface AnswerProps<Data> {
  readonly of: UseQueryResult<Data, ApiError>;
  readonly rows?: number;
  /** The page's title while there is nothing else to name it by. */
  readonly pageTitle?: string;
  readonly children: (data: Data) => ReactNode;
}

/** What is read from the server, in its three states. Stale data stay on the screen when a refresh fails. */
export function Answer<Data>({ of, rows, pageTitle, children }: AnswerProps<Data>) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  return (
    <>
      {pageTitle && <PageHeader title={pageTitle} />}
      {of.error ? (
        <ErrorState error={of.error} onRetry={() => void of.refetch()} />
      ) : (
        <LoadingState {...(rows !== undefined && { rows })} />
      )}
    </>
  );
}
