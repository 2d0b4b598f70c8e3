import { markedPage, marks } from '../../testing/facts/guideline-views.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { portalFindError } from './deduct.find-error.ts';

const page = (state: 'missing' | 'defective' | 'unsure') =>
  markedPage({ 我为政府网站找错: { state, value: null } });

describePortalRule(portalFindError, [
  ['missing', { 'site.marks': marks([page('missing')]) }, { status: 'breached', occurrences: 1 }],
  ['of no use', { 'site.marks': marks([page('defective')]) }, { status: 'breached' }],
  ['not seen', { 'site.marks': marks([page('unsure')]) }, { status: 'undetermined', atMost: 1 }],
  [
    'of another site',
    {
      'site.marks': marks([markedPage()], {
        codes: { register: '4300000001', footer: null, tag: null, findErrorLink: '4300000002' },
      }),
    },
    {
      status: 'breached',
      evidence: [{ excerpt: '入口带的网站标识码是 4300000002，名录里是 4300000001' }],
    },
  ],
]);
