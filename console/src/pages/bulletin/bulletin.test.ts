import { describe, expect, it } from 'vitest';
import { headRows } from './annex-columns.ts';
import type { Preview } from './bulletin-types.ts';
import { refWords, rowsBehind } from './rows-behind.ts';
import { isSignedBy, whyNotSign, whyNotUnsign } from './why-not-sign.ts';

const row = (...cells: string[]) => ({ cells, findingIds: [] });
const preview: Preview = {
  title: '通报',
  number: '湘政务函〔2020〕25号',
  isDraft: false,
  whyDraft: null,
  sections: [],
  annexes: [
    { title: '一', columns: ['序号', '单位'], rows: [row('1', '岳阳市'), row('', '合计')] },
    { title: '二', columns: ['序号', '市州/部门'], rows: [row('1', '岳阳市'), row('2', '衡阳市')] },
  ],
  reconciled: true,
  problems: [],
};

describe('rowsBehind', () => {
  it('opens a whole annex, or the rows of one unit in it', () => {
    expect(rowsBehind(preview, { rows: 'sites' }, '2020Q3')).toMatchObject({
      from: 'annex',
      rows: [{ cells: ['1', '岳阳市'] }, { cells: ['', '合计'] }],
    });
    expect(
      rowsBehind(preview, { rows: 'failing-sites', printRow: '衡阳市' }, '2020Q3'),
    ).toMatchObject({
      rows: [{ cells: ['2', '衡阳市'] }],
    });
  });

  it('opens findings for a rule and for what was not determined', () => {
    expect(
      rowsBehind(preview, { rows: 'failing-accounts', ruleId: 'x', unitId: 3 }, '2020Q3'),
    ).toEqual({
      from: 'findings',
      query: { period: '2020Q3', status: 'breached', kind: 'account', ruleId: 'x', unitId: 3 },
    });
    expect(rowsBehind(preview, { rows: 'undetermined' }, '2020Q3')).toEqual({
      from: 'findings',
      query: { period: '2020Q3', status: 'undetermined' },
    });
  });

  it('opens nothing when the annex is not there', () => {
    expect(rowsBehind(preview, { rows: 'accounts' }, '2020Q3')).toBeNull();
  });

  it('says what a number stands for', () => {
    expect(refWords({ rows: 'failing-accounts', printRow: '岳阳市' })).toBe(
      '岳阳市存在突出问题的政务新媒体',
    );
  });
});

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

describe('signing', () => {
  const me = { login: 'wangmin', name: '王敏' };
  const first = { by: '王敏（wangmin）', at: '2020-09-29T01:00:00Z' };
  const other = { by: '李四（lisi）', at: '2020-09-29T02:00:00Z' };
  const item = { state: 'draft' as const, signatures: [], sha256: 'ab' };
  it.each([
    { name: 'ready', more: {}, doc: {}, says: null },
    { name: 'no right', more: {}, doc: {}, mayNot: '没有权限', says: '没有权限' },
    {
      name: 'a draft says why',
      more: {},
      doc: { isDraft: true, whyDraft: '补采批次' },
      says: '补采批次',
    },
    {
      name: 'not built',
      more: { state: 'none' as const, sha256: null },
      doc: {},
      says: '还没有生成',
    },
    { name: 'numbers disagree', more: {}, doc: { reconciled: false }, says: '不一致' },
    { name: 'the same person twice', more: { signatures: [first] }, doc: {}, says: '另一个人' },
    { name: 'after another person', more: { signatures: [other] }, doc: {}, says: null },
    { name: 'already signed', more: { state: 'signed' as const }, doc: {}, says: '已由两人' },
  ])('$name', ({ more, doc, mayNot = null, says }) => {
    const why = whyNotSign({ ...item, ...more }, { ...preview, ...doc }, me, mayNot);
    if (says === null) expect(why).toBeNull();
    else expect(why).toContain(says);
  });

  it('a signature is taken back by its owner before the second one only', () => {
    expect(whyNotUnsign({ ...item, signatures: [first] }, me)).toBeNull();
    expect(whyNotUnsign({ ...item, signatures: [other] }, me)).not.toBeNull();
    expect(whyNotUnsign({ state: 'signed', signatures: [first, other] }, me)).not.toBeNull();
    expect(isSignedBy('李王敏（liwangmin）', me)).toBe(false);
  });
});
