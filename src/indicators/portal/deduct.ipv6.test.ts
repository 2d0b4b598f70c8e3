import { absent } from '../../domain/fact.ts';
import type { Ipv6View } from '../../domain/facts/guideline-facts.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { portalIpv6 } from './deduct.ipv6.ts';

const view = (more: Partial<Ipv6View>) => ({
  'site.ipv6': {
    ...{ host: 'www.a.gov.cn', addresses: ['2001:db8::1'], reach: 'ok' as const, status: 200 },
    ...{ milliseconds: 80, samePage: 'same' as const, likenessPercent: 100 },
    ...more,
  },
});

describePortalRule(portalIpv6, [
  ['no record', { 'site.ipv6': absent }, { status: 'breached', occurrences: 1 }],
  ['does not answer', view({ reach: 'failed', samePage: 'unknown' }), { status: 'breached' }],
  ['not compared', view({ samePage: 'unknown' }), { status: 'undetermined', atMost: 1 }],
  ['another page', view({ samePage: 'different', likenessPercent: 3 }), { status: 'undetermined' }],
]);
