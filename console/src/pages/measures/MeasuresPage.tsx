import { Link } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useCan } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { optionsOf, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import {
  MEASURE_KIND_WORDS,
  MEASURE_STATE_WORDS,
  type MeasureItem,
  MeasureTags,
  measureTitle,
} from './measure-words.tsx';
import { ProposeMeasure } from './ProposeMeasure.tsx';

const FILTERS = ['state', 'kind', 'unitId'] as const;

const COLUMNS: readonly ListColumn<MeasureItem>[] = [
  {
    title: '措施',
    width: 220,
    render: (measure) => (
      <Link to="/duty/measures/$id" params={{ id: String(measure.id) }}>
        {measureTitle(measure)}
      </Link>
    ),
  },
  { title: '事由', width: 260, render: ({ reason }) => reason },
  { title: '状态', width: 180, render: (measure) => <MeasureTags measure={measure} /> },
  { title: '问责人次', width: 90, align: 'right', render: ({ people }) => people },
  { title: '决定日期', width: 120, render: ({ decidedOn }) => decidedOn ?? '—' },
  { title: '落实期限', width: 120, render: ({ dueOn }) => dueOn ?? '—' },
];

/** Measures of accountability: what waits for a decision comes first. */
export function MeasuresPage() {
  return (
    <NeedsAbility ability="duty.read">
      <Measures />
    </NeedsAbility>
  );
}

function Measures() {
  const list = useListQuery(FILTERS);
  const mayPropose = useCan()('duty.measure');
  const measures = useGet('/api/v1/duty/measures', { query: list.query }, { keepsFormer: true });
  return (
    <>
      <PageHeader
        title="问责措施"
        note="提醒、约谈、通报批评、书面检查：一个人提出，另一个人决定；决定以后通知被问责的单位。"
      />
      {mayPropose && <ProposeMeasure />}
      <ListFilters list={list}>
        <SelectFilter
          {...{ list, name: 'state', label: '状态', options: optionsOf(MEASURE_STATE_WORDS) }}
          width={160}
        />
        <SelectFilter
          {...{ list, name: 'kind', label: '种类', options: optionsOf(MEASURE_KIND_WORDS) }}
        />
        <UnitFilter list={list} name="unitId" label="单位及下属" />
      </ListFilters>
      <ListTable
        name="问责措施"
        list={list}
        answer={measures}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={<EmptyState title="还没有问责措施">逾期不改、屡改屡犯的，可以提出措施。</EmptyState>}
      />
    </>
  );
}
