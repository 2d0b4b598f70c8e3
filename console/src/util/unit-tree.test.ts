import { expect, it } from 'vitest';
import { unitPath, unitTree } from './unit-tree.ts';

const unit = (id: number, parentId: number | null) => ({ id, name: `单位${id}`, parentId });
const shape = (trees: ReturnType<typeof unitTree>): unknown =>
  trees.map(({ id, children }) => (children ? [id, shape(children)] : id));

it.each([
  ['nothing', [], []],
  ['a province', [unit(1, null), unit(2, 1), unit(3, 1), unit(4, 2)], [[1, [[2, [4]], 3]]]],
  ['a manager, who does not see what is above him', [unit(2, 1), unit(4, 2)], [[2, [4]]]],
  ['several roots', [unit(1, null), unit(5, null)], [1, 5]],
])('the tree of %s', (_name, units, tree) => {
  expect(shape(unitTree(units))).toEqual(tree);
});

it('the way down to a unit, and no endless one in a circle', () => {
  const units = [unit(1, null), unit(2, 1), unit(4, 2)];
  expect(unitPath(units, 4).map(({ id }) => id)).toEqual([1, 2, 4]);
  expect(unitPath(units, 9)).toEqual([]);
  expect(unitPath([unit(1, 2), unit(2, 1)], 1).map(({ id }) => id)).toEqual([2, 1]);
});
