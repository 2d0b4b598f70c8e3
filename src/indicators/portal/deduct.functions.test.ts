import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { tree, treeSection } from '../../testing/facts/portal-views.ts';
import { functions } from './deduct.functions.ts';

describePortalRule(functions, [
  [
    'none',
    { 'site.tree': tree([], [treeSection()]) },
    { status: 'breached', occurrences: 1, note: '未开设“机构职能”' },
  ],
  [
    'blank',
    { 'site.tree': tree([], [treeSection({ kind: 'functions', content: 'blank' })]) },
    { status: 'breached', occurrences: 1 },
  ],
]);
