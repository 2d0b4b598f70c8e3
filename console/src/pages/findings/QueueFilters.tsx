import { Segmented } from 'antd';
import { useGet } from '../../hooks/use-get.ts';
import type { ListQuery } from '../../hooks/use-list-query.ts';
import { useCan } from '../../hooks/use-session.ts';
import { optionsOf, SearchFilter, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { FINDING_STATUS_WORDS, KIND_WORDS, REVIEW_WORDS } from '../../util/words.ts';
import { QUEUE_VIEWS, type QueueViewName } from './queue-views.ts';

interface QueueFiltersProps {
  readonly list: ListQuery;
  readonly view: QueueViewName;
  readonly isReviewer: boolean;
}

const REVIEWERS_ONLY: ReadonlySet<QueueViewName> = new Set(['waiting', 'decided']);

export function QueueFilters({ list, view, isReviewer }: QueueFiltersProps) {
  // A unit's own people see the findings of its newest round, not the list of rounds.
  const seesRounds = useCan()('round.read');
  const rounds = useGet('/api/v1/rounds', { query: { limit: 50 } }, { enabled: seesRounds });
  return (
    <>
      <Segmented<QueueViewName>
        className="queue-views"
        name="queue-view"
        value={view}
        options={QUEUE_VIEWS.filter(({ value }) => isReviewer || !REVIEWERS_ONLY.has(value)).map(
          ({ value, label }) => ({ value, label }),
        )}
        onChange={(next) =>
          list.setFilters({
            view: next,
            ...{ status: undefined, review: undefined, contested: undefined, mine: undefined },
          })
        }
      />
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="按名称、标识码、问题查找" />}
      >
        {seesRounds && (
          <SelectFilter
            list={list}
            name="period"
            label="最新批次"
            options={(rounds.data?.items ?? []).map(({ period, label }) => ({
              value: period,
              label,
            }))}
            width={150}
          />
        )}
        <SelectFilter list={list} name="kind" label="类别" options={optionsOf(KIND_WORDS)} />
        {view === 'all' && (
          <>
            <SelectFilter
              list={list}
              name="status"
              label="判断"
              options={optionsOf(FINDING_STATUS_WORDS)}
            />
            <SelectFilter
              list={list}
              name="review"
              label="审核"
              options={optionsOf(REVIEW_WORDS)}
            />
          </>
        )}
        <UnitFilter list={list} name="unitId" label="单位" />
      </ListFilters>
    </>
  );
}
