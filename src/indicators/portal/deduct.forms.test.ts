import { absent } from '../../domain/fact.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { guideForms } from '../../testing/facts/portal-views.ts';
import { portalForms } from './deduct.forms.ts';

const form = (state: 'opens' | 'broken' | 'missing' | 'unobserved') => ({
  ...{ name: '申请表', url: state === 'missing' ? null : 'http://www.a.gov.cn/1.doc', state },
});

describePortalRule(portalForms, [
  [
    'broken and missing ones, one not looked at',
    {
      'site.guideForms': guideForms([
        form('broken'),
        form('missing'),
        form('opens'),
        form('unobserved'),
      ]),
    },
    { status: 'breached', occurrences: 2, unseen: 1 },
  ],
  [
    'not looked at',
    { 'site.guideForms': guideForms([form('unobserved')]) },
    { status: 'undetermined', atMost: 1 },
  ],
  [
    'no guide was read',
    {
      'site.guideForms': guideForms([], { guides: [], complete: false, incompleteReason: '超时' }),
    },
    { status: 'undetermined', reason: '没有看到办事指南：超时' },
  ],
  ['no guides of its own', { 'site.guideForms': absent }, { status: 'met' }],
]);
