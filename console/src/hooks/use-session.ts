import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ApiError } from '../api/api-error.ts';
import { fetchAnswer, rememberCsrf } from '../api/client.ts';
import type { Ability, Session, SessionUser } from '../api/types.ts';
import { ABILITY_WORDS } from '../util/words.ts';

/** Who is signed in; also fetches the word that changes must carry. */
export const sessionQuery = queryOptions<Session, ApiError>({
  queryKey: ['/api/v1/session'],
  queryFn: async ({ signal }) => keepSession(await fetchAnswer('/api/v1/session', {}, signal)),
  staleTime: 5 * 60_000,
  retry: 1,
});

function keepSession(session: Session): Session {
  rememberCsrf(session.csrf);
  return session;
}

export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data;
}

export function useUser(): SessionUser | null {
  return useSession()?.user ?? null;
}

/** Whether the signed-in person has an ability. */
export function useCan(): (ability: Ability) => boolean {
  const abilities = useUser()?.abilities;
  return (ability) => abilities?.includes(ability) ?? false;
}

/** Null when the signed-in person may, else the reason to show on the disabled button. */
export function useWhyNot(): (ability: Ability) => string | null {
  const can = useCan();
  return (ability) =>
    can(ability) ? null : `您没有“${ABILITY_WORDS[ability]}”的权限；请找本单位的管理员。`;
}
