import { describe, expect, it } from 'vitest';
import { headPoints, signatureIndents, titleLines } from './gb9704.ts';

describe('the layout of official documents', () => {
  it.each([
    ['关于全省检查情况的通报', ['关于全省检查情况的通报']],
    [
      '关于2020年第三季度全省政府网站与政务新媒体检查情况的通报',
      ['关于2020年第三季度全省政府网站与', '政务新媒体检查情况的通报'],
    ],
    [
      '关于2019年第二次全省政府网站与政务新媒体抽查情况的通报',
      ['关于2019年第二次全省政府网站与', '政务新媒体抽查情况的通报'],
    ],
    [`关于${'长'.repeat(30)}的通报`, [`关于${'长'.repeat(30)}的通报`]],
  ])('breaks the title %s where its sense allows', (title, lines) => {
    expect(titleLines(title)).toEqual(lines);
  });

  it.each([
    ['某局', 46],
    ['湖南省政务管理服务局', 42],
    ['某某自治区某某自治州人民政府办公室信息公开与政务公开领导小组', 24],
  ])('sets %s in %i pt', (issuer, points) => {
    expect(headPoints(issuer)).toBe(points);
  });

  it.each([
    ['湖南省政务局', '2020年9月29日', { issuer: 4.25, date: 4 }],
    ['湖南省人民政府办公厅政务公开处', '2020年9月29日', { issuer: 2, date: 6.25 }],
  ])('centres %s on its date, never less than two characters in', (issuer, date, indents) => {
    expect(signatureIndents(issuer, date)).toEqual(indents);
  });
});
