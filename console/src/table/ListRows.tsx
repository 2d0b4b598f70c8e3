import { Table, type TableColumnType } from 'antd';
import type { ListQuery } from '../hooks/use-list-query.ts';
import type { ListColumn } from './list-column.ts';

/** The head stays below the top bar (shell.css). */
const TOP_BAR_HEIGHT = 48;

interface ListRowsProps<Row> {
  readonly list: ListQuery;
  readonly rows: readonly Row[];
  readonly columns: readonly ListColumn<Row>[];
  readonly keyOf: (row: Row) => string | number;
}

/** The rows of a list as a table; narrower than its columns it scrolls sideways under the first one. */
export function ListRows<Row>({ list, rows, columns, keyOf }: ListRowsProps<Row>) {
  const width = columns.reduce((sum, column) => sum + (column.width ?? 160), 0);
  return (
    <Table<Row>
      size="middle"
      rowKey={keyOf}
      dataSource={rows}
      columns={columns.map((column, at) => tableColumn(column, at, list))}
      pagination={false}
      sticky={{ offsetHeader: TOP_BAR_HEIGHT }}
      scroll={{ x: width }}
      showSorterTooltip={false}
      onChange={(_pages, _filters, sorter) => {
        const { columnKey, order } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
        list.setSort(
          order ? { column: String(columnKey), isDescending: order === 'descend' } : null,
        );
      }}
    />
  );
}

function tableColumn<Row>(
  column: ListColumn<Row>,
  at: number,
  { sort }: ListQuery,
): TableColumnType<Row> {
  const { sortsBy, width, align, title } = column;
  const isSorted = sort !== null && sort.column === sortsBy;
  return {
    title,
    key: sortsBy ?? title,
    render: (_value, row) => column.render(row),
    ...(width !== undefined && { width }),
    ...(align && { align }),
    ...(at === 0 && { fixed: 'start' as const, rowScope: 'row' as const }),
    ...(sortsBy !== undefined && {
      sorter: true,
      sortOrder: isSorted ? (sort.isDescending ? 'descend' : 'ascend') : null,
    }),
  };
}
