import { describe, expect, it } from 'vitest';
import { headRows } from './annex-columns.ts';
import { refWords, rowsQuery } from './ref-words.ts';
import { wordsPlaces } from './words-places.ts';

describe('headRows', () => {
  const plain = (head: string) => ({ head, group: null });
  it('is one row without groups', () => {
    expect(headRows([plain('序号'), plain('单位')])).toEqual([
      [
        { words: '序号', columns: 1, rows: 1 },
        { words: '单位', columns: 1, rows: 1 },
      ],
    ]);
  });

  it('puts a group once over its columns', () => {
    const failing = (head: string) => ({ head, group: '突出问题' });
    expect(headRows([plain('单位'), failing('网站数'), failing('比例'), plain('备注')])).toEqual([
      [
        { words: '单位', columns: 1, rows: 2 },
        { words: '突出问题', columns: 2, rows: 1 },
        { words: '备注', columns: 1, rows: 2 },
      ],
      [
        { words: '网站数', columns: 1, rows: 1 },
        { words: '比例', columns: 1, rows: 1 },
      ],
    ]);
  });
});

describe('a number of the text', () => {
  it.each([
    { ref: { rows: 'sites' }, words: '政府网站' },
    { ref: { rows: 'sites', checked: true, printRow: '岳阳市' }, words: '岳阳市检查的政府网站' },
    {
      ref: { rows: 'failing-accounts', noItems: true },
      words: '存在突出问题的政务新媒体（无动态信息）',
    },
  ] as const)('$words', ({ ref, words }) => {
    expect(refWords(ref)).toBe(words);
  });

  it('is asked for as the endpoint takes it, leaving out what does not narrow', () => {
    expect(rowsQuery({ rows: 'repeat', unitId: 3, checked: true })).toEqual({
      rows: 'repeat',
      unitId: 3,
      checked: 'true',
    });
  });
});

describe("the places of the office's words", () => {
  const computed = (key: string) => ({ key, blockId: null });
  const office = (blockId: number) => ({ key: null, blockId });

  it('are after a computed part and the blocks that follow it; a block is changed below its last paragraph', () => {
    const section = [
      ...[computed('overview'), computed('overview'), office(1), office(1), office(2)],
      computed('praise'),
    ];
    expect(wordsPlaces(section)).toEqual([
      { changes: null, addsAfter: null },
      { changes: null, addsAfter: null },
      { changes: null, addsAfter: null },
      { changes: 1, addsAfter: null },
      { changes: 2, addsAfter: 'overview' },
      { changes: null, addsAfter: 'praise' },
    ]);
  });
});
