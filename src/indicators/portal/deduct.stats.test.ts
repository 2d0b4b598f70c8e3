import { absent } from '../../domain/fact.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { statistics, statisticsBlock } from '../../testing/facts/portal-views.ts';
import { portalStats } from './deduct.stats.ts';

const until = (latestOn: string | null) => statisticsBlock({ latestOn });

describePortalRule(portalStats, [
  [
    'three months to the day',
    { 'site.statistics': statistics([until('2020-06-17')]) },
    { status: 'met' },
  ],
  [
    'older than three months',
    { 'site.statistics': statistics([until('2020-06-16'), until('2020-03-31')]) },
    {
      status: 'breached',
      occurrences: 1,
      evidence: [{ excerpt: '8月办件量：最新一期到 2020-06-16' }],
    },
  ],
  [
    'old ones, and not everything was read',
    { 'site.statistics': statistics([until('2020-03-31')], { complete: false }) },
    { status: 'undetermined', atMost: 1 },
  ],
  [
    'without a period',
    { 'site.statistics': statistics([until(null)]) },
    { status: 'undetermined', atMost: 1 },
  ],
  [
    'only those of messages',
    { 'site.statistics': statistics([statisticsBlock({ about: 'messages' })]) },
    { status: 'breached', occurrences: 1 },
  ],
  ['none', { 'site.statistics': absent }, { status: 'breached', occurrences: 1 }],
  [
    'none found, and not everything was read',
    { 'site.statistics': statistics([], { complete: false, incompleteReason: '页数超限' }) },
    { status: 'undetermined' },
  ],
]);
