import { describe, expect, it } from 'vitest';
import { formatSort, listQuery, readListState, withFilters } from './list-state.ts';
import { formatSearch, parseSearch } from './search.ts';

const FILTERS = ['q', 'status'];

describe('a list in its address', () => {
  it.each([
    ['nothing', '', { limit: 50, offset: 0 }],
    ['filters', '?q=长沙&status=running', { q: '长沙', status: 'running', limit: 50, offset: 0 }],
    ['a page', '?page=3&size=20', { limit: 20, offset: 40 }],
    ['a sort', '?sort=-name', { sort: '-name', limit: 50, offset: 0 }],
    ['what the list does not know', '?token=1&q=', { limit: 50, offset: 0 }],
    ['a page before the first', '?page=0', { limit: 50, offset: 0 }],
    ['a page that is no number', '?page=x&size=7', { limit: 50, offset: 0 }],
    ['a page behind what the server counts', '?page=999999999', { limit: 50, offset: 0 }],
    ['a sort that is no name', '?sort=name;drop', { limit: 50, offset: 0 }],
  ])('%s', (_name, address, query) => {
    expect(listQuery(readListState(parseSearch(address), FILTERS))).toEqual(query);
  });

  it('a changed filter leads back to the first page and keeps the rest', () => {
    const changed = withFilters(parseSearch('?q=a&page=4&size=20'), { status: 'closed' });
    expect(formatSearch(changed)).toBe('?q=a&size=20&status=closed');
    expect(formatSearch(withFilters(changed, { q: undefined, status: '' }))).toBe('?size=20');
  });

  it('Chinese, spaces and signs survive the address', () => {
    const search = { q: '湘西 & 吉首=“政务”+1%', unitId: '7' };
    expect(parseSearch(formatSearch(search))).toEqual(search);
    expect(formatSearch({})).toBe('');
  });

  it.each([
    [null, undefined],
    [{ column: 'name', isDescending: false }, 'name'],
    [{ column: 'name', isDescending: true }, '-name'],
  ])('the sort %j is written %s', (sort, text) => {
    expect(formatSort(sort)).toBe(text);
  });
});
