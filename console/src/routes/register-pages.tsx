import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { own } from './doors.tsx';

/** The register and what is known of its sites and accounts between rounds. */
export const registerPages = [
  createRoute({
    ...own('/'),
    component: lazyRouteComponent(() => import('../pages/home/HomePage.tsx'), 'HomePage'),
  }),
  createRoute({
    ...own('/me'),
    component: lazyRouteComponent(() => import('../pages/me/MePage.tsx'), 'MePage'),
  }),
  createRoute({
    ...own('/units'),
    component: lazyRouteComponent(() => import('../pages/units/UnitsPage.tsx'), 'UnitsPage'),
  }),
  createRoute({
    ...own('/sites'),
    component: lazyRouteComponent(() => import('../pages/sites/SitesPage.tsx'), 'SitesPage'),
  }),
  createRoute({
    ...own('/sites/$id'),
    component: lazyRouteComponent(() => import('../pages/site/SitePage.tsx'), 'SitePage'),
  }),
  createRoute({
    ...own('/accounts'),
    component: lazyRouteComponent(
      () => import('../pages/accounts/AccountsPage.tsx'),
      'AccountsPage',
    ),
  }),
  createRoute({
    ...own('/accounts/$id'),
    component: lazyRouteComponent(() => import('../pages/account/AccountPage.tsx'), 'AccountPage'),
  }),
  createRoute({
    ...own('/account-cases'),
    component: lazyRouteComponent(
      () => import('../pages/account-cases/AccountCasesPage.tsx'),
      'AccountCasesPage',
    ),
  }),
  createRoute({
    ...own('/account-cases/new'),
    component: lazyRouteComponent(
      () => import('../pages/account-case/NewCasePage.tsx'),
      'NewCasePage',
    ),
  }),
  createRoute({
    ...own('/account-cases/$id'),
    component: lazyRouteComponent(
      () => import('../pages/account-case/AccountCasePage.tsx'),
      'AccountCasePage',
    ),
  }),
  createRoute({
    ...own('/upkeep'),
    component: lazyRouteComponent(() => import('../pages/upkeep/UpkeepPage.tsx'), 'UpkeepPage'),
  }),
  createRoute({
    ...own('/completeness'),
    component: lazyRouteComponent(
      () => import('../pages/completeness/CompletenessPage.tsx'),
      'CompletenessPage',
    ),
  }),
  createRoute({
    ...own('/column-maps'),
    component: lazyRouteComponent(
      () => import('../pages/column-maps/ColumnMapsPage.tsx'),
      'ColumnMapsPage',
    ),
  }),
  createRoute({
    ...own('/discovered'),
    component: lazyRouteComponent(
      () => import('../pages/discovered/DiscoveredPage.tsx'),
      'DiscoveredPage',
    ),
  }),
  createRoute({
    ...own('/matrix'),
    component: lazyRouteComponent(() => import('../pages/matrix/MatrixPage.tsx'), 'MatrixPage'),
  }),
  createRoute({
    ...own('/matrix/accounts'),
    component: lazyRouteComponent(() => import('../pages/matrix/StandingPage.tsx'), 'StandingPage'),
  }),
  createRoute({
    ...own('/inbox'),
    component: lazyRouteComponent(() => import('../pages/inbox/InboxPage.tsx'), 'InboxPage'),
  }),
  createRoute({
    ...own('/alerts'),
    component: lazyRouteComponent(() => import('../pages/alerts/AlertsPage.tsx'), 'AlertsPage'),
  }),
  createRoute({
    ...own('/import'),
    component: lazyRouteComponent(() => import('../pages/import/ImportPage.tsx'), 'ImportPage'),
  }),
  createRoute({
    ...own('/register-diff'),
    component: lazyRouteComponent(
      () => import('../pages/register-diff/RegisterDiffPage.tsx'),
      'RegisterDiffPage',
    ),
  }),
] as const;
