import type { Search } from './search.ts';

/** How many rows a page of a list may have; the server refuses more than 200. */
export const PAGE_SIZES = [20, 50, 100, 200] as const;
const PAGE_SIZE = 50;
/** The server counts no further than this offset. */
const OFFSET_MAX = 1_000_000;

export interface Sort {
  readonly column: string;
  readonly isDescending: boolean;
}

/** What a list shows, as its address says it. */
export interface ListState {
  readonly page: number;
  readonly pageSize: number;
  readonly sort: Sort | null;
  /** The filters that have a value. */
  readonly filters: Readonly<Record<string, string>>;
}

/** Reads a list's state from its address; what is malformed counts as not said. `filters` are the names that the list knows. */
export function readListState(search: Search, filters: readonly string[]): ListState {
  const size = Number(search.size);
  const pageSize = (PAGE_SIZES as readonly number[]).includes(size) ? size : PAGE_SIZE;
  const page = Math.floor(Number(search.page));
  return {
    page: page >= 1 && (page - 1) * pageSize <= OFFSET_MAX ? page : 1,
    pageSize,
    sort: readSort(search.sort),
    filters: Object.fromEntries(
      filters.flatMap((name) => {
        const value = search[name];
        return value === undefined || value === '' ? [] : [[name, value]];
      }),
    ),
  };
}

function readSort(text: string | undefined): Sort | null {
  const found = /^(-?)(\w{1,40})$/.exec(text ?? '');
  return found ? { column: found[2]!, isDescending: found[1] === '-' } : null;
}

export const formatSort = (sort: Sort | null): string | undefined =>
  sort === null ? undefined : `${sort.isDescending ? '-' : ''}${sort.column}`;

/** The query of the list endpoint. */
export function listQuery({
  page,
  pageSize,
  sort,
  filters,
}: ListState): Record<string, string | number> {
  const order = formatSort(sort);
  return {
    ...filters,
    ...(order !== undefined && { sort: order }),
    limit: pageSize,
    offset: (page - 1) * pageSize,
  };
}

/** The address after a filter changed: back on the first page, since the old page means nothing in the new list. */
export function withFilters(search: Search, changes: Search): Search {
  const { page: _page, ...rest } = search;
  return { ...rest, ...changes };
}
