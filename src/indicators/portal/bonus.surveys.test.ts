import { absent } from '../../domain/fact.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { surveys } from '../../testing/facts/portal-views.ts';
import { bonusSurveys } from './bonus.surveys.ts';

describePortalRule(bonusSurveys, [
  [
    'six, online: earned',
    { 'site.surveys': surveys({ surveysLastYear: 6 }) },
    { status: 'breached', occurrences: 1 },
  ],
  ['five', { 'site.surveys': surveys({ surveysLastYear: 5 }) }, { status: 'met' }],
  [
    'five and one without a date',
    { 'site.surveys': surveys({ surveysLastYear: 5, undated: 1 }) },
    { status: 'undetermined', atMost: 1 },
  ],
  ['by mail', { 'site.surveys': surveys({ way: 'email' }) }, { status: 'met' }],
  ['nobody saw how', { 'site.surveys': surveys({ way: null }) }, { status: 'undetermined' }],
  ['none', { 'site.surveys': absent }, { status: 'met' }],
]);
