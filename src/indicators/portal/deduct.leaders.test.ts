import { absent } from '../../domain/fact.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { leader, leaders, tree, treeSection } from '../../testing/facts/portal-views.ts';
import { portalLeaders } from './deduct.leaders.ts';

describePortalRule(portalLeaders, [
  [
    'two lack something, one of them twice',
    {
      'site.leaders': leaders([
        leader(),
        leader({ name: '李某', post: '', hasResume: false }),
        leader({ name: '张某', hasDuties: false }),
      ]),
    },
    {
      status: 'breached',
      occurrences: 2,
      evidence: [{ excerpt: '李某：缺职务、简历' }, { excerpt: '张某：缺分工' }],
    },
  ],
  [
    'a page that was not read',
    { 'site.leaders': leaders([leader(), leader({ hasResume: null })]) },
    { status: 'undetermined', atMost: 1 },
  ],
  [
    'one lacks something, another was not read',
    { 'site.leaders': leaders([leader({ hasDuties: false }), leader({ hasResume: null })]) },
    { status: 'breached', occurrences: 1, unseen: 1 },
  ],
  [
    'not all leaders were seen',
    { 'site.leaders': leaders([leader()], { complete: false, incompleteReason: '页数超限' }) },
    { status: 'undetermined', reason: '领导信息没有看全（页数超限）' },
  ],
  ['nobody was recognised', { 'site.leaders': leaders([]) }, { status: 'undetermined', atMost: 1 }],
  [
    'no leaders, and no section for them',
    { 'site.leaders': absent, 'site.tree': tree([], [treeSection()]) },
    { status: 'breached', note: '未开设“领导信息”' },
  ],
]);
