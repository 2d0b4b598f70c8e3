import { Link, useNavigate } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { optionsOf, SearchFilter, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import {
  CASE_KIND_WORDS,
  CASE_ORIGIN_WORDS,
  CASE_STATE_WORDS,
  type CaseItem,
  CaseStateTag,
} from './case-words.tsx';

const FILTERS = ['q', 'mine', 'state', 'kind', 'unitId', 'overdue'] as const;

const COLUMNS: readonly ListColumn<CaseItem>[] = [
  {
    title: '事项',
    width: 210,
    render: ({ id, kind, name }) => (
      <Link to="/account-cases/$id" params={{ id: String(id) }}>
        {CASE_KIND_WORDS[kind]}：{name || `第 ${id} 号`}
      </Link>
    ),
  },
  { title: '平台', width: 110, render: ({ platform }) => platform },
  { title: '单位', width: 170, render: ({ unit }) => unit.name },
  { title: '进展', width: 170, render: (each) => <CaseStateTag given={each} /> },
  { title: '期限', width: 110, render: ({ dueOn }) => <DateText at={dueOn} as="date" /> },
  { title: '来源', width: 100, render: ({ origin }) => CASE_ORIGIN_WORDS[origin] },
  { title: '申请人', width: 150, isWideOnly: true, render: ({ applicant }) => applicant },
  { title: '最近变动', width: 150, render: ({ changedAt }) => <DateText at={changedAt} /> },
];

/** What was asked for accounts: opening, changes, closing, and how far each is. */
export function AccountCasesPage() {
  return (
    <NeedsAbility ability="case.read">
      <Cases />
    </NeedsAbility>
  );
}

function Cases() {
  const list = useListQuery(FILTERS);
  const cases = useGet('/api/v1/account-cases', { query: list.query }, { keepsFormer: true });
  const whyNot = useWhyNot()('case.apply');
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        title="账号事项"
        note="政务新媒体的开设、补登记、变更、暂停、恢复、关停、注销：申请、初审、终审由三个不同的人办。"
        actions={
          <ReasonedButton
            type="primary"
            whyNot={whyNot}
            onClick={() => void navigate({ to: '/account-cases/new', search: { kind: 'open' } })}
          >
            申请开设账号
          </ReasonedButton>
        }
      />
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="账号、单位名称或事项编号" />}
      >
        <SelectFilter
          list={list}
          name="mine"
          label="全部"
          options={[{ value: 'waiting', label: '等我办的' }]}
        />
        <SelectFilter list={list} name="kind" label="种类" options={optionsOf(CASE_KIND_WORDS)} />
        <SelectFilter list={list} name="state" label="进展" options={optionsOf(CASE_STATE_WORDS)} />
        <UnitFilter list={list} name="unitId" label="单位及下属" />
        <SelectFilter
          list={list}
          name="overdue"
          label="期限"
          options={[{ value: 'yes', label: '审批逾期' }]}
        />
      </ListFilters>
      <ListTable
        name="事项"
        list={list}
        answer={cases}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={
          <EmptyState title="还没有账号事项">
            开设新账号在这里申请；变更、暂停、关停、注销从账号自己的页面办起。
          </EmptyState>
        }
      />
    </>
  );
}
