import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { optionsOf, SearchFilter, SelectFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import type { Search } from '../../util/search.ts';
import { severityWords, wordClassWords } from '../../util/survey-words.ts';
import { ENTRY_KIND_WORDS, type LexiconEntry } from '../lexicons/lexicon-words.ts';

const FILTERS = ['q', 'kind'] as const;

const COLUMNS: readonly ListColumn<LexiconEntry>[] = [
  {
    title: '文字',
    width: 180,
    // Its own address, to be shown to somebody; lists are walked by their rows' links.
    render: ({ text }) => (
      <Link
        to="."
        search={(former) => ({ ...former, q: text, page: undefined })}
        className="break-all"
      >
        {text}
      </Link>
    ),
  },
  { title: '种类', width: 90, render: ({ kind }) => ENTRY_KIND_WORDS[kind] },
  { title: '应为', width: 160, render: ({ right }) => right || '—' },
  {
    title: '程度',
    width: 130,
    render: ({ severity }) => (severity === null ? '—' : severityWords(severity)),
  },
  { title: '问题类别', width: 100, render: ({ class: of }) => wordClassWords(of) || '—' },
  { title: '有效期', width: 180, render: validWords },
  {
    title: '例外',
    width: 210,
    render: ({ exceptions }) => (exceptions.length === 0 ? '—' : exceptions.join('、')),
  },
];

function validWords({ from, to }: LexiconEntry): string {
  if (from === null && to === null) return '一直有效';
  return `${from ?? '起初'} 至 ${to ?? '今'}`;
}

/** The entries of one version of a lexicon, with search. */
export function LexiconPage() {
  const { name } = useParams({ strict: false }) as { name: string };
  const { version } = useSearch({ strict: false }) as Search;
  const list = useListQuery(FILTERS);
  const query = { ...list.query, ...(version === undefined ? {} : { version: Number(version) }) };
  const entries = useGet(
    '/api/v1/lexicons/{name}/entries',
    { path: { name }, query },
    { keepsFormer: true },
  );
  const title = name === 'seed' ? '随软件提供' : name;
  return (
    <>
      <PageHeader
        title={`词库：${title}`}
        note={entries.data && `第 ${entries.data.version} 版`}
        actions={<Link to="/lexicons">各词库</Link>}
      />
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="写法、应为、类别、例外" />}
      >
        <SelectFilter list={list} name="kind" label="种类" options={optionsOf(ENTRY_KIND_WORDS)} />
      </ListFilters>
      <ListTable
        name="条目"
        list={list}
        answer={entries}
        columns={COLUMNS}
        keyOf={({ kind, text, from }) => `${kind} ${text} ${from}`}
        empty={<EmptyState title="这一版没有条目" />}
      />
    </>
  );
}
