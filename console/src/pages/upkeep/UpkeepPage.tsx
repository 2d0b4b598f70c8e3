import { DownloadOutlined } from '@ant-design/icons';
import { Link, useSearch } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { type ListQuery, useListQuery } from '../../hooks/use-list-query.ts';
import { useUser } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { SearchFilter, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { Search } from '../../util/search.ts';
import { formatSearch } from '../../util/search.ts';
import { DutyPanel } from './DutyPanel.tsx';
import { MonthCounts } from './MonthCounts.tsx';
import { type DutyItem, DutyStateTag, monthWords } from './upkeep-words.tsx';
import './upkeep.css';

const FILTERS = ['q', 'month', 'state', 'unitId'] as const;

const COLUMNS: readonly ListColumn<DutyItem>[] = [
  {
    title: '单位',
    width: 200,
    render: ({ id, unit, month }) => (
      <Link to="/upkeep" search={{ duty: String(id) }}>
        {unit.name}
        <span className="only-read">{monthWords(month)}</span>
      </Link>
    ),
  },
  { title: '月份', width: 120, render: ({ month }) => monthWords(month) },
  { title: '状态', width: 140, render: (duty) => <DutyStateTag duty={duty} /> },
  { title: '期限', width: 110, render: ({ dueOn }) => <DateText at={dueOn} as="date" /> },
  { title: '网站', width: 70, align: 'right', render: ({ sites }) => sites },
  { title: '账号', width: 70, align: 'right', render: ({ accounts }) => accounts },
  { title: '催办', width: 90, render: ({ chased }) => (chased === 0 ? '—' : `${chased} 次`) },
  {
    title: '确认',
    width: 220,
    render: ({ confirmedBy, confirmedAt }) =>
      confirmedBy === null ? (
        '—'
      ) : (
        <>
          {confirmedBy} <DateText at={confirmedAt} />
        </>
      ),
  },
];

/** The monthly upkeep: one's own duty first, then how all others within sight stand. */
export function UpkeepPage() {
  return (
    <NeedsAbility ability="upkeep.read">
      <Upkeep />
    </NeedsAbility>
  );
}

function Upkeep() {
  const { duty } = useSearch({ strict: false }) as Search;
  return (
    <>
      <PageHeader
        title="每月维护"
        note="每月 1 日起，各单位核对并确认名录里自己的网站和账号；逾期的列在下面，并会催办。"
      />
      {duty === undefined ? <OwnDuty /> : <DutyPanel key={duty} id={Number(duty)} />}
      <Duties />
      <Notices />
    </>
  );
}

/** The newest open duty of the own unit. */
function OwnDuty() {
  const unit = useUser()?.unit ?? null;
  const found = useGet(
    '/api/v1/upkeep/duties',
    { query: { limit: 50, state: 'open', ...(unit && { unitId: unit.id }) } },
    { enabled: unit !== null },
  );
  const own = found.data?.items.find((each) => each.unit.id === unit?.id);
  return own === undefined ? null : <DutyPanel id={own.id} />;
}

const STATES = [
  { value: 'overdue', label: '逾期未确认' },
  { value: 'open', label: '没有确认' },
  { value: 'confirmed', label: '已确认' },
  { value: 'void', label: '不用确认' },
];

function Duties() {
  const list = useListQuery(FILTERS);
  const duties = useGet('/api/v1/upkeep/duties', { query: list.query }, { keepsFormer: true });
  const { month } = list.filters;
  const summary = useGet('/api/v1/upkeep/summary', { query: month ? { month } : {} });
  return (
    <Panel title="各单位的确认情况">
      <Answer of={summary} rows={2}>
        {(data) => <MonthCounts summary={data} />}
      </Answer>
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="单位名称" />}
        actions={<ExportLink list={list} />}
      >
        <SelectFilter
          list={list}
          name="month"
          label="月份"
          options={(summary.data?.months ?? []).map((value) => ({
            value,
            label: monthWords(value),
          }))}
        />
        <SelectFilter list={list} name="state" label="状态" options={STATES} />
        <UnitFilter list={list} name="unitId" label="单位及下属" />
      </ListFilters>
      <ListTable
        name="维护确认"
        list={list}
        answer={duties}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={
          <EmptyState title="还没有每月维护">
            名录里有了网站、账号以后，每月 1 日自动建立；也可以执行 xunjian accounts upkeep open。
          </EmptyState>
        }
      />
    </Panel>
  );
}

function ExportLink({ list }: { readonly list: ListQuery }) {
  return (
    <a href={`/api/v1/upkeep/export${formatSearch(list.filters)}`} download>
      <DownloadOutlined aria-hidden /> 导出（.xlsx）
    </a>
  );
}

function Notices() {
  const notices = useGet('/api/v1/upkeep/notices', {});
  return (
    <Panel title="提醒和催办">
      <Answer of={notices} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">没有提醒。</p>
          ) : (
            <ul className="upkeep-notices">
              {items.map(({ id, dutyId, unitName, at, text }) => (
                <li key={id}>
                  <Link to="/upkeep" search={{ duty: String(dutyId) }}>
                    {unitName}
                  </Link>
                  ：{text} <DateText at={at} />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Panel>
  );
}
