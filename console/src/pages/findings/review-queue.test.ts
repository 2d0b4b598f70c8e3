import { describe, expect, it } from 'vitest';
import { commandOf, type Decided, neighbour, nextUndecided, withDecision } from './review-queue.ts';

const NOBODY: Decided = new Map();

describe('neighbour', () => {
  const ids = [11, 12, 13];
  it.each([
    { name: 'the next one', current: 11, step: 1, gives: 12 },
    { name: 'the previous one', current: 13, step: -1, gives: 12 },
    { name: 'nothing below the last', current: 13, step: 1, gives: null },
    { name: 'nothing above the first', current: 11, step: -1, gives: null },
    { name: 'the first, when nothing is open', current: null, step: 1, gives: 11 },
    { name: 'the last, when nothing is open and we go back', current: null, step: -1, gives: 13 },
    { name: 'the first, when the open one left the list', current: 99, step: 1, gives: 11 },
  ] as const)('gives $name', ({ current, step, gives }) => {
    expect(neighbour(ids, current, step)).toBe(gives);
  });

  it('gives nothing in an empty list', () => {
    expect(neighbour([], null, 1)).toBeNull();
  });
});

describe('nextUndecided', () => {
  const ids = [1, 2, 3, 4];
  it.each([
    { name: 'the one below', current: 1, done: [1], gives: 2 },
    { name: 'the first undecided below', current: 1, done: [1, 2, 3], gives: 4 },
    { name: 'the one that was skipped above', current: 4, done: [1, 3, 4], gives: 2 },
    { name: 'nothing when all are decided', current: 4, done: [1, 2, 3, 4], gives: null },
    { name: 'never the current one itself', current: 2, done: [1, 3, 4], gives: null },
    { name: 'the first when the current one is not listed', current: 9, done: [], gives: 1 },
  ])('gives $name', ({ current, done, gives }) => {
    const decided: Decided = new Map(done.map((id) => [id, 'confirm']));
    expect(nextUndecided(ids, current, decided)).toBe(gives);
  });
});

describe('withDecision', () => {
  it('remembers a decision, replaces it, and forgets it when it is withdrawn', () => {
    const one = withDecision(NOBODY, 7, 'confirm');
    expect(one.get(7)).toBe('confirm');
    const two = withDecision(one, 7, 'reject');
    expect(two.get(7)).toBe('reject');
    expect(withDecision(two, 7, 'withdraw').has(7)).toBe(false);
    expect(one.get(7)).toBe('confirm');
  });

  it('takes a note for what it is: no decision', () => {
    expect(withDecision(NOBODY, 7, 'annotate').size).toBe(0);
  });
});

describe('commandOf', () => {
  const press = { hasModifier: false, isComposing: false, isTyping: false };
  it.each([
    { key: 'j', gives: 'next' },
    { key: 'K', gives: 'previous' },
    { key: 'c', gives: 'confirm' },
    { key: '？', gives: 'help' },
    { key: 'x', gives: null },
    { key: 'Enter', gives: null },
  ])('$key asks for $gives', ({ key, gives }) => {
    expect(commandOf({ ...press, key })).toBe(gives);
  });

  it.each([
    { name: 'Ctrl+C copies', more: { hasModifier: true } },
    { name: 'letters of an input method are not commands', more: { isComposing: true } },
    { name: 'letters in a text field are text', more: { isTyping: true } },
  ])('$name', ({ more }) => {
    expect(commandOf({ ...press, key: 'c', ...more })).toBeNull();
  });
});
