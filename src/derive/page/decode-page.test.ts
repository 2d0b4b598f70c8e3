import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decodePage } from './decode-page.ts';

const WORDS = '关于印发《某市2020年政务公开工作要点》的通知';
const page = (head: string, words = WORDS): string =>
  `<html><head>${head}<title>${words}</title></head><body><p>${words}</p></body></html>`;
const meta = (charset: string): string =>
  `<META http-equiv="Content-Type" content="text/html; charset=${charset}">`;

describe('charset', () => {
  test.each([
    ['utf-8, nothing declared', page(''), 'utf8', '', 'utf-8'],
    ['gbk, nothing declared', page(''), 'gbk', '', 'gb18030'],
    ['gbk, four words, nothing declared', '<p>公告</p>', 'gbk', '', 'gb18030'],
    ['gb2312 declared', page(meta('gb2312')), 'gbk', '', 'gb18030'],
    ['gb2312 declared, utf-8 in truth', page(meta('gb2312')), 'utf8', '', 'utf-8'],
    ['utf-8 declared, gbk in truth', page(meta('utf-8')), 'gbk', '', 'gb18030'],
    ['utf-8 in the header, gbk in truth', page(''), 'gbk', 'text/html; charset=UTF-8', 'gb18030'],
    ['gbk in the header, utf-8 in truth', page(''), 'utf8', 'text/html;charset=GBK', 'utf-8'],
    [
      'iso-8859-1 in the header',
      page(meta('gbk')),
      'gbk',
      'text/html; charset=ISO-8859-1',
      'gb18030',
    ],
    [
      'the charset of a script',
      page('<script src="a.js" charset="gb2312"></script><meta charset="utf-8">'),
      'utf8',
      '',
      'utf-8',
    ],
    [
      'the charset of a script, ascii page',
      '<script src="a.js" charset="gb2312"></script><p>abc</p>',
      'utf8',
      '',
      'utf-8',
    ],
    [
      'meta behind 27,000 bytes',
      page(`<script>${'var a=1;'.repeat(3_400)}</script>${meta('gbk')}`),
      'gbk',
      '',
      'gb18030',
    ],
    [
      'meta in a comment does not count',
      page(`<!--${meta('big5')}--><meta charset="gbk">`),
      'gbk',
      '',
      'gb18030',
    ],
    [
      'two metas that disagree',
      page(`${meta('gb2312')}<meta charset="utf-8">`),
      'utf8',
      '',
      'utf-8',
    ],
    ['big5 declared', page(meta('big5'), '關於印發政務公開工作要點的通知'), 'big5', '', 'big5'],
    ['utf-16 with its mark', `\ufeff${page('')}`, 'utf16le', '', 'utf-16le'],
    ['gb18030 beyond gbk', page('', `${WORDS}㐀𠀀`), 'gb18030', '', 'gb18030'],
  ])('%s', (_name, html, encoding, contentType, charset) => {
    const read = decodePage(iconv.encode(html, encoding), contentType);
    expect(read.charset).toBe(charset);
    expect(read.text.replace(/^\ufeff/, '')).toBe(html.replace(/^\ufeff/, ''));
  });
  test('a mark wins over what is declared', () => {
    expect(decodePage(iconv.encode(`\ufeff${page(meta('gb2312'))}`, 'utf8')).charset).toBe('utf-8');
  });
  test('cut in the middle of a character', () => {
    const bytes = iconv.encode(page(''), 'utf8');
    const cut = bytes.subarray(0, bytes.lastIndexOf(0xe7) + 1);
    expect(decodePage(cut).charset).toBe('utf-8');
  });
  test('a few broken bytes in a long page of utf-8', () => {
    const bytes = Buffer.concat([
      iconv.encode(page('', WORDS.repeat(50)), 'utf8'),
      Buffer.from([0xff, 0xfe, 0x80]),
      iconv.encode(WORDS, 'utf8'),
    ]);
    expect(decodePage(bytes).charset).toBe('utf-8');
  });
  test('nothing', () => {
    expect(decodePage(new Uint8Array())).toEqual({ charset: 'utf-8', text: '' });
  });
});
