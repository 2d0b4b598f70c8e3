import { Link } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useCan } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { optionsOf, SearchFilter, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { OutsideLink } from '../../ui/OutsideLink.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { OpenForms } from './OpenForms.tsx';
import { FormStateTag, KIND_WORDS, STAND_WORDS, type YearlyItem } from './yearly-words.tsx';

const FILTERS = ['q', 'year', 'kind', 'state', 'unitId'] as const;
const FIRST_YEAR = 2017;

const COLUMNS: readonly ListColumn<YearlyItem>[] = [
  {
    title: '报表',
    width: 240,
    render: ({ id, name, year, kind }) => (
      <Link to="/yearly-forms/$id" params={{ id: String(id) }}>
        {name}
        <span className="only-read">
          ：{year} 年{KIND_WORDS[kind]}
        </span>
      </Link>
    ),
  },
  { title: '年度', width: 80, render: ({ year }) => year },
  { title: '种类', width: 150, render: ({ kind }) => KIND_WORDS[kind] },
  { title: '填报单位', width: 150, render: ({ unitName }) => unitName },
  { title: '状态', width: 190, render: (form) => <FormStateTag of={form} /> },
  { title: '公开期限', width: 110, render: ({ dueOn }) => <DateText at={dueOn} as="date" /> },
  {
    title: '公开',
    width: 140,
    render: ({ publishedUrl }) => (publishedUrl === '' ? '—' : <OutsideLink url={publishedUrl} />),
  },
];

/** Yearly forms of sites and offices: what is filled, signed, published, and what is late. */
export function YearlyFormsPage() {
  return (
    <NeedsAbility ability="yearly.read">
      <Forms />
    </NeedsAbility>
  );
}

function Forms() {
  const list = useListQuery(FILTERS);
  const mayOpen = useCan()('yearly.open');
  const forms = useGet('/api/v1/yearly-forms', { query: list.query }, { keepsFormer: true });
  return (
    <>
      <PageHeader
        title="年度报表"
        note="每年 1 月 31 日以前公开：各网站的《政府网站工作年度报表》，监管单位的《政府网站监管年度报表》。平台知道的已经填上，其余由单位填，负责人签发。"
      />
      {mayOpen && <OpenForms />}
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="网站或单位名称" />}
      >
        <SelectFilter list={list} name="year" label="年度" options={years()} />
        <SelectFilter list={list} name="kind" label="种类" options={optionsOf(KIND_WORDS)} />
        <SelectFilter list={list} name="state" label="状态" options={optionsOf(STAND_WORDS)} />
        <UnitFilter list={list} name="unitId" label="单位及下属" />
      </ListFilters>
      <ListTable
        name="年度报表"
        list={list}
        answer={forms}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={
          <EmptyState title="还没有年度报表">
            主管单位开始一年的填报以后，每个在运行的网站有一份，平台知道的已经填上。
          </EmptyState>
        }
      />
    </>
  );
}

function years(): { value: string; label: string }[] {
  const now = new Date().getFullYear();
  return Array.from({ length: now - FIRST_YEAR + 1 }, (_, back) => {
    const year = String(now - back);
    return { value: year, label: `${year} 年` };
  });
}
