import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api/api-error.ts';
import { sessionQuery } from './hooks/use-session.ts';

const STALE_MS = 15_000;
/** The server is away or starting; what it answered otherwise it would answer again. */
const PASSING = new Set([0, 502, 503, 504]);

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
        retry: (failures, error) =>
          failures < 1 && error instanceof ApiError && PASSING.has(error.status),
      },
    },
  });
  return queries;
}
