import type { UseQueryResult } from '@tanstack/react-query';
import { Alert, Pagination } from 'antd';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { type ApiError, wordsOfError } from '../api/api-error.ts';
import { useIsNarrow } from '../hooks/use-is-narrow.ts';
import type { ListQuery } from '../hooks/use-list-query.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { LoadingState } from '../ui/LoadingState.tsx';
import { PAGE_SIZES } from '../util/list-state.ts';
import { ListCards } from './ListCards.tsx';
import { ListRows } from './ListRows.tsx';
import type { ListColumn } from './list-column.ts';
import { moveBetweenRows } from './move-between-rows.ts';

interface ListAnswer<Row> {
  readonly items: readonly Row[];
  readonly total: number;
  readonly totalIsExact: boolean;
}

interface ListTableProps<Row> {
  /** What the rows are, for screen readers and the count: 网站. */
  readonly name: string;
  readonly list: ListQuery;
  readonly answer: UseQueryResult<ListAnswer<Row>, ApiError>;
  readonly columns: readonly ListColumn<Row>[];
  readonly keyOf: (row: Row) => string | number;
  /** Shown when there is nothing at all, not when filters hide everything. */
  readonly empty?: ReactNode;
}

/** A list that pages, sorts and filters on the server; its state lives in the address. ↑ ↓ or j k walk the rows' links. */
export function ListTable<Row>(props: ListTableProps<Row>) {
  const { name, list, answer, empty } = props;
  const isNarrow = useIsNarrow();
  const box = useRef<HTMLElement>(null);
  if (answer.data === undefined)
    return answer.error ? (
      <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
    ) : (
      <LoadingState rows={12} />
    );
  const { items, total, totalIsExact } = answer.data;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (box.current && moveBetweenRows(box.current, event.key, event.target))
      event.preventDefault();
  };
  const Rows = isNarrow ? ListCards : ListRows;
  return (
    <section
      ref={box}
      className={`list-table ${answer.isPlaceholderData ? 'list-table-stale' : ''}`}
      aria-label={`${name}列表`}
      aria-busy={answer.isFetching}
      onKeyDown={onKeyDown}
    >
      {answer.error && (
        <Alert type="warning" showIcon title={`没有更新：${wordsOfError(answer.error)}`} />
      )}
      {items.length > 0 ? (
        <Rows {...props} rows={items} />
      ) : (
        <NothingFound name={name} list={list} empty={empty} />
      )}
      {total > 0 && (
        <Pagination
          className="list-pages"
          current={list.page}
          pageSize={list.pageSize}
          total={total}
          pageSizeOptions={[...PAGE_SIZES]}
          showSizeChanger={!isNarrow}
          simple={isNarrow}
          size={isNarrow ? 'medium' : 'small'}
          showTotal={(count) => `共 ${totalIsExact ? count : `${count} 条以上，`} 条`}
          onChange={list.setPage}
        />
      )}
    </section>
  );
}

function NothingFound(props: Pick<ListTableProps<never>, 'name' | 'list' | 'empty'>) {
  const { name, list, empty } = props;
  if (!list.hasFilters && list.page === 1) return empty ?? <EmptyState title={`还没有${name}`} />;
  return (
    <EmptyState
      title={`没有符合条件的${name}`}
      action={
        <button type="button" className="link-button" onClick={list.clear}>
          清除全部条件
        </button>
      }
    >
      放宽筛选条件，或换一个词再查。
    </EmptyState>
  );
}
