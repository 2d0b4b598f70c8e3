import type { SiteSurvey, SuspectedWords } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { OutsideLink } from '../../ui/OutsideLink.tsx';
import { Pages } from '../../ui/Pages.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { severityWords, wordClassWords } from '../../util/survey-words.ts';
import { ClassSelect, Folded, PAGE_SIZE, useClassPages } from './class-pages.tsx';
import type { DecidedSite } from './DecideSection.tsx';
import { OriginalLink } from './OriginalLink.tsx';

interface SuspectedWordsListProps {
  readonly site: DecidedSite;
  readonly words: NonNullable<SiteSurvey['words']>;
}

/** Suspected wrong words, page by page from the server. */
export function SuspectedWordsList({ site, words }: SuspectedWordsListProps) {
  return (
    <Folded summary={`疑似错误的文字 ${words.listed} 处${words.isCut ? '，只列出最重的' : ''}`}>
      <WordsList site={site} words={words} />
    </Folded>
  );
}

function WordsList({ site, words }: SuspectedWordsListProps) {
  const { page, setPage, wanted, want, query } = useClassPages<string>();
  const answer = useGet(
    '/api/v1/sites/{id}/rounds/{period}/survey/words',
    { path: { ...site }, query },
    { keepsFormer: true },
  );
  return (
    <>
      <ClassSelect
        label="只看一类文字"
        classes={words.counts.map(({ class: name }) => name)}
        wanted={wanted}
        words={wordClassWords}
        onChange={want}
      />
      <Answer of={answer} rows={3}>
        {({ items, total }) => (
          <>
            <WordsTable words={items} />
            <Pages page={page} pageSize={PAGE_SIZE} total={total} onChange={setPage} />
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
