import { absent } from '../../domain/fact.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { statistics, statisticsBlock } from '../../testing/facts/portal-views.ts';
import { portalMessageStats } from './deduct.messages-open.stats.ts';

describePortalRule(portalMessageStats, [
  [
    'old figures are figures',
    {
      'site.statistics': statistics([
        statisticsBlock({ about: 'messages', latestOn: '2019-12-31' }),
      ]),
    },
    { status: 'met' },
  ],
  [
    'only those of services',
    { 'site.statistics': statistics([statisticsBlock()]) },
    { status: 'breached', occurrences: 1 },
  ],
  ['none', { 'site.statistics': absent }, { status: 'breached', occurrences: 1 }],
  [
    'not everything was read',
    { 'site.statistics': statistics([], { complete: false }) },
    { status: 'undetermined', atMost: 1 },
  ],
]);
