import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { AnswerOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { SearchFilter, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { SweepPanel } from '../../ui/SweepPanel.tsx';
import type { Search } from '../../util/search.ts';
import { type MatrixLine, MatrixRows } from './MatrixRows.tsx';
import { PlatformChart } from './PlatformChart.tsx';
import { sortLines } from './sort-lines.ts';

type Matrix = AnswerOf<'/api/v1/account-matrix'>;

const FILTERS = ['q', 'unitId', 'platform'] as const;

/** How accounts stand, unit by unit and platform by platform; a unit opens the units below it. */
export function MatrixPage() {
  const list = useListQuery(FILTERS);
  const { unitId, platform, q } = list.filters;
  const query = {
    ...(unitId && { unitId: Number(unitId) }),
    ...(platform && { platform }),
    ...(q && { q }),
  };
  const matrix = useGet('/api/v1/account-matrix', { query }, { keepsFormer: true });
  const platforms = (matrix.data?.platforms ?? []).map((each) => each.platform);
  return (
    <>
      <PageHeader
        title="账号矩阵"
        note={matrix.data && noteOf(matrix.data)}
        actions={<ExportButton query={query} />}
      />
      <ListFilters list={list} search={<SearchFilter list={list} name="q" label="单位名称" />}>
        <UnitFilter list={list} name="unitId" label="单位" />
        <SelectFilter
          list={list}
          name="platform"
          label="平台"
          options={[...new Set([...(platform ? [platform] : []), ...platforms])].map((value) => ({
            ...{ value, label: value },
          }))}
        />
      </ListFilters>
      <Answer of={matrix} rows={10}>
        {(data) => <Compared matrix={data} filters={list.filters} />}
      </Answer>
      <SweepPanel />
    </>
  );
}

const noteOf = ({ today, limitDays, round }: Matrix): string =>
  `${today}；已知更新：${limitDays} 天内。${round ? `合格率：${round.label}。` : ''}“不明”是信源看不全，不等于没有更新。`;

function ExportButton({ query }: { readonly query: Readonly<Record<string, string | number>> }) {
  const whyNot = useWhyNot()('registry.export');
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return (
    <ReasonedButton whyNot={whyNot} href={`/api/v1/account-matrix/export?${search}`} download>
      导出 .xlsx
    </ReasonedButton>
  );
}

interface ComparedProps {
  readonly matrix: Matrix;
  readonly filters: Search;
}

function Compared({ matrix, filters }: ComparedProps) {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const units = useMemo(() => sortLines(matrix.units, search.sort), [matrix.units, search.sort]);
  if (units.length === 0)
    return <EmptyState title="没有符合条件的账号">放宽筛选条件，或换一个词再查。</EmptyState>;
  const platformOf = filters.platform ? { platform: filters.platform } : {};
  const rows: MatrixLine[] = units.map((unit) => ({
    ...unit,
    key: String(unit.id),
    name: (
      <Link to="/matrix" search={{ ...search, unitId: String(unit.id) }}>
        {unit.name}
      </Link>
    ),
    search: { unitId: String(unit.id), ...platformOf },
  }));
  const within = filters.unitId ? { unitId: filters.unitId } : {};
  const platforms: MatrixLine[] = matrix.platforms.map((each) => ({
    ...each,
    key: each.platform,
    name: each.platform,
    search: { ...within, platform: each.platform },
  }));
  const total = {
    ...matrix.total,
    key: 'total',
    name: '合计',
    search: { ...within, ...platformOf },
  };
  return (
    <>
      <Panel title="各平台">
        <PlatformChart platforms={matrix.platforms} />
        <ScrollBox name="各平台表格">
          <MatrixRows title="平台" rows={platforms} />
        </ScrollBox>
      </Panel>
      <Panel title="各单位">
        <ScrollBox name="各单位表格">
          <MatrixRows
            title="单位"
            rows={[...rows, total]}
            sort={search.sort}
            onSort={(sort) => void navigate({ to: '/matrix', search: { ...search, sort } })}
          />
        </ScrollBox>
      </Panel>
    </>
  );
}
