import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { ownAddress } from '../util/own-address.ts';
import type { Search } from '../util/search.ts';
import { sessionQuery } from './use-session.ts';

/** After the server let somebody in: forgets the former person and goes where he wanted to go. */
export function useEnter(): () => Promise<void> {
  const queries = useQueryClient();
  const router = useRouter();
  const { to } = useSearch({ strict: false }) as Search;
  return async () => {
    queries.clear();
    await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
    router.history.push(ownAddress(to));
  };
}
