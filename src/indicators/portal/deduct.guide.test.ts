import { describe, expect, it } from 'vitest';
import type { ServiceGuide } from '../../domain/site-facts.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { portalFacts } from '../../testing/facts/portal-views.ts';
import { REACHABILITY, services } from '../../testing/facts/site-views.ts';
import { portalGuide } from './deduct.guide.ts';

const guide = (n: number, missing: ServiceGuide['missing'] = []): ServiceGuide => ({
  title: `事项${n}`,
  url: `http://www.a.gov.cn/bs/${n}.html`,
  missing,
  snapshot: null,
});
const guides = (count: number, missing: ServiceGuide['missing'] = []) =>
  Array.from({ length: count }, (_, n) => guide(n, missing));

describePortalRule(portalGuide, [
  [
    'every missing element is one',
    {
      'site.services': services({
        guides: [...guides(3), guide(7, ['联系电话']), guide(8, ['联系电话', '办理流程'])],
      }),
    },
    { status: 'breached', occurrences: 3 },
  ],
  [
    'no more than five are looked at',
    { 'site.services': services({ guides: guides(40, ['办理地点']) }) },
    { status: 'breached', occurrences: 5 },
  ],
  [
    'too few were read',
    { 'site.services': services({ guides: guides(3), unreadGuides: 20 }) },
    { status: 'undetermined', atMost: 16 },
  ],
  [
    'fewer than five, all read',
    { 'site.services': services({ guides: guides(2) }) },
    { status: 'met' },
  ],
  [
    'all on the shared platform',
    { 'site.services': services({ platformGuides: 30 }) },
    { status: 'met' },
  ],
  [
    'none seen, and not everything was looked at',
    { 'site.services': services({ complete: false, incompleteReason: '被拦截' }) },
    { status: 'undetermined', reason: '没有看到办事指南：被拦截' },
  ],
  [
    'no outward service',
    {
      'subject.register': {
        ...{ status: 'running', isPortal: true, platform: '', hasService: false },
      },
    },
    { status: 'notApplicable' },
  ],
]);

describe('the sample', () => {
  it('is the same whatever the order in which the site lists its guides', () => {
    const listed = Array.from({ length: 30 }, (_, n) => guide(n, n % 3 === 0 ? ['办理地点'] : []));
    const judge = (of: readonly ServiceGuide[]) =>
      portalGuide.judge(factSet(portalFacts({ 'site.services': services({ guides: of }) })), {
        ...REACHABILITY,
        items: 5,
      });
    expect(judge([...listed].reverse())).toEqual(judge(listed));
  });
});
