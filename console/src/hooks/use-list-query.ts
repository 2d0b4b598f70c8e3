import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import {
  formatSort,
  type ListState,
  listQuery,
  readListState,
  type Sort,
  withFilters,
} from '../util/list-state.ts';
import type { Search } from '../util/search.ts';

export interface ListQuery extends ListState {
  /** For the list endpoint: filters, sort, limit, offset. */
  readonly query: Record<string, string | number>;
  readonly hasFilters: boolean;
  setFilters(changes: Search): void;
  setPage(page: number, pageSize: number): void;
  setSort(sort: Sort | null): void;
  clear(): void;
}

/** A list's state, kept in its address: shared by copying it, walked by the browser's back button. */
export function useListQuery(filterNames: readonly string[]): ListQuery {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  return useMemo(() => {
    const state = readListState(search, filterNames);
    const go = (next: Search): void => void navigate({ to: '.', search: next });
    return {
      ...state,
      query: listQuery(state),
      hasFilters: Object.keys(state.filters).length > 0,
      setFilters: (changes) => go(withFilters(search, changes)),
      setPage: (page, pageSize) => go({ ...search, page: String(page), size: String(pageSize) }),
      setSort: (sort) => go(withFilters(search, { sort: formatSort(sort) })),
      // What else stands in the address says which page it is: the comparison, the import.
      clear: () =>
        go(withFilters(search, Object.fromEntries(filterNames.map((name) => [name, undefined])))),
    };
  }, [search, navigate, filterNames]);
}
