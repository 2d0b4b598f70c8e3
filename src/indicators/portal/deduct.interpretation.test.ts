import { absent, unobserved } from '../../domain/fact.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { policyLinks } from '../../testing/facts/portal-views.ts';
import { newest, section } from '../../testing/facts/site-views.ts';
import { portalInterpretation } from './deduct.interpretation.ts';

const stale = [section({ kind: 'interpretation', newest: newest('2019-01-01') })];

describePortalRule(portalInterpretation, [
  [
    'a file that does not lead to its interpretation, and one the other way round',
    {
      'site.policyLinks': policyLinks([
        [true, true],
        [false, true],
        [true, false],
      ]),
    },
    { status: 'breached', occurrences: 2 },
  ],
  [
    'pages that were not read',
    {
      'site.policyLinks': policyLinks([
        [true, null],
        [null, null],
      ]),
    },
    { status: 'undetermined', atMost: 2 },
  ],
  [
    'stale and unlinked',
    { 'site.sections': stale, 'site.policyLinks': policyLinks([[false, false]]) },
    { status: 'breached', occurrences: 2, places: ['http://www.a.gov.cn/yw/'] },
  ],
  [
    'stale, the links not seen',
    { 'site.sections': stale, 'site.policyLinks': unobserved('超时') },
    { status: 'breached', occurrences: 1, unseen: 10_000 },
  ],
  ['nothing to link', { 'site.policyLinks': absent }, { status: 'met' }],
  [
    'no section',
    { 'site.sections': [section()] },
    { status: 'breached', note: '未开设“政策解读”' },
  ],
]);
