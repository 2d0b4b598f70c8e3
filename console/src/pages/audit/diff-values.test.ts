import { describe, expect, it } from 'vitest';
import { diffValues } from './diff-values.ts';

describe('diffValues', () => {
  it('names what was added, removed, changed and kept', () => {
    expect(
      diffValues(
        { name: '张三', state: 'active', unit: { id: 3 } },
        { name: '张三', state: 'disabled', lockedAt: '2020-09-01' },
      ),
    ).toEqual([
      { path: 'name', kind: 'same', before: '张三', after: '张三' },
      { path: 'state', kind: 'changed', before: 'active', after: 'disabled' },
      { path: 'unit.id', kind: 'removed', before: '3', after: null },
      { path: 'lockedAt', kind: 'added', before: null, after: '2020-09-01' },
    ]);
  });

  it.each([
    { name: 'a creation', before: null, after: { a: 1 }, kinds: ['added'] },
    { name: 'a deletion', before: { a: 1 }, after: null, kinds: ['removed'] },
    { name: 'nothing on either side', before: null, after: undefined, kinds: [] },
    { name: 'plain values', before: 'planned', after: 'frozen', kinds: ['changed'] },
    { name: 'an emptied text', before: { a: 'x' }, after: { a: '' }, kinds: ['changed'] },
    {
      name: 'a field that became null',
      before: { a: 'x' },
      after: { a: null },
      kinds: ['removed'],
    },
  ])('reads $name', ({ before, after, kinds }) => {
    expect(diffValues(before, after).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('takes a list of plain values as one field, and a list of records field by field', () => {
    expect(diffValues({ roles: ['a'] }, { roles: ['a', 'b'] })).toEqual([
      { path: 'roles', kind: 'changed', before: 'a', after: 'a、b' },
    ]);
    expect(diffValues({ rows: [{ n: 1 }] }, { rows: [{ n: 1 }, { n: 2 }] })).toEqual([
      { path: 'rows[1].n', kind: 'same', before: '1', after: '1' },
      { path: 'rows[2].n', kind: 'added', before: null, after: '2' },
    ]);
  });

  it('says yes and no in words', () => {
    expect(diffValues({ isOn: false }, { isOn: true })).toEqual([
      { path: 'isOn', kind: 'changed', before: '否', after: '是' },
    ]);
  });
});
