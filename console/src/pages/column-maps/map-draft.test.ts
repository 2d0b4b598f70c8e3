import { expect, it } from 'vitest';
import { bodyOf, columnsOf, draftOf, moved, type SavedMap } from './map-draft.ts';

const FIELDS = [
  { field: 'platform', words: ['平台', '平台类别'], exportOnly: false },
  { field: 'name', words: ['账号名称', '名称'], exportOnly: false },
  { field: 'number', words: ['序号'], exportOnly: true },
];
const SAVED: SavedMap = {
  ...{ name: '报送系统', sheet: '报送表', titles: ['政务新媒体报送表', '填报单位'] },
  columns: [
    { header: '平台类别', synonyms: ['平台'], field: 'platform' },
    { header: '签字', synonyms: [], field: null },
  ],
  ...{ constants: [{ field: 'status', value: '正常' }], blank: 'clear' as const },
  ...{ lacking: [], changedBy: '李明华', changedAt: '2026-11-30T04:00:00.000Z' },
};

it('what is saved, shown and saved again is the same', () => {
  const { name: _name, lacking: _l, changedBy: _b, changedAt: _a, ...body } = SAVED;
  expect(bodyOf(draftOf(SAVED))).toEqual(body);
});

it('a pasted header row fills in what is known, each field once', () => {
  expect(
    columnsOf('序号\t平台 类别\t名称\r\n账号名称\t签字\t', FIELDS).map(({ header, field }) => [
      header,
      field,
    ]),
  ).toEqual([
    ['序号', 'number'],
    ['平台 类别', 'platform'],
    ['名称', 'name'],
    ['账号名称', ''],
    ['签字', ''],
  ]);
});

it('empty rows are not saved, and a column moves no further than the ends', () => {
  const [one, two] = columnsOf('序号\t名称', FIELDS);
  const draft = { ...draftOf(SAVED), columns: [one!, { ...two!, header: ' ' }] };
  expect(bodyOf({ ...draft, constants: [{ key: 0, field: 'status', value: ' ' }] })).toMatchObject({
    columns: [{ header: '序号' }],
    constants: [],
  });
  expect(moved([one!, two!], 1, -1)).toEqual([two, one]);
  expect(moved([one!, two!], 0, -1)).toEqual([one, two]);
});
