import { describe, expect, it } from 'vitest';
import { shareText, stepOf } from './shares.ts';
import { nextTile, tileColumns } from './tile-layout.ts';

describe('the grid of units', () => {
  it.each([
    ['one unit', 1, 1100, 2],
    ['fewer than fit', 5, 1100, 5],
    ['two full rows rather than one and a bit', 15, 1100, 8],
    ['three rows of five', 15, 940, 5],
    ['a phone', 14, 340, 2],
    ['narrower than one tile', 14, 90, 2],
    ['a province of many counties', 122, 1100, 8],
    ['a very wide screen', 40, 4000, 10],
  ])('%s: %d units in %d px', (_name, tiles, width, columns) => {
    expect(tileColumns(tiles, width)).toBe(columns);
  });

  it.each([3, 14, 17, 21, 34, 122])('leaves no row empty for %d units', (tiles) => {
    for (let width = 100; width < 2000; width += 37) {
      const columns = tileColumns(tiles, width);
      const rows = Math.ceil(tiles / columns);
      expect((rows - 1) * columns).toBeLessThan(tiles);
    }
  });

  it.each([
    [0, 'ArrowRight', 1],
    [0, 'ArrowLeft', null],
    [0, 'ArrowDown', 5],
    [12, 'ArrowDown', null],
    [6, 'ArrowUp', 1],
    [13, 'ArrowRight', null],
    [4, 'End', 13],
    [4, 'Home', 0],
    [4, 'Enter', null],
  ])('from %d the key %s leads to %s', (at, key, to) => {
    expect(nextTile(at, key, { tiles: 14, columns: 5 })).toBe(to);
  });
});

describe('the share of a unit', () => {
  it.each([
    [0, 0, 'none', '—'],
    [49, 0, 'zero', '0'],
    [1000, 1, 'low', '0.10%'],
    [49, 1, 'some', '2.04%'],
    [18, 1, 'many', '5.56%'],
    [18, 2, 'most', '11.11%'],
    [10, 10, 'most', '100.00%'],
  ])('%d checked, %d failing: %s, %s', (checked, failing, step, text) => {
    const share = { checked, failing, undetermined: 0 };
    expect([stepOf(share).id, shareText(share)]).toEqual([step, text]);
  });
});
