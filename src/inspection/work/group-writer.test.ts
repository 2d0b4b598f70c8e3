import { expect, it } from 'vitest';
import { GroupWriter } from './group-writer.ts';

it('rows that come together are written together, in order; each waits for its own commit', async () => {
  const groups: number[][] = [];
  const writer = new GroupWriter<number>(async (rows) => void groups.push([...rows]));
  await Promise.all([1, 2, 3].map((row) => writer.add(row)));
  await writer.add(4);
  expect(groups).toEqual([[1, 2, 3], [4]]);
});

it('a group that cannot be written fails all its rows, and the next is tried', async () => {
  let broken = true;
  const writer = new GroupWriter<number>(async () => {
    if (broken) throw new Error('no room');
  });
  const results = await Promise.allSettled([writer.add(1), writer.add(2)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  broken = false;
  await expect(writer.add(3)).resolves.toBeUndefined();
});
