import type { FailingLink, SiteSurvey } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { OutsideLink } from '../../ui/OutsideLink.tsx';
import { Pages } from '../../ui/Pages.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { isBroken, linkClassWords } from '../../util/survey-words.ts';
import { ClassSelect, Folded, PAGE_SIZE, useClassPages } from './class-pages.tsx';
import type { DecidedSite } from './DecideSection.tsx';
import { OriginalLink } from './OriginalLink.tsx';

interface FailingLinksProps {
  readonly site: DecidedSite;
  readonly links: NonNullable<SiteSurvey['links']>;
}

/** Links that did not lead where they should, page by page from the server. */
export function FailingLinks({ site, links }: FailingLinksProps) {
  const more = links.leftOut > 0 ? `，另有 ${links.leftOut} 个没有列出` : '';
  return (
    <Folded summary={`没有通到该去的地方的链接 ${links.listed} 个${more}`}>
      <LinkList site={site} links={links} />
    </Folded>
  );
}

function LinkList({ site, links }: FailingLinksProps) {
  const { page, setPage, wanted, want, query } = useClassPages<FailingLink['class']>();
  const answer = useGet(
    '/api/v1/sites/{id}/rounds/{period}/survey/links',
    { path: { ...site }, query },
    { keepsFormer: true },
  );
  const classes = links.counts.map(({ class: name }) => name);
  return (
    <>
      <ClassSelect
        label="只看一类链接"
        classes={classes.filter((name) => name !== 'ok' && name !== 'moved')}
        wanted={wanted}
        words={linkClassWords}
        onChange={want}
      />
      <Answer of={answer} rows={3}>
        {({ items, total }) => (
          <>
            <LinkTable links={items} />
            <Pages page={page} pageSize={PAGE_SIZE} total={total} onChange={setPage} />
          </>
        )}
      </Answer>
    </>
  );
}

function LinkTable({ links }: { readonly links: readonly FailingLink[] }) {
  return (
    <ScrollBox name="有问题的链接">
      <table className="plain-table stacks">
        <thead>
          <tr>
            {['链接', '类别', '依据', '所在网页', '原件'].map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <tr key={`${link.url} ${link.from}`}>
              <td data-label="链接">
                {link.text !== '' && <>{link.text} </>}
                <OutsideLink url={link.url} />
              </td>
              <td data-label="类别">
                <StateTag tone={isBroken(link.class) ? 'bad' : 'warn'}>
                  {linkClassWords(link.class)}
                </StateTag>
              </td>
              <td data-label="依据">
                {link.reason}
                {link.looks.length > 0 && (
                  <span className="quiet">（看了 {link.looks.length} 次）</span>
                )}
              </td>
              <td data-label="所在网页">
                {link.onHome && '首页 '}
                <OutsideLink url={link.from} />
              </td>
              <td data-label="原件">
                <OriginalLink snapshot={link.snapshot} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
