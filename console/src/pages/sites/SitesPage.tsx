import { Link } from '@tanstack/react-router';
import type { SiteItem } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import {
  DateFilter,
  optionsOf,
  SearchFilter,
  SelectFilter,
  UnitFilter,
} from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ExportMenu } from '../../ui/ExportMenu.tsx';
import { OutsideLink } from '../../ui/OutsideLink.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SubjectStatusTag, VerdictTag } from '../../ui/state-tags.tsx';
import { STATUS_WORDS } from '../../util/words.ts';

const FILTERS = ['q', 'unitId', 'status', 'printRow', 'asOf'] as const;

const COLUMNS: readonly ListColumn<SiteItem>[] = [
  {
    title: '网站名称',
    sortsBy: 'name',
    width: 220,
    render: (site) => (
      <Link to="/sites/$id" params={{ id: String(site.id) }}>
        {site.name}
      </Link>
    ),
  },
  {
    title: '网站标识码',
    sortsBy: 'siteCode',
    width: 124,
    render: ({ siteCode }) => <code>{siteCode}</code>,
  },
  {
    title: '主办单位',
    sortsBy: 'sponsor',
    width: 170,
    render: ({ sponsor }) => sponsor.name,
  },
  { title: '通报行', sortsBy: 'printRow', width: 104, render: ({ printRow }) => printRow },
  {
    title: '状态',
    sortsBy: 'status',
    width: 116,
    render: ({ status }) => <SubjectStatusTag status={status} />,
  },
  {
    title: '最近判定',
    width: 168,
    render: ({ lastVerdict }) => <VerdictTag verdict={lastVerdict} />,
  },
  {
    title: '首页',
    width: 190,
    isWideOnly: true,
    render: ({ homeUrl }) => <OutsideLink url={homeUrl} />,
  },
];

/** The register of government websites. */
export function SitesPage() {
  const list = useListQuery(FILTERS);
  const sites = useGet('/api/v1/sites', { query: list.query }, { keepsFormer: true });
  const { asOf } = list.filters;
  return (
    <>
      <PageHeader
        title="政府网站"
        note={asOf && `${asOf} 当日的名录`}
        actions={<ExportMenu kind="sites" />}
      />
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="名称、标识码、主办单位或网址" />}
      >
        <UnitFilter list={list} name="unitId" label="单位及下属" />
        <SelectFilter list={list} name="status" label="状态" options={optionsOf(STATUS_WORDS)} />
        <DateFilter list={list} name="asOf" label="截至日期" />
      </ListFilters>
      <ListTable
        name="网站"
        list={list}
        answer={sites}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={
          <EmptyState title="名录里还没有网站" action={<Link to="/import">去导入名录</Link>} />
        }
      />
    </>
  );
}
