import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ApiError } from '../api/api-error.ts';
import { fetchAnswer } from '../api/client.ts';
import type { AnswerOf, ParamsOf, PathOf } from '../api/types.ts';

interface GetOptions {
  readonly enabled?: boolean;
  /** Shows the former answer while the next one is under way: a list that turns its page does not jump. */
  readonly keepsFormer?: boolean;
  readonly refetchMs?: number | false;
}

/** Reads an endpoint and keeps its answer; the key begins with the path, so that changes can refresh by path. */
export function useGet<P extends PathOf<'get'>>(
  path: P,
  params: ParamsOf<P>,
  options: GetOptions = {},
): UseQueryResult<AnswerOf<P>, ApiError> {
  return useQuery<AnswerOf<P>, ApiError>({
    queryKey: [path, params],
    queryFn: ({ signal }) => fetchAnswer(path, params, signal),
    enabled: options.enabled ?? true,
    refetchInterval: options.refetchMs ?? false,
    ...(options.keepsFormer && { placeholderData: keepPreviousData }),
  });
}
