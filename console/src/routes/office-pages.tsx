import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { NoSuchPage } from '../layout/RouteProblem.tsx';
import { own } from './doors.tsx';

/** Rules, words and the system itself. */
export const officePages = [
  createRoute({
    ...own('/rulesets'),
    component: lazyRouteComponent(
      () => import('../pages/rulesets/RulesetsPage.tsx'),
      'RulesetsPage',
    ),
  }),
  createRoute({
    ...own('/rulesets/$id'),
    component: lazyRouteComponent(() => import('../pages/ruleset/RulesetPage.tsx'), 'RulesetPage'),
  }),
  createRoute({
    ...own('/rulesets/$id/diff'),
    component: lazyRouteComponent(
      () => import('../pages/ruleset-diff/RulesetDiffPage.tsx'),
      'RulesetDiffPage',
    ),
  }),
  createRoute({
    ...own('/lexicons'),
    component: lazyRouteComponent(
      () => import('../pages/lexicons/LexiconsPage.tsx'),
      'LexiconsPage',
    ),
  }),
  createRoute({
    ...own('/lexicons/$name'),
    component: lazyRouteComponent(() => import('../pages/lexicon/LexiconPage.tsx'), 'LexiconPage'),
  }),
  createRoute({
    ...own('/ignores'),
    component: lazyRouteComponent(() => import('../pages/ignores/IgnoresPage.tsx'), 'IgnoresPage'),
  }),
  createRoute({
    ...own('/system/users'),
    component: lazyRouteComponent(() => import('../pages/users/UsersPage.tsx'), 'UsersPage'),
  }),
  createRoute({
    ...own('/system/audit'),
    component: lazyRouteComponent(() => import('../pages/audit/AuditPage.tsx'), 'AuditPage'),
  }),
  createRoute({
    ...own('/system/jobs'),
    component: lazyRouteComponent(() => import('../pages/jobs/JobsPage.tsx'), 'JobsPage'),
  }),
  createRoute({
    ...own('/system/health'),
    component: lazyRouteComponent(() => import('../pages/health/HealthPage.tsx'), 'HealthPage'),
  }),
  createRoute({
    ...own('/system/channels'),
    component: lazyRouteComponent(
      () => import('../pages/channels/ChannelsPage.tsx'),
      'ChannelsPage',
    ),
  }),
  createRoute({
    ...own('/system/settings'),
    component: lazyRouteComponent(
      () => import('../pages/settings/SettingsPage.tsx'),
      'SettingsPage',
    ),
  }),
  // Any other address: told inside, with the menu beside it.
  createRoute({ ...own('/$'), component: NoSuchPage }),
] as const;
