import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Pagination } from 'antd';
import type { ApiError } from '../../api/api-error.ts';
import type { ListQuery } from '../../hooks/use-list-query.ts';
import { Answer } from '../../ui/Answer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { FindingItem } from './finding-types.ts';
import { QueueList } from './QueueList.tsx';
import type { ReviewQueue } from './use-review-queue.ts';

interface QueueBoxProps {
  readonly list: ListQuery;
  readonly answer: UseQueryResult<
    { items: FindingItem[]; total: number; totalIsExact: boolean },
    ApiError
  >;
  readonly queue: ReviewQueue;
}

/** The list with its count and pages. It is read again only when asked, so that nothing moves while one reviews. */
export function QueueBox({ list, answer, queue }: QueueBoxProps) {
  return (
    <section className="queue-box" aria-label="问题列表" aria-busy={answer.isFetching}>
      <Answer of={answer} rows={10}>
        {({ items, total, totalIsExact }) => (
          <>
            <div className="queue-count">
              <span>
                共 {total}
                {totalIsExact ? '' : ' 条以上'} 条
                {queue.decided.size > 0 && `，刚处理 ${queue.decided.size} 条`}
              </span>
              <Button
                size="small"
                loading={answer.isFetching}
                onClick={() => void answer.refetch()}
              >
                重新读取
              </Button>
            </div>
            {items.length === 0 ? (
              <EmptyState title="没有这样的问题">
                {list.hasFilters ? '换一个分类，或清除条件再看。' : '该审核的都审核完了。'}
              </EmptyState>
            ) : (
              <QueueList items={items} queue={queue} />
            )}
            {total > list.pageSize && (
              <Pagination
                simple
                size="small"
                current={list.page}
                pageSize={list.pageSize}
                total={total}
                onChange={list.setPage}
              />
            )}
          </>
        )}
      </Answer>
    </section>
  );
}
