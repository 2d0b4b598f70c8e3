import { Link } from '@tanstack/react-router';
import type { ItemOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { optionsOf, SearchFilter, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { SOURCE_KIND_WORDS, STANDING_TONES, STANDING_WORDS } from '../../util/matrix-words.ts';

type Standing = ItemOf<'/api/v1/account-matrix/accounts'>;

const FILTERS = ['q', 'unitId', 'platform', 'state'] as const;
const COLUMNS: readonly ListColumn<Standing>[] = [
  {
    title: '账号名称',
    sortsBy: 'name',
    width: 190,
    render: ({ id, name }) => (
      <Link to="/accounts/$id" params={{ id: String(id) }}>
        {name}
      </Link>
    ),
  },
  { title: '平台', width: 110, render: ({ platform }) => platform },
  { title: '代表主体', sortsBy: 'unit', width: 160, render: ({ unitName }) => unitName },
  {
    title: '情况',
    width: 130,
    render: ({ state }) => (
      <StateTag tone={STANDING_TONES[state]}>{STANDING_WORDS[state]}</StateTag>
    ),
  },
  {
    title: '最近一次更新',
    sortsBy: 'lastOn',
    width: 130,
    render: ({ lastOn }) => lastOn ?? '不知道',
  },
  {
    title: '从哪里知道',
    width: 150,
    render: ({ kind, level }) =>
      kind === null ? '—' : `${SOURCE_KIND_WORDS[kind]}（${level ?? ''}）`,
  },
];

/** The accounts behind a number of the matrix. */
export function StandingPage() {
  const list = useListQuery(FILTERS);
  const accounts = useGet(
    '/api/v1/account-matrix/accounts',
    { query: list.query },
    { keepsFormer: true },
  );
  return (
    <>
      <PageHeader
        title="矩阵里的账号"
        note="“不明”是我们的信源看不全，不等于没有更新。"
        back={{ to: '/matrix', words: '账号矩阵' }}
      />
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="账号或代表主体" />}
      >
        <UnitFilter list={list} name="unitId" label="单位及下属" />
        <SelectFilter list={list} name="state" label="情况" options={optionsOf(STANDING_WORDS)} />
      </ListFilters>
      <ListTable
        name="账号"
        list={list}
        answer={accounts}
        columns={COLUMNS}
        keyOf={({ id }) => id}
      />
    </>
  );
}
