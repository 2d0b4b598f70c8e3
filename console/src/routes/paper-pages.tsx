import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { own } from './doors.tsx';

/** From a round to what comes of it: findings, bulletin, rectification, assessment, accountability. */
export const paperPages = [
  createRoute({
    ...own('/rounds'),
    component: lazyRouteComponent(() => import('../pages/rounds/RoundsPage.tsx'), 'RoundsPage'),
  }),
  createRoute({
    ...own('/rounds/new'),
    component: lazyRouteComponent(
      () => import('../pages/new-round/NewRoundPage.tsx'),
      'NewRoundPage',
    ),
  }),
  createRoute({
    ...own('/rounds/$period'),
    component: lazyRouteComponent(() => import('../pages/round/RoundPage.tsx'), 'RoundPage'),
  }),
  createRoute({
    ...own('/findings'),
    component: lazyRouteComponent(
      () => import('../pages/findings/FindingsPage.tsx'),
      'FindingsPage',
    ),
  }),
  createRoute({
    ...own('/findings/$id'),
    component: lazyRouteComponent(() => import('../pages/finding/FindingPage.tsx'), 'FindingPage'),
  }),
  createRoute({
    ...own('/findings/$id/chain'),
    component: lazyRouteComponent(() => import('../pages/chain/ChainPage.tsx'), 'ChainPage'),
  }),
  createRoute({
    ...own('/bulletins'),
    component: lazyRouteComponent(
      () => import('../pages/bulletins/BulletinsPage.tsx'),
      'BulletinsPage',
    ),
  }),
  createRoute({
    ...own('/bulletins/$period'),
    component: lazyRouteComponent(
      () => import('../pages/bulletin/BulletinPage.tsx'),
      'BulletinPage',
    ),
  }),
  createRoute({
    ...own('/contests'),
    component: lazyRouteComponent(
      () => import('../pages/contests/ContestsPage.tsx'),
      'ContestsPage',
    ),
  }),
  createRoute({
    ...own('/rectification'),
    component: lazyRouteComponent(
      () => import('../pages/rectification/RectificationPage.tsx'),
      'RectificationPage',
    ),
  }),
  createRoute({
    ...own('/rectification/notices'),
    component: lazyRouteComponent(
      () => import('../pages/rectification-notices/NoticesPage.tsx'),
      'NoticesPage',
    ),
  }),
  createRoute({
    ...own('/notice-templates'),
    component: lazyRouteComponent(
      () => import('../pages/notice-templates/NoticeTemplatesPage.tsx'),
      'NoticeTemplatesPage',
    ),
  }),
  createRoute({
    ...own('/notice-templates/$kind'),
    component: lazyRouteComponent(
      () => import('../pages/notice-template/NoticeTemplatePage.tsx'),
      'NoticeTemplatePage',
    ),
  }),
  createRoute({
    ...own('/rectification/$id'),
    component: lazyRouteComponent(
      () => import('../pages/rectification-case/RectificationCasePage.tsx'),
      'RectificationCasePage',
    ),
  }),
  createRoute({
    ...own('/self-checks'),
    component: lazyRouteComponent(
      () => import('../pages/self-checks/SelfChecksPage.tsx'),
      'SelfChecksPage',
    ),
  }),
  createRoute({
    ...own('/self-checks/$id'),
    component: lazyRouteComponent(
      () => import('../pages/self-check/SelfCheckPage.tsx'),
      'SelfCheckPage',
    ),
  }),
  createRoute({
    ...own('/self-checks/$id/units/$unitId'),
    component: lazyRouteComponent(
      () => import('../pages/self-check-unit/SelfCheckUnitPage.tsx'),
      'SelfCheckUnitPage',
    ),
  }),
  createRoute({
    ...own('/find-errors'),
    component: lazyRouteComponent(
      () => import('../pages/find-errors/FindErrorsPage.tsx'),
      'FindErrorsPage',
    ),
  }),
  createRoute({
    ...own('/find-errors/$id'),
    component: lazyRouteComponent(
      () => import('../pages/find-error/FindErrorPage.tsx'),
      'FindErrorPage',
    ),
  }),
  createRoute({
    ...own('/assessments'),
    component: lazyRouteComponent(
      () => import('../pages/assessments/AssessmentsPage.tsx'),
      'AssessmentsPage',
    ),
  }),
  createRoute({
    ...own('/assessments/$id'),
    component: lazyRouteComponent(
      () => import('../pages/assessment/AssessmentPage.tsx'),
      'AssessmentPage',
    ),
  }),
  createRoute({
    ...own('/assessments/$id/units/$unitId'),
    component: lazyRouteComponent(
      () => import('../pages/assessment-unit/AssessmentUnitPage.tsx'),
      'AssessmentUnitPage',
    ),
  }),
  createRoute({
    ...own('/yearly-forms'),
    component: lazyRouteComponent(
      () => import('../pages/yearly-forms/YearlyFormsPage.tsx'),
      'YearlyFormsPage',
    ),
  }),
  createRoute({
    ...own('/yearly-forms/$id'),
    component: lazyRouteComponent(
      () => import('../pages/yearly-form/YearlyFormPage.tsx'),
      'YearlyFormPage',
    ),
  }),
  createRoute({
    ...own('/duty'),
    component: lazyRouteComponent(() => import('../pages/duty/DutyPage.tsx'), 'DutyPage'),
  }),
  createRoute({
    ...own('/duty/regulations'),
    component: lazyRouteComponent(
      () => import('../pages/regulations/RegulationsPage.tsx'),
      'RegulationsPage',
    ),
  }),
  createRoute({
    ...own('/duty/regulations/$id'),
    component: lazyRouteComponent(
      () => import('../pages/regulation/RegulationPage.tsx'),
      'RegulationPage',
    ),
  }),
  createRoute({
    ...own('/duty/trainings'),
    component: lazyRouteComponent(
      () => import('../pages/trainings/TrainingsPage.tsx'),
      'TrainingsPage',
    ),
  }),
  createRoute({
    ...own('/duty/trainings/$id'),
    component: lazyRouteComponent(
      () => import('../pages/training/TrainingPage.tsx'),
      'TrainingPage',
    ),
  }),
  createRoute({
    ...own('/duty/load'),
    component: lazyRouteComponent(
      () => import('../pages/duty-load/DutyLoadPage.tsx'),
      'DutyLoadPage',
    ),
  }),
  createRoute({
    ...own('/duty/measures'),
    component: lazyRouteComponent(
      () => import('../pages/measures/MeasuresPage.tsx'),
      'MeasuresPage',
    ),
  }),
  createRoute({
    ...own('/duty/measures/$id'),
    component: lazyRouteComponent(() => import('../pages/measure/MeasurePage.tsx'), 'MeasurePage'),
  }),
] as const;
