import { DownloadOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { sendFiles } from '../../api/client.ts';
import { ImportFile } from '../../forms/ImportFile.tsx';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useCan } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { optionsOf, SearchFilter, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { RecordTraining } from './RecordTraining.tsx';
import { Totals } from './Totals.tsx';
import { TRAINING_KIND_WORDS, TRAINING_REFRESHES, type TrainingItem } from './training-words.ts';

const FILTERS = ['q', 'year', 'kind', 'unitId'] as const;
/** Years that are offered: this one and those before it. */
const YEARS = 5;

const COLUMNS: readonly ListColumn<TrainingItem>[] = [
  {
    title: '培训主题',
    width: 240,
    render: ({ id, subject }) => (
      <Link to="/duty/trainings/$id" params={{ id: String(id) }}>
        {subject}
      </Link>
    ),
  },
  { title: '日期', width: 110, render: ({ heldOn }) => heldOn },
  { title: '主办单位', width: 140, render: ({ organiserName }) => organiserName },
  { title: '授课人', width: 110, render: ({ teacher }) => teacher || '—' },
  { title: '形式', width: 100, render: ({ kind }) => TRAINING_KIND_WORDS[kind] },
  { title: '学时', width: 80, align: 'right', render: ({ hours }) => hours },
  { title: '参加单位', width: 90, align: 'right', render: ({ units }) => units },
  { title: '人次', width: 80, align: 'right', render: ({ people }) => people },
  {
    title: '情况',
    width: 110,
    render: ({ withdrawnOn }) => withdrawnOn !== null && <StateTag tone="plain">已撤销</StateTag>,
  },
];

/** Training records, and what each unit was trained in a year. */
export function TrainingsPage() {
  return (
    <NeedsAbility ability="duty.read">
      <Trainings />
    </NeedsAbility>
  );
}

function Trainings() {
  const list = useListQuery(FILTERS);
  const mayEdit = useCan()('duty.edit');
  const trainings = useGet('/api/v1/duty/trainings', { query: list.query }, { keepsFormer: true });
  const now = new Date().getFullYear();
  const year = Number(list.filters.year ?? now);
  const years = Object.fromEntries(
    Array.from({ length: YEARS }, (_, back) => [String(now - back), `${now - back} 年`]),
  );
  const filters = new URLSearchParams({ ...list.filters, year: String(year) });
  return (
    <>
      <PageHeader
        title="培训记录"
        note="举办过的培训、参加的单位和人、考试结果和证明材料；按单位和年度合计。"
        actions={
          <Button
            href={`/api/v1/duty/trainings/export?${filters}`}
            download
            icon={<DownloadOutlined aria-hidden />}
          >
            导出 {year} 年（.xlsx）
          </Button>
        }
      />
      {mayEdit && (
        <>
          <RecordTraining />
          <ImportFile
            summary="成批导入培训…"
            title="选择填好的培训表"
            note="一行一个参加的单位或人；同一天同一主题的是一次培训，有一行不对就都不导入。先导出一份照着填"
            send={(files) => sendFiles('/api/v1/duty/trainings/import', files)}
            doneWords={({ sessions, added, same }) =>
              `登记了 ${sessions} 次培训、${added} 行参加的，${same} 行没有变化`
            }
            refreshes={TRAINING_REFRESHES}
          />
        </>
      )}
      <ListFilters list={list} search={<SearchFilter list={list} name="q" label="主题或授课人" />}>
        <SelectFilter {...{ list, name: 'year', label: '年份', options: optionsOf(years) }} />
        <SelectFilter
          {...{ list, name: 'kind', label: '形式', options: optionsOf(TRAINING_KIND_WORDS) }}
        />
        <UnitFilter list={list} name="unitId" label="主办或参加单位" />
      </ListFilters>
      <ListTable
        name="培训"
        list={list}
        answer={trainings}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={<EmptyState title="还没有培训记录">举办以后登记，或成批导入。</EmptyState>}
      />
      <Totals year={year} />
    </>
  );
}
