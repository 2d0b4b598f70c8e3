import { expect, it } from 'vitest';
import { sortLines } from './sort-lines.ts';

const line = (name: string, silent: number) => ({
  ...{ name, silent, accounts: 0, running: 0, fresh: 0, unknown: 0 },
});
const LINES = [line('甲', 1), line('乙', 3), line('丙', 2)];

it.each([
  ['silent', '乙丙甲'],
  [undefined, '甲乙丙'],
  ['nonsense', '甲乙丙'],
])('lines sorted by %s', (sort, names) => {
  expect(
    sortLines(LINES, sort)
      .map(({ name }) => name)
      .join(''),
  ).toBe(names);
});
