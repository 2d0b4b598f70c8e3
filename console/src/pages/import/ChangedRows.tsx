import type { ItemOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { optionsOf, SearchFilter, SelectFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { Panel } from '../../ui/Panel.tsx';

type Changed = ItemOf<'/api/v1/registry/imports/{id}/changes'>;

const KIND_WORDS = { unit: '单位', site: '政府网站', account: '政务新媒体' } as const;
const FILTERS = ['q', 'kind'];

/** Every registered row that the import would change, field by field, before and after. */
export function ChangedRows({ id }: { readonly id: string }) {
  const list = useListQuery(FILTERS);
  const changes = useGet(
    '/api/v1/registry/imports/{id}/changes',
    { path: { id }, query: list.query as never },
    { keepsFormer: true },
  );
  return (
    <Panel title="逐条变更">
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="名称、标识或值" />}
      >
        <SelectFilter list={list} name="kind" label="对象" options={optionsOf(KIND_WORDS)} />
      </ListFilters>
      <ListTable<Changed>
        name="变更"
        list={list}
        answer={changes}
        columns={COLUMNS}
        keyOf={({ number }) => number}
      />
    </Panel>
  );
}

const COLUMNS: readonly ListColumn<Changed>[] = [
  { title: '名称或标识', width: 240, render: ({ subject }) => <span>{subject}</span> },
  { title: '对象', width: 110, render: ({ kind }) => KIND_WORDS[kind] },
  {
    title: '改前 → 改后',
    width: 460,
    render: ({ fields }) => (
      <ul className="import-fields">
        {fields.map(({ title, before, after }) => (
          <li key={title}>
            {title}：<del>{before || '（空）'}</del> → <ins>{after || '（清空）'}</ins>
          </li>
        ))}
      </ul>
    ),
  },
];
