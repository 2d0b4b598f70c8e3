import { absent } from '../../domain/fact.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { boards } from '../../testing/facts/portal-views.ts';
import { portalMessagesOpen } from './deduct.messages-open.ts';

const until = (newestAskedOn: string | null, newestRepliedOn: string | null) =>
  boards({ newestAskedOn, newestRepliedOn });

describePortalRule(portalMessagesOpen, [
  [
    'two months to the day',
    { 'site.boards': until('2020-01-01', '2020-07-17') },
    { status: 'met' },
  ],
  ['a new question', { 'site.boards': until('2020-09-01', '2020-01-01') }, { status: 'met' }],
  [
    'older than two months',
    { 'site.boards': until('2020-07-16', '2020-07-10') },
    { status: 'breached', occurrences: 1, places: ['http://www.a.gov.cn/xx/'] },
  ],
  ['no board', { 'site.boards': absent }, { status: 'breached', occurrences: 1 }],
  ['no dates', { 'site.boards': until(null, null) }, { status: 'undetermined', atMost: 1 }],
  [
    'not everything was read',
    { 'site.boards': { ...until('2020-01-01', null), complete: false } },
    { status: 'undetermined', atMost: 1 },
  ],
]);
