import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api/api-error.ts';
import { sessionQuery } from './hooks/use-session.ts';

const STALE_MS = 15_000;
const RETRIES = 2;

/** Keeps answers. Whoever finds himself signed out is asked for his name again by the router. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        const isOwn = query.queryKey[0] === sessionQuery.queryKey[0];
        if (error instanceof ApiError && error.isSignedOut && !isOwn) onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        // What the server refused it will refuse again; only its absence may pass.
        retry: (failures, error) =>
          failures < RETRIES &&
          error instanceof ApiError &&
          (error.status === 0 || error.status >= 500),
      },
    },
  });
  return queries;
}
