import { absent } from '../../domain/fact.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { search } from '../../testing/facts/portal-views.ts';
import { portalSearch } from './deduct.search.ts';

describePortalRule(portalSearch, [
  [
    'finds nothing of its own',
    { 'site.search': search({ outcome: 'miss' }) },
    { status: 'breached', occurrences: 1 },
  ],
  [
    'an error',
    { 'site.search': search({ outcome: 'failed', reason: '500' }) },
    { status: 'breached' },
  ],
  [
    'needs a script',
    { 'site.search': search({ outcome: 'untested', reason: '要脚本', title: null }) },
    { status: 'undetermined', atMost: 1 },
  ],
  ['none', { 'site.search': absent }, { status: 'breached', occurrences: 1 }],
]);
