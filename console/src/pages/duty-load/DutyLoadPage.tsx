import { DownloadOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { AnswerOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { optionsOf, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import './duty-load.css';

type Load = AnswerOf<'/api/v1/duty/load'>;
type Row = Load['items'][number];
type Figure = keyof Load['whole'];

const FILTERS = ['year', 'quarter', 'unitId'] as const;
/** Years that are offered: this one and those before it. */
const YEARS = 5;
const QUARTER_WORDS = { 1: '第一季度', 2: '第二季度', 3: '第三季度', 4: '第四季度' } as const;
const WORDS: readonly (readonly [Figure, string, number])[] = [
  ['subjects', '网站和账号', 110],
  ['people', '岗位上的人', 105],
  ['subjectsPerPerson', '人均', 85],
  ['findings', '确认的问题', 105],
  ['cases', '整改事项', 100],
  ['mendedInTime', '按期整改到位', 120],
  ['late', '逾期', 80],
  ['repeated', '屡改屡犯', 95],
  ['measures', '问责措施', 95],
  ['asked', '应学制度', 95],
  ['read', '已确认', 85],
  ['personHours', '培训学时', 100],
];

/** What each unit has to do and what came of it, in a year or a quarter. */
export function DutyLoadPage() {
  return (
    <NeedsAbility ability="duty.read">
      <Loads />
    </NeedsAbility>
  );
}

function Loads() {
  const list = useListQuery(FILTERS);
  const now = new Date().getFullYear();
  const year = Number(list.filters.year ?? now);
  const query = { ...list.query, year };
  const load = useGet('/api/v1/duty/load', { query }, { keepsFormer: true });
  const years = Object.fromEntries(
    Array.from({ length: YEARS }, (_, back) => [String(now - back), `${now - back} 年`]),
  );
  const filters = new URLSearchParams({ ...list.filters, year: String(year) });
  const { data } = load;
  return (
    <>
      <PageHeader
        title="负担与成效"
        note="每行是一个单位和它的下级。网站、账号和人是今天的数，其他是这段时间的；“—”是没有数据，不是零。"
        actions={
          <Button
            href={`/api/v1/duty/load/export?${filters}`}
            download
            icon={<DownloadOutlined aria-hidden />}
          >
            导出（.xlsx）
          </Button>
        }
      />
      <ListFilters list={list}>
        <SelectFilter {...{ list, name: 'year', label: '年份', options: optionsOf(years) }} />
        <SelectFilter
          {...{ list, name: 'quarter', label: '全年', options: optionsOf(QUARTER_WORDS) }}
        />
        <UnitFilter list={list} name="unitId" label="列哪个单位的下级" />
      </ListFilters>
      {data && <Whole load={data} />}
      <ListTable
        name="单位"
        list={list}
        answer={load}
        columns={columnsOf(data?.items ?? [], list.filters)}
        keyOf={({ unitId, isOwn }) => `${unitId}:${isOwn}`}
      />
    </>
  );
}

function Whole({ load: { unitName, from, to, whole } }: { readonly load: Load }) {
  return (
    <Panel title={`${unitName}合计（${from} 至 ${to}）`}>
      <Properties of={WORDS.map(([name, title]) => [title, text(whole[name])] as const)} />
    </Panel>
  );
}

const text = (count: number | null): string => (count === null ? '—' : String(count));

function columnsOf(
  rows: readonly Row[],
  filters: Readonly<Record<string, string>>,
): readonly ListColumn<Row>[] {
  return [
    {
      title: '单位',
      sortsBy: 'unit',
      width: 170,
      render: (row) => <UnitLink row={row} filters={filters} />,
    },
    ...WORDS.map(([name, title, width]): ListColumn<Row> => {
      const most = Math.max(...rows.map((row) => row[name] ?? 0));
      return {
        ...{ title, sortsBy: name, width, align: 'right' },
        render: (row) => <Bar count={row[name]} most={most} />,
      };
    }),
  ];
}

/** Leads to the parts of a unit, or to who answers for what is its own. */
function UnitLink(props: {
  readonly row: Row;
  readonly filters: Readonly<Record<string, string>>;
}) {
  const { unitId, unitName, isOwn, hasBelow } = props.row;
  const search = { unitId: String(unitId) };
  if (hasBelow)
    return (
      <Link to="/duty/load" search={{ ...props.filters, ...search }}>
        {unitName}
      </Link>
    );
  return (
    <Link to="/duty" search={search}>
      {unitName}
      {isOwn && '（本级）'}
    </Link>
  );
}

/** A number over its bar; the longest bar is the largest number of its column. */
function Bar({ count, most }: { readonly count: number | null; readonly most: number }) {
  return (
    <span className="load-bar">
      {text(count)}
      {count !== null && most > 0 && (
        <progress aria-hidden className="load-bar-line" value={count} max={most} />
      )}
    </span>
  );
}
