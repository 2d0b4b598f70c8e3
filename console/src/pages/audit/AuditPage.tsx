import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ItemOf, ParamsOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { type ListQuery, useListQuery } from '../../hooks/use-list-query.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { DateFilter, SearchFilter, SelectFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { DateText } from '../../ui/DateText.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { formatSearch } from '../../util/search.ts';
import { AuditDetail } from './AuditDetail.tsx';
import { AuditVerification } from './AuditVerification.tsx';

type Row = ItemOf<'/api/v1/audit'>;
type Query = NonNullable<ParamsOf<'/api/v1/audit'>['query']>;

const FILTERS = ['q', 'from', 'to', 'actor', 'action', 'subject'];

/** Who did what, when and from where; nothing here can be changed. */
export function AuditPage() {
  const list = useListQuery(FILTERS);
  const answer = useGet('/api/v1/audit', { query: list.query as Query }, { keepsFormer: true });
  return (
    <NeedsAbility ability="audit.read">
      <PageHeader
        title="操作记录"
        note="只能追加，逐行相连：改一行、删一行都查得出来。"
        actions={
          <Button
            icon={<DownloadOutlined aria-hidden />}
            href={`/api/v1/audit/export${formatSearch(list.filters)}`}
            download
          >
            导出（.csv）
          </Button>
        }
      />
      <AuditVerification />
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="查找内容、请求编号" />}
      >
        <SearchFilter list={list} name="actor" label="操作人" />
        <ActionFilter list={list} />
        <SearchFilter list={list} name="subject" label="对象（如 finding:1002）" />
        <DateFilter list={list} name="from" label="从这一天" />
        <DateFilter list={list} name="to" label="到这一天" />
      </ListFilters>
      <ListTable<Row>
        name="操作记录"
        list={list}
        answer={answer}
        columns={COLUMNS}
        keyOf={({ id }) => id}
      />
    </NeedsAbility>
  );
}

/** The program says which actions there are; the address keeps their codes. */
function ActionFilter({ list }: { readonly list: ListQuery }) {
  const { data, isLoading } = useGet('/api/v1/audit/actions', {});
  const options = (data?.groups ?? []).map(({ title, actions }) => ({
    label: title,
    options: actions.map(({ action, words }) => ({ value: action, label: words })),
  }));
  return (
    <SelectFilter
      list={list}
      name="action"
      label="动作"
      options={options}
      loading={isLoading}
      width={190}
    />
  );
}

const COLUMNS: readonly ListColumn<Row>[] = [
  { title: '时间', width: 170, render: ({ at }) => <DateText at={at} as="exact" /> },
  { title: '操作人', width: 150, render: ({ actor }) => actor },
  {
    title: '动作',
    width: 140,
    render: ({ action, actionWords }) => <span title={action}>{actionWords}</span>,
  },
  {
    title: '对象',
    width: 200,
    render: ({ subject, subjectWords }) => (
      <span title={subject ?? undefined}>{subjectWords ?? subject ?? '—'}</span>
    ),
  },
  { title: '改动', width: 300, render: (row) => <AuditDetail row={row} /> },
  {
    title: '来自',
    width: 130,
    isWideOnly: true,
    render: ({ address, requestId }) => (
      <span title={requestId ? `请求编号 ${requestId}` : undefined}>{address ?? '本机命令'}</span>
    ),
  },
];
