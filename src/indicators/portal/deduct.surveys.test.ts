import { absent } from '../../domain/fact.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { surveys } from '../../testing/facts/portal-views.ts';
import { portalSurveys } from './deduct.surveys.ts';

describePortalRule(portalSurveys, [
  ['six', { 'site.surveys': surveys({ surveysLastYear: 6 }) }, { status: 'met' }],
  [
    'five',
    { 'site.surveys': surveys({ surveysLastYear: 5 }) },
    { status: 'breached', occurrences: 1 },
  ],
  [
    'five and one without a date',
    { 'site.surveys': surveys({ surveysLastYear: 5, undated: 1 }) },
    { status: 'undetermined', atMost: 1 },
  ],
  [
    'four and one without a date',
    { 'site.surveys': surveys({ surveysLastYear: 4, undated: 1 }) },
    { status: 'breached' },
  ],
  ['only by mail', { 'site.surveys': surveys({ way: 'email' }) }, { status: 'breached' }],
  [
    'how to take part was not seen',
    { 'site.surveys': surveys({ way: null }) },
    { status: 'undetermined' },
  ],
  [
    'not everything was read',
    { 'site.surveys': surveys({ surveysLastYear: 2, complete: false }) },
    { status: 'undetermined', atMost: 1 },
  ],
  ['none', { 'site.surveys': absent }, { status: 'breached', occurrences: 1 }],
]);
