import type { ItemOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { optionsOf, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';

type Reader = ItemOf<'/api/v1/duty/regulations/{id}/readers'>;

const FILTERS = ['read', 'unitId'] as const;
const READ_WORDS = { no: '没有确认', yes: '已确认' } as const;

const day = (at: string | null) => (at === null ? '—' : <DateText at={at} />);
const COLUMNS: readonly ListColumn<Reader>[] = [
  { title: '姓名', width: 120, render: ({ name }) => name },
  { title: '单位', width: 160, render: ({ unitName }) => unitName ?? '—' },
  { title: '通知', width: 150, render: ({ askedAt }) => day(askedAt) },
  { title: '催办', width: 150, render: ({ remindedAt }) => day(remindedAt) },
  { title: '确认学习', width: 150, render: ({ readAt }) => (readAt ? day(readAt) : '没有确认') },
];

/** Who is to read the version in force, and who has confirmed. */
export function Readers({ id }: { readonly id: number }) {
  const list = useListQuery(FILTERS);
  const readers = useGet(
    '/api/v1/duty/regulations/{id}/readers',
    { path: { id }, query: list.query },
    { keepsFormer: true },
  );
  return (
    <Panel title="学习情况">
      <ListFilters list={list}>
        <SelectFilter {...{ list, name: 'read', label: '确认', options: optionsOf(READ_WORDS) }} />
        <UnitFilter list={list} name="unitId" label="单位及下属" />
      </ListFilters>
      <ListTable
        name="应学习的人"
        list={list}
        answer={readers}
        columns={COLUMNS}
        keyOf={({ userId }) => userId}
      />
    </Panel>
  );
}
