import { describe, expect, it } from 'vitest';
import { isDeepAddress, isErrorAddress, isHomeAddress, isSameAddress } from './home-address.ts';

describe('home addresses', () => {
  it.each([
    'http://x.gov.cn/',
    'http://x.gov.cn/index.html',
    'http://x.gov.cn/Default.aspx',
    'http://x.gov.cn/?from=singlemessage',
    'http://x.gov.cn/#/matter/3',
  ])('%s is one', (url) => {
    expect([isHomeAddress(url), isDeepAddress(url)]).toEqual([true, false]);
  });
  it.each([
    'http://x.gov.cn/zwgk/',
    'http://x.gov.cn/zwgk/index.html',
    'http://x.gov.cn/?id=3',
    'http://x.gov.cn/index.php?articleid=7',
    'http://x.gov.cn/art/2020/1/1/art_1_2.html',
  ])('%s is none', (url) => {
    expect([isHomeAddress(url), isDeepAddress(url)]).toEqual([false, true]);
  });
  it('the entry to a site is neither deep nor home', () => {
    expect(isDeepAddress('http://x.gov.cn/web/index.html')).toBe(false);
  });
  it.each([
    ['http://x.gov.cn/404.html', true],
    ['http://x.gov.cn/common/page-404.html', true],
    ['http://x.gov.cn/error/notfound.jsp', true],
    ['http://x.gov.cn/a.aspx?aspxerrorpath=/b.aspx', true],
    ['http://x.gov.cn/art/404.html/', true],
    ['http://x.gov.cn/error.jsp?code=404', true],
    ['http://x.gov.cn/error', false],
    ['http://x.gov.cn/art/1404.html', false],
    ['http://x.gov.cn/g404/a.html', false],
  ])('%s is an error page: %s', (url, is) => {
    expect(isErrorAddress(url)).toBe(is);
  });
  it.each([
    ['http://x.gov.cn/a', 'https://www.x.gov.cn/a/', true],
    ['http://x.gov.cn/a/index.html', 'http://x.gov.cn/a/', true],
    ['http://x.gov.cn/a?x=1', 'http://x.gov.cn/a?x=2', false],
    ['http://x.gov.cn/a', 'http://y.gov.cn/a', false],
    ['http://x.gov.cn/a', 'http://x.gov.cn:8080/a', false],
  ])('%s and %s are the same: %s', (one, other, is) => {
    expect(isSameAddress(one, other)).toBe(is);
  });
});
