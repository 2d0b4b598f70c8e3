import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { newest, section } from '../../testing/facts/site-views.ts';
import { portalPolicyFiles } from './deduct.policy-files.ts';

const policy = (on: string, level = 1) =>
  section({ kind: 'policy', level, newest: newest(on), url: `http://www.a.gov.cn/zc${level}/` });

describePortalRule(portalPolicyFiles, [
  ['six months to the day', { 'site.sections': [policy('2020-03-17')] }, { status: 'met' }],
  [
    'older than six months',
    { 'site.sections': [policy('2020-03-16')] },
    { status: 'breached', occurrences: 1, places: ['http://www.a.gov.cn/zc1/'] },
  ],
  [
    'below the first level it is another rule’s',
    { 'site.sections': [policy('2020-09-01'), policy('2018-01-01', 2)] },
    { status: 'met' },
  ],
  [
    'none',
    { 'site.sections': [section()] },
    { status: 'breached', occurrences: 1, note: '未开设“政策文件”' },
  ],
]);
