import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { tree, treeSection } from '../../testing/facts/portal-views.ts';
import { overview } from './deduct.overview.ts';

const other = treeSection({ name: '机构', kind: 'functions', url: 'http://www.a.gov.cn/jg/' });

describePortalRule(overview, [
  [
    'none, every section understood',
    { 'site.tree': tree([], [other]) },
    { status: 'breached', occurrences: 1, note: '未开设“概况信息”' },
  ],
  [
    'none, but one that nobody understood',
    { 'site.tree': tree([], [other, treeSection({ name: '走进某市', kind: 'page' })]) },
    { status: 'undetermined', atMost: 1 },
  ],
  [
    'an unknown one far below is not it',
    { 'site.tree': tree([], [other, treeSection({ name: '花絮', kind: 'page', level: 3 })]) },
    { status: 'breached' },
  ],
  [
    'one of which we are not sure',
    { 'site.tree': tree([], [other, treeSection({ confidence: 40 })]) },
    { status: 'undetermined', atMost: 1 },
  ],
  [
    'blank',
    { 'site.tree': tree([], [treeSection({ content: 'blank' })]) },
    { status: 'breached', occurrences: 1, places: ['http://www.a.gov.cn/gk/'] },
  ],
  [
    'not read',
    { 'site.tree': tree([], [treeSection({ content: 'unobserved' })]) },
    { status: 'undetermined', atMost: 1 },
  ],
  [
    'a dead link is 可用性’s, and says nothing here',
    { 'site.tree': tree([], [treeSection({ content: 'unobserved', gone: true })]) },
    { status: 'undetermined' },
  ],
  [
    'one shown beside one not read',
    { 'site.tree': tree([treeSection({ content: 'unobserved', url: 'http://www.a.gov.cn/g2/' })]) },
    { status: 'met' },
  ],
  ['an empty tree', { 'site.tree': tree([], []) }, { status: 'undetermined' }],
]);
