import { absent } from '../../domain/fact.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { boards } from '../../testing/facts/portal-views.ts';
import { portalMessageFields } from './deduct.messages-open.fields.ts';

describePortalRule(portalMessageFields, [
  [
    'no time of the answer',
    { 'site.boards': boards({ showsRepliedOn: false }) },
    { status: 'breached', occurrences: 1, evidence: [{ excerpt: '公开的留言没有答复时间' }] },
  ],
  [
    'one is not shown, the other was not seen',
    { 'site.boards': boards({ showsAskedOn: false, showsRepliedOn: null }) },
    { status: 'breached' },
  ],
  [
    'no message could tell',
    { 'site.boards': boards({ showsAskedOn: null }) },
    { status: 'undetermined', atMost: 1 },
  ],
  ['no board is another rule’s', { 'site.boards': absent }, { status: 'notApplicable' }],
]);
