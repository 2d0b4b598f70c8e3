import { type ReactNode, useState } from 'react';
import { useIsNarrow } from '../hooks/use-is-narrow.ts';
import type { ListQuery } from '../hooks/use-list-query.ts';

interface ListFiltersProps {
  readonly list: ListQuery;
  /** Always in sight: usually the search field. */
  readonly search?: ReactNode;
  readonly children?: ReactNode;
  /** At the end of the row: export and the like. */
  readonly actions?: ReactNode;
}

/** The row of filters over a list; on a narrow screen all but the search folds away. */
export function ListFilters({ list, search, children, actions }: ListFiltersProps) {
  const isNarrow = useIsNarrow();
  const [isOpen, setOpen] = useState(false);
  const set = Object.keys(list.filters).filter((name) => name !== 'q').length;
  const areShown = !isNarrow || isOpen;
  return (
    <search className="list-filters">
      {search}
      {isNarrow && children && (
        <button
          type="button"
          className="link-button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? '收起筛选' : `筛选${set > 0 ? `（${set}）` : ''}`}
        </button>
      )}
      {areShown && children}
      {areShown && list.hasFilters && (
        <button type="button" className="link-button" onClick={list.clear}>
          清除条件
        </button>
      )}
      {actions && <div className="list-filters-actions">{actions}</div>}
    </search>
  );
}
