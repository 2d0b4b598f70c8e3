import { Pagination, Select } from 'antd';
import { useState } from 'react';
import type { SiteSurvey, SuspectedWords } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { OutsideLink } from '../../ui/OutsideLink.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { severityWords, wordClassWords } from '../../util/survey-words.ts';
import type { DecidedSite } from './DecideSection.tsx';
import { OriginalLink } from './OriginalLink.tsx';

const PAGE_SIZE = 20;

interface SuspectedWordsListProps {
  readonly site: DecidedSite;
  readonly words: NonNullable<SiteSurvey['words']>;
}

/** Suspected wrong words, page by page from the server. Asked for when it is folded out. */
export function SuspectedWordsList({ site, words }: SuspectedWordsListProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="more" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        疑似错误的文字 {words.listed} 处{words.isCut && '，只列出最重的'}
      </summary>
      {isOpen && <WordsList site={site} words={words} />}
    </details>
  );
}

function WordsList({ site, words }: SuspectedWordsListProps) {
  const [page, setPage] = useState(1);
  const [wanted, setWanted] = useState<string | null>(null);
  const answer = useGet(
    '/api/v1/sites/{id}/rounds/{period}/survey/words',
    {
      path: { ...site },
      query: {
        ...{ limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
        ...(wanted === null ? {} : { class: wanted }),
      },
    },
    { keepsFormer: true },
  );
  return (
    <>
      <Select
        aria-label="只看一类文字"
        allowClear
        placeholder="全部类别"
        value={wanted}
        options={words.counts.map(({ class: name }) => ({
          value: name,
          label: wordClassWords(name),
        }))}
        onChange={(name: string | undefined) => {
          setWanted(name ?? null);
          setPage(1);
        }}
      />
      <Answer of={answer} rows={3}>
        {({ items, total }) => (
          <>
            <WordsTable words={items} />
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

/** One page may hold the same words twice. */
const keyed = (words: readonly SuspectedWords[]) =>
  words.map((each, at) => ({ key: `${at} ${each.url} ${each.text}`, each }));

function WordsTable({ words }: { readonly words: readonly SuspectedWords[] }) {
  return (
    <ScrollBox name="疑似错误的文字">
      <table className="plain-table stacks">
        <thead>
          <tr>
            {['文字', '类别', '依据', '所在网页', '原件'].map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keyed(words).map(({ key, each }) => (
            <tr key={key}>
              <td data-label="文字">
                {each.suggestion === '' ? each.text : `${each.text} → ${each.suggestion}`}
                <blockquote>{each.excerpt}</blockquote>
              </td>
              <td data-label="类别">
                <StateTag tone={each.severity === 'veto' ? 'bad' : 'warn'}>
                  {severityWords(each.severity)}
                </StateTag>{' '}
                {wordClassWords(each.class)}
              </td>
              <td data-label="依据">{each.reason}</td>
              <td data-label="所在网页">
                <OutsideLink url={each.url} />
              </td>
              <td data-label="原件">
                <OriginalLink snapshot={each.snapshot} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
