import { useSearch } from '@tanstack/react-router';
import type { SiteDetail } from '../../api/types.ts';
import type { Search } from '../../util/search.ts';

/** The round whose details a subject's page shows: the one in the address, else the newest that checked it. */
export function useShownRound(rounds: SiteDetail['rounds']): string | null {
  const { period } = useSearch({ strict: false }) as Search;
  const wanted = rounds.find((round) => round.period === period);
  return (wanted ?? rounds.find(({ checked }) => checked))?.period ?? null;
}
