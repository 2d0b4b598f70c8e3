import { describe, expect, it } from 'vitest';
import { designatedItems } from './designated-items.ts';

const HEAD = ['网址', '标题', '发布时间'];
const URL_OF = 'http://www.gov.cn/1';

describe('the list of designated items', () => {
  it('is read by its heads; a day alone ends with the day', () => {
    const rows = [
      HEAD,
      [URL_OF, '某条例', '2020-09-17 18:00'],
      ['', '', ''],
      [URL_OF, '某决定', '2020-09-17'],
    ];
    expect(designatedItems(rows, '清单.csv')).toEqual([
      { title: '某条例', publishedAt: '2020-09-17T10:00:00.000Z', url: URL_OF },
      { title: '某决定', publishedAt: '2020-09-17T15:59:59.999Z', url: URL_OF },
    ]);
  });

  it.each([
    ['no head', [['标题', '网址']], 'designated.headers'],
    ['no title', [HEAD, [URL_OF, '', '2020-09-17']], 'designated.row'],
    ['no such day', [HEAD, [URL_OF, '题', '2020-02-30']], 'designated.row'],
    ['no address', [HEAD, ['javascript:1', '题', '2020-09-17']], 'designated.row'],
    [
      'too many',
      [HEAD, ...Array.from({ length: 501 }, () => [URL_OF, '题', '2020-09-17'])],
      'designated.many',
    ],
  ])('refuses %s', (_name, rows, code) => {
    expect(() => designatedItems(rows, '清单.csv')).toThrow(expect.objectContaining({ code }));
  });
});
