import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { sessionQuery } from '../hooks/use-session.ts';
import { Shell } from '../layout/Shell.tsx';
import type { Search } from '../util/search.ts';

export interface RouterContext {
  readonly queries: QueryClient;
}

export const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  validateSearch: (search: Record<string, unknown>) => search as Search,
});
export const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  beforeLoad: async ({ context, search: { problem } }) => {
    const { user } = await context.queries.ensureQueryData(sessionQuery);
    // What went wrong on the way to link one's account is told where one began.
    if (user !== null) throw redirect(problem ? { to: '/me', search: { problem } } : { to: '/' });
  },
  component: lazyRouteComponent(() => import('../pages/login/LoginPage.tsx'), 'LoginPage'),
});
export const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('../pages/setup/SetupPage.tsx'), 'SetupPage'),
});
export const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  component: lazyRouteComponent(() => import('../pages/password/PasswordPage.tsx'), 'PasswordPage'),
});
/** The one page of everybody else; who is signed in all the same needs the word that changes must carry. */
export const findError = createRoute({
  getParentRoute: () => root,
  path: '/find-error',
  beforeLoad: async ({ context }) => void (await context.queries.ensureQueryData(sessionQuery)),
  component: lazyRouteComponent(
    () => import('../pages/find-error-public/PublicFindErrorPage.tsx'),
    'PublicFindErrorPage',
  ),
});
/** Everything behind the door: the session first, then the second factor where it is required. */
export const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const { user } = await context.queries.ensureQueryData(sessionQuery);
    if (user === null)
      throw redirect({
        to: '/login',
        search: location.href === '/' ? {} : { to: location.href },
      });
    if (user.secondFactor === 'required' && location.pathname !== '/me')
      throw redirect({ to: '/me' });
  },
});
/** The place of a page behind the door: spread into its route, so that the route's path is a literal type. */
export const own = <const Path extends string>(path: Path) =>
  ({ getParentRoute: () => inside, path }) as const;
