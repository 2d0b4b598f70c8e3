import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { newest, section } from '../../testing/facts/site-views.ts';
import { portalNews } from './deduct.news.ts';

const stale = section({ newest: newest('2020-09-02') });

describePortalRule(portalNews, [
  [
    'the fourteenth day is in time',
    { 'site.sections': [section({ newest: newest('2020-09-03') })] },
    { status: 'met' },
  ],
  [
    'older than two weeks',
    { 'site.sections': [section(), { ...stale, url: 'http://www.a.gov.cn/2/' }] },
    { status: 'breached', occurrences: 1, places: ['http://www.a.gov.cn/2/'] },
  ],
  [
    'blank',
    { 'site.sections': [section({ content: 'blank', newest: null })] },
    { status: 'breached', occurrences: 1, evidence: [{ excerpt: '政务要闻：栏目没有内容' }] },
  ],
  [
    'one stale, one not read',
    { 'site.sections': [stale, section({ content: 'unobserved', url: 'http://www.a.gov.cn/3/' })] },
    { status: 'breached', occurrences: 1, unseen: 1 },
  ],
  [
    'drawn by a script',
    { 'site.sections': [section({ content: 'script', newest: null })] },
    { status: 'undetermined', atMost: 1 },
  ],
  [
    'a date without a year proves nothing',
    { 'site.sections': [section({ newest: newest('09-01', { yearUnknown: true }) })] },
    { status: 'undetermined', atMost: 1 },
  ],
  [
    'no news section',
    { 'site.sections': [section({ kind: 'policy' })] },
    { status: 'breached', note: '未开设“动态要闻”' },
  ],
  [
    'no news section, but a list of unknown kind',
    { 'site.sections': [section({ kind: 'list' })] },
    { status: 'undetermined', atMost: 1 },
  ],
]);
