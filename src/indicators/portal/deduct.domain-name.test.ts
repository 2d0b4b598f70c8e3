import { domain } from '../../testing/facts/guideline-views.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { portalDomainName } from './deduct.domain-name.ts';

describePortalRule(portalDomainName, [
  [
    'another suffix, which has no official name to leave',
    {
      'site.domain': domain({ host: 'a.com', suffix: 'other', form: 'other', leftOfficial: true }),
    },
    { status: 'breached', occurrences: 1 },
  ],
  [
    'an address',
    { 'site.domain': domain({ host: '59.231.9.1', suffix: 'address', form: 'other' }) },
    { status: 'breached', occurrences: 1 },
  ],
  [
    'below another site',
    { 'site.domain': domain({ host: 'a.b.gov.cn', form: 'below' }) },
    { status: 'breached', occurrences: 1 },
  ],
  ['.政务', { 'site.domain': domain({ host: '某市.政务', suffix: '政务' }) }, { status: 'met' }],
  [
    'leads away',
    { 'site.domain': domain({ leftOfficial: true }) },
    { status: 'breached', occurrences: 1 },
  ],
  [
    'was not opened',
    { 'site.domain': domain({ leftOfficial: null }) },
    { status: 'undetermined', atMost: 1 },
  ],
]);
