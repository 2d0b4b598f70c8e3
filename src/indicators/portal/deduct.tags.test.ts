import type { TagCell } from '../../domain/facts/guideline-facts.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { portalTags } from './deduct.tags.ts';

const pages = (...cells: (readonly TagCell[])[]) => ({
  'site.pageTags': {
    pages: cells.map((of, n) => ({
      url: `http://www.a.gov.cn/${n}`,
      role: 'section' as const,
      snapshot: null,
      cells: of,
    })),
  },
});
const cell = (name: string, state: TagCell['state']): TagCell => ({ name, state, value: null });

describePortalRule(portalTags, [
  [
    'one for each page',
    pages(
      [cell('SiteName', 'missing'), cell('SiteIDCode', 'empty')],
      [cell('ColumnName', 'invalid')],
      [cell('SiteName', 'filled')],
    ),
    { status: 'breached', occurrences: 2 },
  ],
  [
    'names that nobody has seen in the source',
    pages([cell('Image', 'missing')]),
    { status: 'met' },
  ],
  ['no page', pages(), { status: 'undetermined' }],
]);
