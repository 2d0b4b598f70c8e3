import { Link } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import type { ListQuery } from '../../hooks/use-list-query.ts';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import {
  DeadlineText,
  markWords,
  OutcomeTag,
  type RectificationItem,
  RectificationStateTag,
} from './rectification-words.tsx';

const COLUMNS: readonly ListColumn<RectificationItem>[] = [
  {
    title: '网站或账号',
    width: 180,
    render: ({ id, name, rule }) => (
      <Link to="/rectification/$id" params={{ id: String(id) }}>
        {name}
        <span className="only-read">：{rule.label}</span>
      </Link>
    ),
  },
  { title: '问题', width: 170, render: ({ rule }) => rule.label },
  { title: '单位', width: 110, render: ({ unit }) => unit.name },
  { title: '状态', width: 170, render: (each) => <RectificationStateTag given={each} /> },
  { title: '期限', width: 110, render: (each) => <DeadlineText given={each} /> },
  {
    title: '上报',
    width: 120,
    render: ({ submittedOn, lateDays }) => (
      <>
        <DateText at={submittedOn} as="date" />
        {lateDays > 0 && `（迟 ${lateDays} 天）`}
      </>
    ),
  },
  { title: '复核', width: 120, render: (each) => <OutcomeTag outcome={each.outcome} /> },
  { title: '此前情况', width: 150, render: (each) => markWords(each).join('，') || '—' },
];

/** What is due first comes first, ended ones last. */
export function CaseList({ list }: { readonly list: ListQuery }) {
  const cases = useGet('/api/v1/rectification/cases', { query: list.query }, { keepsFormer: true });
  return (
    <ListTable
      name="整改事项"
      list={list}
      answer={cases}
      columns={COLUMNS}
      keyOf={({ id }) => id}
      empty={
        <EmptyState
          title="还没有整改事项"
          action={<Link to="/rectification/notices">整改通知书</Link>}
        >
          一期通报印发以后，由主管单位下发整改通知，这里就有各单位要改的问题。
        </EmptyState>
      }
    />
  );
}
