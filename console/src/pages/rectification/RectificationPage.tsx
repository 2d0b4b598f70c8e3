import { DownloadOutlined } from '@ant-design/icons';
import { Link, useSearch } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { type ListQuery, useListQuery } from '../../hooks/use-list-query.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import {
  DateFilter,
  FlagFilter,
  optionsOf,
  SearchFilter,
  SelectFilter,
  UnitFilter,
} from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { formatSearch, type Search } from '../../util/search.ts';
import { CaseBoard } from './CaseBoard.tsx';
import { CaseList } from './CaseList.tsx';
import { DeadlineCalendar } from './DeadlineCalendar.tsx';
import { RECTIFICATION_STATE_WORDS } from './rectification-words.tsx';
import './rectification.css';

const COMMON = [
  ...(['q', 'round', 'unitId', 'noticeId', 'kind', 'subjectId', 'ruleId', 'deadlineOn'] as const),
  ...(['mine', 'overdue', 'escalated', 'owing', 'repeat'] as const),
] as const;
const OF_LIST = [...COMMON, 'state'] as const;

const VIEWS = [
  { view: undefined, words: '列表' },
  { view: 'board', words: '看板' },
  { view: 'calendar', words: '日历' },
] as const;

/** Cases of rectification as a list, a board by state, or a calendar by deadline: one page, the same filters. */
export function RectificationPage() {
  return (
    <NeedsAbility ability="rectification.read">
      <Rectification />
    </NeedsAbility>
  );
}

function Rectification() {
  const { view } = useSearch({ strict: false }) as Search;
  const isList = view !== 'board' && view !== 'calendar';
  const list = useListQuery(isList ? OF_LIST : COMMON);
  return (
    <>
      <PageHeader
        title="整改"
        note="通报印发以后，每个单位按整改通知签收、整改、填报；系统按原指标复核，由主管单位确认。"
        actions={<Link to="/rectification/notices">整改通知书</Link>}
      />
      <ViewTabs />
      <Filters list={list} isList={isList} />
      {view === 'board' && <CaseBoard list={list} />}
      {view === 'calendar' && <DeadlineCalendar list={list} />}
      {isList && <CaseList list={list} />}
    </>
  );
}

/** The views keep the filters; the list's own place in its pages is not theirs. */
function ViewTabs() {
  const {
    view: shown,
    page: _page,
    state: _state,
    ...search
  } = useSearch({
    strict: false,
  }) as Search;
  return (
    <nav className="view-tabs" aria-label="查看方式">
      {VIEWS.map(({ view, words }) => (
        <Link
          key={words}
          to="/rectification"
          search={{ ...search, view }}
          // Else the list, whose address says least, would count as shown with every other view.
          activeOptions={{ exact: true, explicitUndefined: true }}
          {...(shown === view && { 'aria-current': 'page' as const })}
        >
          {words}
        </Link>
      ))}
    </nav>
  );
}

function Filters({ list, isList }: { readonly list: ListQuery; readonly isList: boolean }) {
  const notices = useGet('/api/v1/rectification/notices', { query: { limit: 200 } });
  const items = notices.data?.items ?? [];
  const periods = [...new Set(items.map(({ period }) => period))];
  return (
    <ListFilters
      list={list}
      search={<SearchFilter list={list} name="q" label="单位、网站、账号名称，标识码或编号" />}
      actions={isList && <ExportLink list={list} />}
    >
      {isList && (
        <SelectFilter
          list={list}
          name="state"
          label="状态"
          options={optionsOf(RECTIFICATION_STATE_WORDS)}
        />
      )}
      <SelectFilter
        list={list}
        name="round"
        label="批次"
        loading={notices.isLoading}
        options={periods.map((period) => ({ value: period, label: period }))}
      />
      <SelectFilter
        list={list}
        name="noticeId"
        label="整改通知"
        width={200}
        loading={notices.isLoading}
        options={items.map(({ id, number, unit }) => ({
          value: String(id),
          label: `${number}（${unit.name}）`,
        }))}
      />
      <UnitFilter list={list} name="unitId" label="单位及下属" />
      <DateFilter list={list} name="deadlineOn" label="到期日" />
      <FlagFilter list={list} name="mine" value="waiting" label="等我办的" />
      <FlagFilter list={list} name="overdue" value="yes" label="逾期" />
      <FlagFilter list={list} name="owing" value="yes" label="单位未报" />
      <FlagFilter list={list} name="escalated" value="yes" label="升级督办" />
      <FlagFilter list={list} name="repeat" value="yes" label="屡改屡犯" />
    </ListFilters>
  );
}

function ExportLink({ list }: { readonly list: ListQuery }) {
  return (
    <a href={`/api/v1/rectification/export${formatSearch(list.filters)}`} download>
      <DownloadOutlined aria-hidden /> 导出（.xlsx）
    </a>
  );
}
