import { DownloadOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useCan } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { optionsOf, SearchFilter, SelectFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { AddRegulation } from './AddRegulation.tsx';
import {
  REGULATION_KIND_WORDS,
  REGULATION_STAND_WORDS,
  type RegulationItem,
  RegulationTags,
} from './regulation-words.tsx';

const FILTERS = ['q', 'stands', 'kind'] as const;

const COLUMNS: readonly ListColumn<RegulationItem>[] = [
  {
    title: '制度',
    width: 260,
    render: ({ id, title }) => (
      <Link to="/duty/regulations/$id" params={{ id: String(id) }}>
        {title}
      </Link>
    ),
  },
  { title: '状态', width: 190, render: (each) => <RegulationTags regulation={each} /> },
  { title: '种类', width: 90, render: ({ kind }) => REGULATION_KIND_WORDS[kind] },
  { title: '发布单位', width: 130, render: ({ issuerName }) => issuerName },
  { title: '发给', width: 130, render: ({ addresseeName }) => addresseeName ?? '全部单位' },
  { title: '版本', width: 70, render: ({ number }) => (number === null ? '—' : `第 ${number} 版`) },
  { title: '施行日期', width: 110, render: ({ effectiveOn }) => effectiveOn },
  { title: '学习期限', width: 110, render: ({ readBy }) => readBy ?? '—' },
  {
    title: '已确认',
    width: 100,
    align: 'right',
    render: ({ asked, read }) => (asked === 0 ? '—' : `${read} / ${asked} 人`),
  },
];

/** The library of regulations, with how many have confirmed reading. */
export function RegulationsPage() {
  return (
    <NeedsAbility ability="duty.read">
      <Regulations />
    </NeedsAbility>
  );
}

function Regulations() {
  const list = useListQuery(FILTERS);
  const mayEdit = useCan()('duty.edit');
  const regulations = useGet(
    '/api/v1/duty/regulations',
    { query: list.query },
    { keepsFormer: true },
  );
  const filters = new URLSearchParams(
    Object.entries(list.filters).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return (
    <>
      <PageHeader
        title="制度库"
        note="一个人起草，另一个人发布；发给的单位里每个人要确认学习，有新版本要重新确认。"
        actions={
          <Button
            href={`/api/v1/duty/regulations/export?${filters}`}
            download
            icon={<DownloadOutlined aria-hidden />}
          >
            导出（.xlsx）
          </Button>
        }
      />
      {mayEdit && <AddRegulation />}
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="名称、发文字号或正文里的字" />}
      >
        <SelectFilter
          {...{ list, name: 'stands', label: '情况', options: optionsOf(REGULATION_STAND_WORDS) }}
          width={160}
        />
        <SelectFilter
          {...{ list, name: 'kind', label: '种类', options: optionsOf(REGULATION_KIND_WORDS) }}
        />
      </ListFilters>
      <ListTable
        name="制度"
        list={list}
        answer={regulations}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={<EmptyState title="还没有制度">发布以后，这里列出制度和学习情况。</EmptyState>}
      />
    </>
  );
}
