import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ParamsOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { optionsOf, SearchFilter, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { formatSearch, type Search } from '../../util/search.ts';
import { DiscoveredDrawer } from './DiscoveredDrawer.tsx';
import {
  type Discovered,
  DiscoveredStateTag,
  MATCH_WORDS,
  nameOf,
  PLATFORM_WORDS,
  STATE_WORDS,
} from './discovered-words.tsx';

type Query = NonNullable<ParamsOf<'/api/v1/discovered-accounts'>['query']>;

const FILTERS = ['q', 'platform', 'match', 'state', 'unitId'];

/** Accounts that pages show and the register does not have; each opened beside the list under its own address (`one`). */
export function DiscoveredPage() {
  const list = useListQuery(FILTERS);
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const found = useGet(
    '/api/v1/discovered-accounts',
    { query: list.query as Query },
    { keepsFormer: true },
  );
  const open = (id: number | undefined): void =>
    void navigate({
      to: '.',
      search: { ...search, one: id === undefined ? undefined : String(id) },
    });
  const opened = Number(search.one);
  return (
    <>
      <PageHeader
        title="系统外账号"
        note="网站上展示、名录里没有的政务新媒体。纳入的，由负责的单位补登记；不予纳入的，没有变化就不再列出。"
        actions={<ExportButton filters={list.filters} />}
      />
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="名称或账号标识" />}
      >
        <SelectFilter list={list} name="state" label="状态" options={optionsOf(STATE_WORDS)} />
        <SelectFilter
          list={list}
          name="match"
          label="与名录比对"
          options={optionsOf(MATCH_WORDS)}
          width={150}
        />
        <SelectFilter
          list={list}
          name="platform"
          label="平台"
          options={optionsOf(PLATFORM_WORDS)}
        />
        <UnitFilter list={list} name="unitId" label="单位及下属" />
      </ListFilters>
      <ListTable<Discovered>
        name="线索"
        list={list}
        answer={found}
        columns={columns(open)}
        keyOf={({ id }) => id}
        empty={
          <EmptyState title="还没有发现系统外账号">
            批次采集网站首页、全站普查之后，服务器会自动查找；也可以运行 xunjian accounts collect。
          </EmptyState>
        }
      />
      {Number.isInteger(opened) && opened > 0 && (
        <DiscoveredDrawer key={opened} id={opened} onClose={() => open(undefined)} />
      )}
    </>
  );
}

function ExportButton({
  filters,
}: {
  readonly filters: Readonly<Record<string, string | undefined>>;
}) {
  const whyNot = useWhyNot()('registry.export');
  const query = formatSearch(filters as Search);
  return (
    <ReasonedButton
      whyNot={whyNot}
      {...(whyNot === null && {
        href: `/api/v1/discovered-accounts/export${query}`,
        download: true,
      })}
    >
      导出 Excel
    </ReasonedButton>
  );
}

const columns = (open: (id: number) => void): readonly ListColumn<Discovered>[] => [
  {
    title: '账号名称',
    width: 180,
    render: (one) => (
      <button type="button" className="link-button" onClick={() => open(one.id)}>
        {nameOf(one)}
      </button>
    ),
  },
  { title: '平台', width: 110, render: ({ platform }) => PLATFORM_WORDS[platform] },
  {
    title: '账号标识',
    width: 170,
    render: ({ accountKey }) => <code className="break-all">{accountKey}</code>,
  },
  { title: '与名录比对', width: 120, render: ({ match }) => MATCH_WORDS[match] },
  { title: '可信度', width: 70, render: ({ score }) => score },
  { title: '所在网站', width: 170, render: ({ site }) => site.name },
  { title: '单位', width: 150, isWideOnly: true, render: ({ unit }) => unit.name },
  { title: '状态', width: 100, render: ({ state }) => <DiscoveredStateTag state={state} /> },
  {
    title: '最近看到',
    width: 110,
    isWideOnly: true,
    render: ({ lastSeenAt }) => <DateText at={lastSeenAt} as="date" />,
  },
];
