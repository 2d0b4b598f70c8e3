import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { newest, section } from '../../testing/facts/site-views.ts';
import { portalOtherColumns } from './deduct.other-columns.ts';

const old = { newest: newest('2018-01-01') };
const at = (n: number) => `http://www.a.gov.cn/${n}/`;

describePortalRule(portalOtherColumns, [
  [
    'blank and overdue ones, each a place',
    {
      'site.sections': [
        section({ kind: 'data', url: at(1), ...old }),
        section({ kind: 'list', url: at(2), content: 'blank', newest: null }),
        section({ kind: 'disclosure', url: at(3) }),
      ],
    },
    { status: 'breached', occurrences: 2, places: [at(1), at(2)] },
  ],
  [
    'what has an indicator of its own',
    {
      'site.sections': [
        section({ kind: 'news', ...old }),
        section({ kind: 'policy', ...old }),
        section({ kind: 'interpretation', ...old }),
      ],
    },
    { status: 'met' },
  ],
  [
    'policy files below the first level have none',
    { 'site.sections': [section({ kind: 'policy', level: 2, ...old })] },
    { status: 'breached', occurrences: 1 },
  ],
  [
    'pages, channels and links to others are never due',
    {
      'site.sections': (['page', 'channel', 'external', 'service'] as const).map((kind) =>
        section({ kind, content: 'blank', newest: null }),
      ),
    },
    { status: 'met' },
  ],
  [
    'not read',
    { 'site.sections': [section({ kind: 'data', content: 'unobserved', newest: null })] },
    { status: 'undetermined', atMost: 1 },
  ],
]);
