import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { tree, treeSection } from '../../testing/facts/portal-views.ts';
import { services } from '../../testing/facts/site-views.ts';
import { portalItems } from './deduct.items.ts';

const register = { status: 'running', isPortal: true, platform: '' } as const;

describePortalRule(portalItems, [
  [
    'a service section that opens on nothing',
    { 'site.tree': tree([treeSection({ kind: 'service', content: 'blank' })]) },
    { status: 'breached', occurrences: 1, places: ['http://www.a.gov.cn/gk/'] },
  ],
  [
    'no entry and no section',
    { 'site.services': services(), 'site.tree': tree([], [treeSection()]) },
    { status: 'breached', note: '未开设“办事服务”' },
  ],
  [
    'an entry on the shared platform is enough',
    { 'site.tree': tree([], [treeSection()]) },
    { status: 'met' },
  ],
  [
    'no outward service',
    { 'subject.register': { ...register, hasService: false } },
    { status: 'notApplicable' },
  ],
]);
