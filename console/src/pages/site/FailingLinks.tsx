import { Pagination, Select } from 'antd';
import { useState } from 'react';
import type { FailingLink, SiteSurvey } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { OutsideLink } from '../../ui/OutsideLink.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { isBroken, linkClassWords } from '../../util/survey-words.ts';
import type { DecidedSite } from './DecideSection.tsx';
import { OriginalLink } from './OriginalLink.tsx';

const PAGE_SIZE = 20;

interface FailingLinksProps {
  readonly site: DecidedSite;
  readonly links: NonNullable<SiteSurvey['links']>;
}

/** Links that did not lead where they should, page by page from the server. Asked for when it is folded out. */
export function FailingLinks({ site, links }: FailingLinksProps) {
  const [isOpen, setOpen] = useState(false);
  const more = links.leftOut > 0 ? `，另有 ${links.leftOut} 个没有列出` : '';
  return (
    <details className="more" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        没有通到该去的地方的链接 {links.listed} 个{more}
      </summary>
      {isOpen && <LinkList site={site} links={links} />}
    </details>
  );
}

function LinkList({ site, links }: FailingLinksProps) {
  const [page, setPage] = useState(1);
  const [wanted, setWanted] = useState<FailingLink['class'] | null>(null);
  const answer = useGet(
    '/api/v1/sites/{id}/rounds/{period}/survey/links',
    {
      path: { ...site },
      query: {
        ...{ limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
        ...(wanted === null ? {} : { class: wanted }),
      },
    },
    { keepsFormer: true },
  );
  const classes = links.counts.map(({ class: name }) => name);
  return (
    <>
      <Select
        aria-label="只看一类链接"
        allowClear
        placeholder="全部类别"
        value={wanted}
        options={classes
          .filter((name) => name !== 'ok' && name !== 'moved')
          .map((name) => ({ value: name, label: linkClassWords(name) }))}
        onChange={(name: FailingLink['class'] | undefined) => {
          setWanted(name ?? null);
          setPage(1);
        }}
      />
      <Answer of={answer} rows={3}>
        {({ items, total }) => (
          <>
            <LinkTable links={items} />
            {total > PAGE_SIZE && (
              <Pagination
                simple
                current={page}
                pageSize={PAGE_SIZE}
                total={total}
                onChange={setPage}
              />
            )}
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
