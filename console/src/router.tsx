import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { sessionQuery } from './hooks/use-session.ts';
import { NoSuchPage, RouteProblem } from './layout/RouteProblem.tsx';
import { Shell } from './layout/Shell.tsx';
import { LoadingState } from './ui/LoadingState.tsx';
import { formatSearch, parseSearch, type Search } from './util/search.ts';

interface Context {
  readonly queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  validateSearch: (search: Record<string, unknown>) => search as Search,
});
const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  beforeLoad: async ({ context, search: { problem } }) => {
    const { user } = await context.queries.ensureQueryData(sessionQuery);
    // What went wrong on the way to link one's account is told where one began.
    if (user !== null) throw redirect(problem ? { to: '/me', search: { problem } } : { to: '/' });
  },
  component: lazyRouteComponent(() => import('./pages/login/LoginPage.tsx'), 'LoginPage'),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./pages/setup/SetupPage.tsx'), 'SetupPage'),
});
const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  component: lazyRouteComponent(() => import('./pages/password/PasswordPage.tsx'), 'PasswordPage'),
});
/** The one page of everybody else; who is signed in all the same needs the word that changes must carry. */
const findError = createRoute({
  getParentRoute: () => root,
  path: '/find-error',
  beforeLoad: async ({ context }) => void (await context.queries.ensureQueryData(sessionQuery)),
  component: lazyRouteComponent(
    () => import('./pages/find-error-public/PublicFindErrorPage.tsx'),
    'PublicFindErrorPage',
  ),
});
/** Everything behind the door: the session first, then the second factor where it is required. */
const inside = createRoute({
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
const own = <const Path extends string>(path: Path) =>
  ({ getParentRoute: () => inside, path }) as const;
const pages = [
  createRoute({
    ...own('/'),
    component: lazyRouteComponent(() => import('./pages/home/HomePage.tsx'), 'HomePage'),
  }),
  createRoute({
    ...own('/me'),
    component: lazyRouteComponent(() => import('./pages/me/MePage.tsx'), 'MePage'),
  }),
  createRoute({
    ...own('/units'),
    component: lazyRouteComponent(() => import('./pages/units/UnitsPage.tsx'), 'UnitsPage'),
  }),
  createRoute({
    ...own('/sites'),
    component: lazyRouteComponent(() => import('./pages/sites/SitesPage.tsx'), 'SitesPage'),
  }),
  createRoute({
    ...own('/sites/$id'),
    component: lazyRouteComponent(() => import('./pages/site/SitePage.tsx'), 'SitePage'),
  }),
  createRoute({
    ...own('/accounts'),
    component: lazyRouteComponent(
      () => import('./pages/accounts/AccountsPage.tsx'),
      'AccountsPage',
    ),
  }),
  createRoute({
    ...own('/accounts/$id'),
    component: lazyRouteComponent(() => import('./pages/account/AccountPage.tsx'), 'AccountPage'),
  }),
  createRoute({
    ...own('/account-cases'),
    component: lazyRouteComponent(
      () => import('./pages/account-cases/AccountCasesPage.tsx'),
      'AccountCasesPage',
    ),
  }),
  createRoute({
    ...own('/account-cases/new'),
    component: lazyRouteComponent(
      () => import('./pages/account-case/NewCasePage.tsx'),
      'NewCasePage',
    ),
  }),
  createRoute({
    ...own('/account-cases/$id'),
    component: lazyRouteComponent(
      () => import('./pages/account-case/AccountCasePage.tsx'),
      'AccountCasePage',
    ),
  }),
  createRoute({
    ...own('/upkeep'),
    component: lazyRouteComponent(() => import('./pages/upkeep/UpkeepPage.tsx'), 'UpkeepPage'),
  }),
  createRoute({
    ...own('/completeness'),
    component: lazyRouteComponent(
      () => import('./pages/completeness/CompletenessPage.tsx'),
      'CompletenessPage',
    ),
  }),
  createRoute({
    ...own('/column-maps'),
    component: lazyRouteComponent(
      () => import('./pages/column-maps/ColumnMapsPage.tsx'),
      'ColumnMapsPage',
    ),
  }),
  createRoute({
    ...own('/discovered'),
    component: lazyRouteComponent(
      () => import('./pages/discovered/DiscoveredPage.tsx'),
      'DiscoveredPage',
    ),
  }),
  createRoute({
    ...own('/matrix'),
    component: lazyRouteComponent(() => import('./pages/matrix/MatrixPage.tsx'), 'MatrixPage'),
  }),
  createRoute({
    ...own('/matrix/accounts'),
    component: lazyRouteComponent(() => import('./pages/matrix/StandingPage.tsx'), 'StandingPage'),
  }),
  createRoute({
    ...own('/inbox'),
    component: lazyRouteComponent(() => import('./pages/inbox/InboxPage.tsx'), 'InboxPage'),
  }),
  createRoute({
    ...own('/alerts'),
    component: lazyRouteComponent(() => import('./pages/alerts/AlertsPage.tsx'), 'AlertsPage'),
  }),
  createRoute({
    ...own('/import'),
    component: lazyRouteComponent(() => import('./pages/import/ImportPage.tsx'), 'ImportPage'),
  }),
  createRoute({
    ...own('/register-diff'),
    component: lazyRouteComponent(
      () => import('./pages/register-diff/RegisterDiffPage.tsx'),
      'RegisterDiffPage',
    ),
  }),
  createRoute({
    ...own('/rounds'),
    component: lazyRouteComponent(() => import('./pages/rounds/RoundsPage.tsx'), 'RoundsPage'),
  }),
  createRoute({
    ...own('/rounds/new'),
    component: lazyRouteComponent(
      () => import('./pages/new-round/NewRoundPage.tsx'),
      'NewRoundPage',
    ),
  }),
  createRoute({
    ...own('/rounds/$period'),
    component: lazyRouteComponent(() => import('./pages/round/RoundPage.tsx'), 'RoundPage'),
  }),
  createRoute({
    ...own('/findings'),
    component: lazyRouteComponent(
      () => import('./pages/findings/FindingsPage.tsx'),
      'FindingsPage',
    ),
  }),
  createRoute({
    ...own('/findings/$id'),
    component: lazyRouteComponent(() => import('./pages/finding/FindingPage.tsx'), 'FindingPage'),
  }),
  createRoute({
    ...own('/findings/$id/chain'),
    component: lazyRouteComponent(() => import('./pages/chain/ChainPage.tsx'), 'ChainPage'),
  }),
  createRoute({
    ...own('/bulletins'),
    component: lazyRouteComponent(
      () => import('./pages/bulletins/BulletinsPage.tsx'),
      'BulletinsPage',
    ),
  }),
  createRoute({
    ...own('/bulletins/$period'),
    component: lazyRouteComponent(
      () => import('./pages/bulletin/BulletinPage.tsx'),
      'BulletinPage',
    ),
  }),
  createRoute({
    ...own('/contests'),
    component: lazyRouteComponent(
      () => import('./pages/contests/ContestsPage.tsx'),
      'ContestsPage',
    ),
  }),
  createRoute({
    ...own('/rectification'),
    component: lazyRouteComponent(
      () => import('./pages/rectification/RectificationPage.tsx'),
      'RectificationPage',
    ),
  }),
  createRoute({
    ...own('/rectification/notices'),
    component: lazyRouteComponent(
      () => import('./pages/rectification-notices/NoticesPage.tsx'),
      'NoticesPage',
    ),
  }),
  createRoute({
    ...own('/rectification/$id'),
    component: lazyRouteComponent(
      () => import('./pages/rectification-case/RectificationCasePage.tsx'),
      'RectificationCasePage',
    ),
  }),
  createRoute({
    ...own('/self-checks'),
    component: lazyRouteComponent(
      () => import('./pages/self-checks/SelfChecksPage.tsx'),
      'SelfChecksPage',
    ),
  }),
  createRoute({
    ...own('/self-checks/$id'),
    component: lazyRouteComponent(
      () => import('./pages/self-check/SelfCheckPage.tsx'),
      'SelfCheckPage',
    ),
  }),
  createRoute({
    ...own('/self-checks/$id/units/$unitId'),
    component: lazyRouteComponent(
      () => import('./pages/self-check-unit/SelfCheckUnitPage.tsx'),
      'SelfCheckUnitPage',
    ),
  }),
  createRoute({
    ...own('/find-errors'),
    component: lazyRouteComponent(
      () => import('./pages/find-errors/FindErrorsPage.tsx'),
      'FindErrorsPage',
    ),
  }),
  createRoute({
    ...own('/find-errors/$id'),
    component: lazyRouteComponent(
      () => import('./pages/find-error/FindErrorPage.tsx'),
      'FindErrorPage',
    ),
  }),
  createRoute({
    ...own('/assessments'),
    component: lazyRouteComponent(
      () => import('./pages/assessments/AssessmentsPage.tsx'),
      'AssessmentsPage',
    ),
  }),
  createRoute({
    ...own('/assessments/$id'),
    component: lazyRouteComponent(
      () => import('./pages/assessment/AssessmentPage.tsx'),
      'AssessmentPage',
    ),
  }),
  createRoute({
    ...own('/assessments/$id/units/$unitId'),
    component: lazyRouteComponent(
      () => import('./pages/assessment-unit/AssessmentUnitPage.tsx'),
      'AssessmentUnitPage',
    ),
  }),
  createRoute({
    ...own('/yearly-forms'),
    component: lazyRouteComponent(
      () => import('./pages/yearly-forms/YearlyFormsPage.tsx'),
      'YearlyFormsPage',
    ),
  }),
  createRoute({
    ...own('/yearly-forms/$id'),
    component: lazyRouteComponent(
      () => import('./pages/yearly-form/YearlyFormPage.tsx'),
      'YearlyFormPage',
    ),
  }),
  createRoute({
    ...own('/duty'),
    component: lazyRouteComponent(() => import('./pages/duty/DutyPage.tsx'), 'DutyPage'),
  }),
  createRoute({
    ...own('/duty/measures'),
    component: lazyRouteComponent(
      () => import('./pages/measures/MeasuresPage.tsx'),
      'MeasuresPage',
    ),
  }),
  createRoute({
    ...own('/duty/measures/$id'),
    component: lazyRouteComponent(() => import('./pages/measure/MeasurePage.tsx'), 'MeasurePage'),
  }),
  createRoute({
    ...own('/rulesets'),
    component: lazyRouteComponent(
      () => import('./pages/rulesets/RulesetsPage.tsx'),
      'RulesetsPage',
    ),
  }),
  createRoute({
    ...own('/rulesets/$id'),
    component: lazyRouteComponent(() => import('./pages/ruleset/RulesetPage.tsx'), 'RulesetPage'),
  }),
  createRoute({
    ...own('/rulesets/$id/diff'),
    component: lazyRouteComponent(
      () => import('./pages/ruleset-diff/RulesetDiffPage.tsx'),
      'RulesetDiffPage',
    ),
  }),
  createRoute({
    ...own('/lexicons'),
    component: lazyRouteComponent(
      () => import('./pages/lexicons/LexiconsPage.tsx'),
      'LexiconsPage',
    ),
  }),
  createRoute({
    ...own('/lexicons/$name'),
    component: lazyRouteComponent(() => import('./pages/lexicon/LexiconPage.tsx'), 'LexiconPage'),
  }),
  createRoute({
    ...own('/ignores'),
    component: lazyRouteComponent(() => import('./pages/ignores/IgnoresPage.tsx'), 'IgnoresPage'),
  }),
  createRoute({
    ...own('/system/users'),
    component: lazyRouteComponent(() => import('./pages/users/UsersPage.tsx'), 'UsersPage'),
  }),
  createRoute({
    ...own('/system/audit'),
    component: lazyRouteComponent(() => import('./pages/audit/AuditPage.tsx'), 'AuditPage'),
  }),
  createRoute({
    ...own('/system/jobs'),
    component: lazyRouteComponent(() => import('./pages/jobs/JobsPage.tsx'), 'JobsPage'),
  }),
  createRoute({
    ...own('/system/health'),
    component: lazyRouteComponent(() => import('./pages/health/HealthPage.tsx'), 'HealthPage'),
  }),
  createRoute({
    ...own('/system/channels'),
    component: lazyRouteComponent(
      () => import('./pages/channels/ChannelsPage.tsx'),
      'ChannelsPage',
    ),
  }),
  createRoute({
    ...own('/system/settings'),
    component: lazyRouteComponent(
      () => import('./pages/settings/SettingsPage.tsx'),
      'SettingsPage',
    ),
  }),
  // Any other address: told inside, with the menu beside it.
  createRoute({ ...own('/$'), component: NoSuchPage }),
] as const;

export function createConsoleRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([login, setup, password, findError, inside.addChildren(pages)]),
    context: { queries },
    parseSearch,
    stringifySearch: formatSearch,
    defaultErrorComponent: RouteProblem,
    defaultPendingComponent: LoadingState,
    defaultPendingMs: 300,
    defaultPreload: 'intent',
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
