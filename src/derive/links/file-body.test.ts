import { describe, expect, it } from 'vitest';
import { addressUse, fileProblem } from './file-body.ts';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));

function problem(path: string, body: Uint8Array, contentType = ''): string | null {
  const url = `http://x.gov.cn/${path}`;
  const sight = {
    ...({ kind: 'first', asked: url, url, hops: [], status: 200, failure: null } as const),
    ...{ contentType, body, cut: false, jumpPage: null, retryAfterMs: null, outside: false },
    at: '2020-09-17T04:00:00.000Z',
  };
  return fileProblem(sight, url, addressUse(url));
}

describe('files behind links', () => {
  it.each([
    ['http://x.gov.cn/a.pdf', 'attachment'],
    ['http://x.gov.cn/A.DOCX?download=1', 'attachment'],
    ['http://x.gov.cn/a.JPG', 'image'],
    ['http://x.gov.cn/a.html', 'page'],
    ['http://x.gov.cn/pdf', 'page'],
    ['http://x.gov.cn/?file=a.pdf', 'page'],
  ])('%s is used as %s', (url, use) => {
    expect(addressUse(url)).toBe(use);
  });
  it.each([
    ['no bytes', 'a.pdf', bytes('')],
    ['a page', 'a.zip', bytes('<!doctype html><title>首页</title>欢迎')],
    ['a page behind a mark', 'a.pdf', bytes('\ufeff  <html><body>欢迎</body></html>')],
    ['words', 'a.rar', bytes('文件已损坏')],
    [
      'an error in a tolerated format',
      'a.xls',
      bytes('<html><body>您下载的文件不存在</body></html>'),
    ],
  ])('%s: a problem', (_name, path, body) => {
    expect(problem(path, body)).toMatch(/文件/);
  });
  it.each([
    ['its own format', 'a.pdf', bytes('%PDF-1.7 …\u0001')],
    ['a format of ours unknown', 'a.zip', bytes('\u0001\u0002\u0003')],
    ['a table as a page', 'a.xls', bytes('<html><table><tr><td>1</td></tr></table></html>')],
    ['plain words', 'a.txt', bytes('说明')],
    ['a drawing', 'a.svg', bytes('<?xml version="1.0"?><svg/>')],
  ])('%s: none', (_name, path, body) => {
    expect(problem(path, body)).toBeNull();
  });
});
