import { describe, expect, it } from 'vitest';
import { queueQuery, viewOf } from './queue-views.ts';

describe('viewOf', () => {
  it.each([
    {
      name: 'a reviewer starts with what is open',
      filters: {},
      isReviewer: true,
      gives: 'waiting',
    },
    { name: 'a unit sees all of its own', filters: {}, isReviewer: false, gives: 'all' },
    { name: 'a named view stays', filters: { view: 'once' }, isReviewer: false, gives: 'once' },
    {
      name: 'a state in the address is among all',
      filters: { review: 'rejected' },
      isReviewer: true,
      gives: 'all',
    },
    {
      name: 'an unknown view counts as none',
      filters: { view: 'x' },
      isReviewer: true,
      gives: 'waiting',
    },
    {
      name: 'a contest in the address too',
      filters: { contested: 'open' },
      isReviewer: true,
      gives: 'all',
    },
  ])('$name', ({ filters, isReviewer, gives }) => {
    expect(viewOf(filters, isReviewer)).toBe(gives);
  });
});

describe('queueQuery', () => {
  it('adds the view’s conditions and never sends the view’s name', () => {
    expect(queueQuery({ view: 'waiting', kind: 'site', limit: 50 }, 'waiting')).toEqual({
      kind: 'site',
      limit: 50,
      status: 'breached',
      mine: 'waiting',
    });
    expect(queueQuery({ review: 'rejected', limit: 50 }, 'all')).toEqual({
      review: 'rejected',
      limit: 50,
    });
  });
});
